import { type CosineBound, groupedCosine, type GroupedCosine } from "@lemmata/metrics";

/** A block of two vectors in the plane: their lengths, from 0 to {@link LONGEST}, and the angle between, in degrees. */
export interface PlaneBlock {
  readonly normX: number;
  readonly normY: number;
  readonly angle: number;
}

/** The vector of a block that is drawn along the axis, or the one that is turned from it. */
export type Side = "x" | "y";

export const LONGEST = 2;
/** Lengths are multiples of this, angles of a degree; keys turn by more. */
export const LENGTH_STEP = 0.05;
const KEY_TURN = 5;

/** Cases that show something. */
export const CASES: Readonly<Record<string, readonly [PlaneBlock, PlaneBlock]>> = {
  "out of step": [
    { normX: 0.4, normY: 1.6, angle: 20 },
    { normX: 1.5, normY: 0.5, angle: 50 },
  ],
  "the article's": [
    { normX: 0.1, normY: 1, angle: 0 },
    { normX: 1, normY: 0.1, angle: 0 },
  ],
  "in step": [
    { normX: 0.6, normY: 1.2, angle: 20 },
    { normX: 1, normY: 2, angle: 50 },
  ],
  "one side zero": [
    { normX: 1, normY: 0.4, angle: 0 },
    { normX: 0, normY: 1.6, angle: 60 },
  ],
  "one against": [
    { normX: 0.8, normY: 1.6, angle: 20 },
    { normX: 1.5, normY: 0.5, angle: 120 },
  ],
};

/** What the library says of the blocks; undefined where a vector is zero, which has no angle. */
export function compareBlocks(blocks: readonly PlaneBlock[]): GroupedCosine | undefined {
  const norm = (side: "normX" | "normY"): number => Math.max(...blocks.map((block) => block[side]));
  if (norm("normX") === 0 || norm("normY") === 0) return undefined;
  return groupedCosine(
    blocks.flatMap((block) => tipOf(block, "x")),
    blocks.flatMap((block) => tipOf(block, "y")),
    blocks.map(() => 2),
  );
}

/** Where a vector of a block ends. */
export function tipOf({ normX, normY, angle }: PlaneBlock, side: Side): [x: number, y: number] {
  if (side === "x") return [normX, 0];
  const radians = (angle * Math.PI) / 180;
  return [normY * Math.cos(radians), normY * Math.sin(radians)];
}

/** The block after the tip of a vector was pulled to a point: x keeps to its axis, y to one side of it. */
export function dragged(block: PlaneBlock, side: Side, [x, y]: readonly [number, number]): PlaneBlock {
  if (side === "x") return { ...block, normX: lengthOf(x) };
  const normY = lengthOf(Math.hypot(x, y));
  // No length has no direction: the one it had is kept.
  if (normY === 0) return { ...block, normY };
  return { ...block, normY, angle: Math.round(Math.abs((Math.atan2(y, x) * 180) / Math.PI)) };
}

/** The block after a key was pressed on the tip of a vector; undefined for a key that does nothing. */
export function stepped(block: PlaneBlock, side: Side, key: string): PlaneBlock | undefined {
  const name = side === "x" ? "normX" : "normY";
  const grown = (by: number): PlaneBlock => ({ ...block, [name]: lengthOf(block[name] + by) });
  const turned = (by: number): PlaneBlock => ({
    ...block,
    angle: Math.max(0, Math.min(180, block.angle + by)),
  });
  const [left, right] =
    side === "x" ? [grown(-LENGTH_STEP), grown(LENGTH_STEP)] : [turned(KEY_TURN), turned(-KEY_TURN)];
  const results: Readonly<Record<string, PlaneBlock>> = {
    ArrowUp: grown(LENGTH_STEP),
    ArrowDown: grown(-LENGTH_STEP),
    ArrowLeft: left,
    ArrowRight: right,
    Home: grown(-LONGEST),
    End: grown(LONGEST),
  };
  return results[key];
}

function lengthOf(value: number): number {
  const steps = Math.round(value / LENGTH_STEP);
  return Number((Math.max(0, Math.min(LONGEST / LENGTH_STEP, steps)) * LENGTH_STEP).toFixed(2));
}

/** A bound as a range that it leaves open, with where the truth lies in it. */
export interface BoundRow {
  readonly name: CosineBound["name"];
  readonly relation: "≤" | "≥" | "=";
  readonly value: number;
  readonly from: number;
  readonly to: number;
  readonly of: CosineBound["of"];
  /** The value of what is bounded. */
  readonly truth: number;
  readonly needs: string;
}

const RELATIONS = { upper: "≤", lower: "≥", equal: "=" } as const;

/** All bounds of a comparison, in the order of what one has to know. */
export function boundRows(grouped: GroupedCosine): BoundRow[] {
  return grouped.bounds.map(({ name, kind, of, value, needs }) => ({
    name,
    relation: RELATIONS[kind],
    value,
    from: kind === "upper" ? -1 : value,
    to: kind === "lower" ? 1 : value,
    of,
    truth: grouped[of],
    needs: needs.join(", "),
  }));
}
