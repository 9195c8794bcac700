import { isArrayLike } from "./array-like.ts";
import { MetricsError } from "./metrics-error.ts";

/** A block of consecutive entries: its size, with a name if it has one, or the groups that it consists of. */
export type Group =
  | number
  | { readonly name?: string; readonly size: number }
  | { readonly name?: string; readonly groups: readonly Group[] };

/**
 * A partition of a vector into consecutive blocks: their sizes, with names and groups of groups where there are, or
 * where each begins, with the length of the vector at the end (`{ offsets: [0, 3, 5] }` has blocks of 3 and 2).
 */
export type Groups =
  | ArrayLike<number>
  | readonly Group[]
  | { readonly offsets: ArrayLike<number>; readonly names?: readonly string[] };

/** A block of a partition: entries `start` … `end` − 1. */
export interface Block {
  /** The name that it was given, else its place among its siblings, from 0. */
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** The blocks that it consists of, where the partition says so. */
  readonly parts?: readonly Block[];
}

/** Deeper nesting than this is taken for a mistake, such as groups that contain themselves. */
const DEEPEST = 64;

/**
 * The blocks of a partition of `length` entries.
 *
 * @throws {@link MetricsError} `groups` if it is none.
 */
export function blocksOf(groups: Groups, length: number): Block[] {
  if (typeof groups !== "object" || groups === null) throw refusal("must be sizes, groups or offsets");
  const list = "offsets" in groups ? fromOffsets(groups.offsets, groups.names) : groups;
  const blocks = sequence(list as ArrayLike<Group>, 0, 1);
  const end = blocks.at(-1)!.end;
  if (end !== length) throw refusal(`cover ${end} entries of ${length}`);
  return blocks;
}

function sequence(groups: ArrayLike<Group>, start: number, depth: number): Block[] {
  if (depth > DEEPEST) throw refusal(`are nested more than ${DEEPEST} deep`);
  if (!isArrayLike(groups) || groups.length === 0) throw refusal("must be a list with at least one group");
  const blocks: Block[] = [];
  for (let i = 0; i < groups.length; i++) {
    const block = blockOf(groups[i]!, i, start, depth);
    blocks.push(block);
    start = block.end;
  }
  return blocks;
}

function blockOf(group: Group, place: number, start: number, depth: number): Block {
  const given = typeof group === "number" ? { size: group } : group;
  if (typeof given !== "object" || given === null)
    throw refusal(`have ${String(given)} in place ${place}`, place);
  const name = String(given.name ?? place);
  if ("groups" in given) {
    const parts = sequence(given.groups, start, depth + 1);
    return { name, start, end: parts.at(-1)!.end, parts };
  }
  if (!Number.isSafeInteger(given.size) || given.size < 0)
    throw refusal(`have one (${name}) of size ${String(given.size)}`, place);
  return { name, start, end: start + given.size };
}

function fromOffsets(offsets: ArrayLike<number>, names: readonly string[] | undefined): Group[] {
  if (typeof offsets !== "object" || offsets === null || !(offsets.length > 1) || offsets[0] !== 0)
    throw refusal("have offsets that do not begin with 0 or are fewer than two");
  if (names !== undefined && names?.length !== offsets.length - 1)
    throw refusal(`have ${offsets.length - 1} blocks, and not as many names`);
  const groups: Group[] = [];
  for (let i = 1; i < offsets.length; i++) {
    if (!Number.isSafeInteger(offsets[i])) throw refusal(`have an offset ${String(offsets[i])}`, i);
    groups.push({ name: names?.[i - 1] ?? String(i - 1), size: offsets[i]! - offsets[i - 1]! });
  }
  return groups;
}

function refusal(what: string, at?: number): MetricsError {
  return new MetricsError("groups", `groups ${what}`, at);
}
