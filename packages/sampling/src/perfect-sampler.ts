import { type Lattice, transitions } from "@lemmata/lattice";
import { bestPath } from "./best-path.ts";
import { noPath } from "./follow-back.ts";
import { checked, type DrawOptions, guarded, type RandomSource } from "./options.ts";
import type { SampledPath } from "./perfect-sample.ts";
import { SamplingError } from "./sampling-error.ts";

/** Exact draws from one lattice, after one sweep over it. */
export interface PerfectSampler<L extends Lattice = Lattice> {
  /** log Z: the log of the sum of exp(alpha · score) over all paths; NaN for alpha = ∞, where it has no value. */
  readonly logPartition: number;
  /** Draws a path; `rng` takes the place of the sampler's own generator for this draw. */
  sample(rng?: RandomSource): SampledPath<L>;
  /** Draws k paths, independently and with replacement; their edges share a buffer. */
  draw(k: number): SampledPath<L>[];
}

/**
 * Prepares any number of exact draws, each with probability exp(alpha · score) / Z.
 *
 * One backward sweep gives B[s], the log-mass from each node to the end. A draw then walks forward: at node s the
 * edge (s, e) has probability exp(alpha · score + B[e] − B[s]), as `transitions` of `@lemmata/lattice` gives it.
 *
 * @throws {@link SamplingError} `lattice`, `argument`, `no-path`; `rng` when a draw meets a bad number.
 * @remarks O(length + edges) once; a draw takes a scan of one row for each piece, and one random number
 * where there is a choice.
 * Backward filtering, forward sampling.
 */
export function perfectSampler<L extends Lattice>(lattice: L, options?: DrawOptions): PerfectSampler<L> {
  const { alpha, uniform } = checked(lattice, options);
  const best = alpha === Infinity ? bestPath(lattice) : undefined;
  if (best !== undefined) return samplerOfOne({ ...best, logProbability: 0 });
  const { length, rowStart, end, label, labelScore, score: edgeScore } = lattice;
  const { edge: probability, logPartition } = transitions(lattice, { alpha });
  if (logPartition === -Infinity) throw noPath(length);

  // For each row, the probability that the walk leaves by one of its edges up to this one.
  const cumulative = new Float64Array(end.length);
  // The way on from a node: its only edge, or of several the first as −1 − edge; and from the end of each edge.
  const onward = new Int32Array(length + 1);
  const after = new Int32Array(end.length);
  onward[length] = AT_END;
  for (let s = length - 1; s >= 0; s--) {
    let sum = 0;
    let first = -1;
    let last = -1;
    for (let e = rowStart[s]!, stop = rowStart[s + 1]!; e < stop; e++) {
      if (probability[e]! > 0) {
        if (first < 0) first = e;
        last = e;
        after[e] = onward[end[e]!]!;
      }
      sum += probability[e]!;
      cumulative[e] = sum;
    }
    if (last < 0) continue;
    onward[s] = cumulative[first]! < 1 ? -1 - first : first;
    // Rounding must not leave a gap below 1: the last edge that leads anywhere takes what is left.
    cumulative[last] = 1;
  }

  /** The score of the path that was drawn last. */
  let score = 0;
  /** Draws a path into `taken`, from place `at` on, where there is room for one; returns where it ends. */
  const walk = (next: RandomSource, taken: Int32Array, at: number): number => {
    let place = at;
    let sum = 0;
    for (let way = onward[0]!; way !== AT_END; place++) {
      let e = way;
      // A node with one way on takes no number.
      if (way < 0) {
        e = -1 - way;
        for (const u = next(); u >= cumulative[e]!;) e++;
      }
      taken[place] = e;
      sum += edgeScore === undefined ? labelScore[label[e]!]! : edgeScore[e]!;
      way = after[e]!;
    }
    score = sum;
    return place;
  };
  const pathOf = (edges: Int32Array, sum: number): SampledPath<L> => ({
    lattice,
    edges,
    score: sum,
    logProbability: alpha * sum - logPartition,
  });
  return {
    logPartition,
    sample: (rng) => {
      const taken = takeRoom(length);
      const edges = taken.slice(0, walk(rng === undefined ? uniform : guarded(rng), taken, 0));
      giveRoomBack(taken);
      return pathOf(edges, score);
    },
    draw: (k) => {
      requireCount(k);
      let taken = takeRoom(length);
      const stops: number[] = [];
      const scores: number[] = [];
      for (let stop = 0; stops.length < k;) {
        if (taken.length < stop + length) {
          const larger = new Int32Array(2 * (stop + length));
          larger.set(taken);
          taken = larger;
        }
        stop = walk(uniform, taken, stop);
        stops.push(stop);
        scores.push(score);
      }
      // One buffer for all, no longer than they are: each costs more than what it holds.
      const all = taken.slice(0, stops.at(-1) ?? 0);
      giveRoomBack(taken);
      return stops.map((stop, i) => pathOf(all.subarray(i === 0 ? 0 : stops[i - 1], stop), scores[i]!));
    },
  };
}

/** Where paths are written while their lengths are not known. */
let room = new Int32Array(0);
/** Edges that are not worth keeping room for. */
const MANY = 1 << 18;

/** Takes the room, made large enough for a path, for as long as a draw lasts: a generator may draw meanwhile. */
function takeRoom(length: number): Int32Array<ArrayBuffer> {
  const taken = room.length < length ? new Int32Array(2 * length) : room;
  room = new Int32Array(0);
  return taken;
}

function giveRoomBack(taken: Int32Array<ArrayBuffer>): void {
  if (taken.length <= MANY) room = taken;
}

/** In place of an edge: the walk is over. */
const AT_END = -0x80000000;

function requireCount(k: number): void {
  if (!Number.isInteger(k) || k < 0 || k > 0xffffffff)
    throw new SamplingError("argument", `k must be an integer from 0 to 2^32 − 1, got ${k}`);
}

/** The sampler of a law that holds one path alone. */
function samplerOfOne<L extends Lattice>(path: SampledPath<L>): PerfectSampler<L> {
  return {
    logPartition: NaN,
    sample: (rng) => {
      if (rng !== undefined) guarded(rng);
      return path;
    },
    draw: (k) => {
      requireCount(k);
      return Array.from({ length: k }, () => path);
    },
  };
}
