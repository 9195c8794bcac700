import type { Lattice, Path } from "@lemmata/lattice";
import { bestPath } from "./best-path.ts";
import { followBack } from "./follow-back.ts";
import { checked, type DrawOptions, scoresOf } from "./options.ts";

/**
 * Draws one path by the earlier method, which is biased: kept to compare with, not to use.
 *
 * The sweep is that of {@link perfectSample}, but a node forgets the mass that has reached it: an arriving path of
 * score b takes the place of the kept one, of score a, with probability σ(alpha · (b − a)). Of three paths with one
 * score the first two are then drawn with probability ¼ each and the one that arrives last with ½. The order of
 * arrival, longest edge first, is part of its law.
 *
 * @throws {@link SamplingError} `lattice`, `argument`, `no-path`, `rng`.
 * @remarks O(length + edges). 科学空间 9768; the bias is the subject of 9811.
 */
export function viterbiSample<L extends Lattice>(lattice: L, options?: DrawOptions): Path<L> {
  const { alpha, uniform } = checked(lattice, options);
  if (alpha === Infinity) return bestPath(lattice);
  const scores = scoresOf(lattice, alpha);
  const { length, rowStart, end } = lattice;
  const held = new Float64Array(length + 1);
  const kept = new Int32Array(length + 1);
  const from = new Int32Array(length + 1).fill(-1);
  for (let s = 0; s < length; s++) {
    if (s > 0 && from[s]! < 0) continue;
    const here = held[s]!;
    for (let e = rowStart[s]!, stop = rowStart[s + 1]!; e < stop; e++) {
      const to = end[e]!;
      const arriving = here + scores[e]!;
      if (from[to]! < 0 || uniform() < 1 / (1 + Math.exp(held[to]! - arriving))) {
        held[to] = arriving;
        kept[to] = e;
        from[to] = s;
      }
    }
  }
  return followBack(lattice, kept, from);
}
