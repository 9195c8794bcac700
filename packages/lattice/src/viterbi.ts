import { LatticeError } from "./lattice-error.ts";
import { checked, edgeScores, type Lattice, type Path } from "./lattice.ts";

/** How to choose between paths of equal score. */
export type Ties = "exact" | "sentencepiece";

/** Options of {@link viterbi}. */
export interface ViterbiOptions {
  /**
   * What happens where two paths score alike. `exact` (the default) compares float64 sums and keeps the edge that
   * comes first, which is the longest. `sentencepiece` rounds the kept score to float32 and compares a candidate
   * unrounded, as SentencePiece does, so that its choice is met on every text.
   */
  readonly ties?: Ties;
}

/**
 * The path of the highest score: S[e] = max S[s] + score over the edges (s, e).
 *
 * @throws {@link LatticeError} `lattice`, `argument`, `no-path`.
 * @remarks O(length + edges).
 */
export function viterbi<L extends Lattice>(lattice: L, options?: ViterbiOptions): Path<L> {
  checked(lattice);
  const ties = checkedTies(options?.ties ?? "exact");
  const { length, rowStart, end } = lattice;
  const scores = edgeScores(lattice, 1);
  const best = ties === "exact" ? new Float64Array(length + 1) : new Float32Array(length + 1);
  best.fill(-Infinity);
  best[0] = 0;
  const via = new Int32Array(length + 1);
  const from = new Int32Array(length + 1);
  for (let s = 0; s < length; s++) {
    const here = best[s]!;
    if (here === -Infinity) continue;
    for (let e = rowStart[s]!, stop = rowStart[s + 1]!; e < stop; e++) {
      const candidate = here + scores[e]!;
      const to = end[e]!;
      if (candidate > best[to]!) {
        best[to] = candidate;
        via[to] = e;
        from[to] = s;
      }
    }
  }
  if (best[length] === -Infinity)
    throw new LatticeError("no-path", `no path leads from node 0 to node ${length}`);
  let count = 0;
  for (let node = length; node > 0; node = from[node]!) count++;
  const edges = new Int32Array(count);
  let score = 0;
  for (let node = length; node > 0; node = from[node]!) edges[--count] = via[node]!;
  for (const e of edges) score += scores[e]!;
  return { lattice, edges, score };
}

/** Refuses what is not a tie rule. */
export function checkedTies(ties: Ties): Ties {
  if (ties !== "exact" && ties !== "sentencepiece")
    throw new LatticeError(
      "argument",
      `ties must be "exact" or "sentencepiece", got ${JSON.stringify(ties)}`,
    );
  return ties;
}
