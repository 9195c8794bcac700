import { alignment, type SumProducts } from "./alignment.ts";
import { boundsOf, type CosineBound, type LocalCosine } from "./cosine-bounds.ts";
import { type CosineReversal, reversalOf } from "./cosine-reversal.ts";
import { type Block, blocksOf, type Groups } from "./groups.ts";
import { MetricsError } from "./metrics-error.ts";
import { products } from "./products.ts";
import { pairOf, type Vector, type VectorOptions } from "./vector.ts";

/** A block of two vectors, and its part in their cosine. */
export interface BlockCosine {
  readonly name: string;
  /** Its entries are `start` … `end` − 1. */
  readonly start: number;
  readonly end: number;
  readonly normX: number;
  readonly normY: number;
  /** The local cosine; undefined where the block of x or of y is zero. */
  readonly cosine: number | undefined;
  /** ‖xᵢ‖‖yᵢ‖ / (‖x‖‖y‖), in [0, 1]: what the local cosine is multiplied by in the global one. */
  readonly weight: number;
  /** weight · cosine. Contributions add up to the global cosine. */
  readonly contribution: number;
  /** The same of the groups that it consists of, where there are such and the block has a cosine. */
  readonly within?: GroupedCosine;
}

/** The cosine of two vectors, from the local cosines of their blocks. */
export interface GroupedCosine {
  /** The global cosine, Σ weight · cosine = `meanLocal` · `profile`. */
  readonly cosine: number;
  readonly normX: number;
  readonly normY: number;
  /** The mean of the local cosines by weight; 0 where no block has one. */
  readonly meanLocal: number;
  /** Σ weight, in [0, 1]: the cosine of (‖x₁‖, ‖x₂‖, …) and (‖y₁‖, ‖y₂‖, …). 1 only if all ratios ‖yᵢ‖ / ‖xᵢ‖ are equal. */
  readonly profile: number;
  /** The shares of ‖x‖² and of ‖y‖² in blocks that are zero on neither side. */
  readonly sharedX: number;
  readonly sharedY: number;
  /** What the cosine would be were each block of y scaled to the norm of x's: blocks zero on a side left out. */
  readonly equalized: number;
  readonly blocks: readonly BlockCosine[];
  /** What the local cosines and more say of the global one, from less knowledge to more. */
  readonly bounds: readonly CosineBound[];
  /** Are the local cosines hiding a bad global one? If so, the certificate: it is below every local one. */
  readonly reversal: CosineReversal | undefined;
}

/**
 * The cosine of two vectors, taken apart by blocks: local cosines, their weights, what each contributes, and what the
 * local ones can say of the global one.
 *
 * @param groups Any partition into consecutive blocks: sizes, named or nested groups, or offsets. The bounds are of the
 * outermost blocks; a block of groups has its own within.
 * @throws {@link MetricsError} as `cosine` does; `groups`; `value` also for a norm beyond the largest number.
 * @remarks O(n + k log k) for k blocks. After 科学空间 9931; that the global cosine is the mean of the local ones times the
 * cosine of the norms, and the bounds for blocks that vanish on one side, are our own.
 */
export function groupedCosine(
  x: Vector,
  y: Vector,
  groups: Groups,
  options: VectorOptions = {},
): GroupedCosine {
  return cosinesOfGroups(x, y, groups, options, products);
}

/** {@link groupedCosine} with sums of one's own. */
export function cosinesOfGroups(
  x: Vector,
  y: Vector,
  groups: Groups,
  { dtype }: VectorOptions,
  sum: SumProducts,
): GroupedCosine {
  const [a, b] = pairOf(x, y, dtype);
  const grouped = combine(blocksOf(groups, a.length).map((block) => measure(a, b, block, sum)));
  if (grouped === undefined) throw new MetricsError("zero", "a zero vector has no angle");
  return grouped;
}

/** A block before the norms of the whole are known. */
type Measured = Omit<BlockCosine, "weight" | "contribution">;

function measure(x: Vector, y: Vector, { name, start, end, parts }: Block, sum: SumProducts): Measured {
  if (parts === undefined) return { name, start, end, ...alignment(x, y, start, end, sum) };
  const inner = parts.map((part) => measure(x, y, part, sum));
  const within = combine(inner);
  if (within === undefined)
    return { name, start, end, cosine: undefined, normX: norm(inner, "normX"), normY: norm(inner, "normY") };
  const { cosine, normX, normY } = within;
  return { name, start, end, cosine, normX, normY, within };
}

/** Blocks made one; undefined if one side is zero. */
function combine(measured: readonly Measured[]): GroupedCosine | undefined {
  const normX = norm(measured, "normX");
  const normY = norm(measured, "normY");
  if (normX === 0 || normY === 0) return undefined;
  let [cosine, profile, sharedX, sharedY, equalized] = [0, 0, 0, 0, 0];
  const locals: LocalCosine[] = [];
  const blocks = measured.map((block): BlockCosine => {
    const x = block.normX / normX;
    const y = block.normY / normY;
    const weight = x * y;
    const contribution = weight * (block.cosine ?? 0);
    cosine += contribution;
    profile += weight;
    const ratio = y / x;
    // A norm that is nothing beside the whole is taken for zero.
    if (block.cosine !== undefined && ratio > 0 && ratio < Infinity) {
      sharedX += x * x;
      sharedY += y * y;
      equalized += x * x * block.cosine;
      locals.push({ cosine: block.cosine, ratio });
    }
    return { ...block, weight, contribution };
  });
  cosine = Math.max(-1, Math.min(1, cosine));
  profile = Math.min(1, profile);
  return {
    cosine,
    normX,
    normY,
    meanLocal: profile === 0 ? 0 : cosine / profile,
    profile,
    sharedX: Math.min(1, sharedX),
    sharedY: Math.min(1, sharedY),
    equalized: sharedX === 0 ? 0 : equalized / sharedX,
    blocks,
    bounds: boundsOf(locals, Math.min(1, Math.sqrt(sharedX * sharedY)), cosine),
    reversal: reversalOf(blocks, { normX, normY }, cosine, profile),
  };
}

/**
 * The norm of the whole, as Math.hypot gives it: no square overflows or vanishes.
 *
 * @throws {@link MetricsError} `value` if the norm itself is beyond the largest number.
 */
function norm(blocks: readonly Measured[], side: "normX" | "normY"): number {
  const largest = blocks.reduce((most, block) => Math.max(most, block[side]), 0);
  if (largest === 0) return 0;
  const whole = largest * Math.sqrt(blocks.reduce((sum, block) => sum + (block[side] / largest) ** 2, 0));
  if (!(whole < Infinity))
    throw new MetricsError(
      "value",
      `the norm of ${side === "normX" ? "x" : "y"} is beyond the largest number`,
    );
  return whole;
}
