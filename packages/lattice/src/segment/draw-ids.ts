import type { AlphaOptions } from "../lattice.ts";
import { LatticeError } from "../lattice-error.ts";
import { transitions } from "../masses.ts";
import type { Model } from "../model/model.ts";
import { emit } from "./emit.ts";
import { KernelSearcher, noSegmentation } from "./kernel-searcher.ts";
import { latticeOf } from "./lattice-of.ts";
import { withSearcher } from "./searcher.ts";

/** Options of {@link drawIds}. */
export interface DrawIdsOptions extends AlphaOptions {
  /** Numbers uniform on [0, 1), one for each piece that there is a choice of; `Math.random` if left out. */
  readonly uniform?: () => number;
}

/**
 * The ids of one segmentation of a text, drawn with probability ∝ exp(alpha · score) over all of them: without a
 * lattice in between, for throughput. For more than ids, and checked generators, there is `@lemmata/sampling`.
 *
 * @throws {@link LatticeError} `argument`; `no-path` for a text that the pieces do not cover. What `uniform` throws.
 * @remarks O(text · longest piece). One sweep from the end gives each place the mass of all ways from there on; a walk
 * from the beginning then takes each edge with its share. Backward filtering, forward sampling. Where no piece goes beyond
 * a word, words that came before at the same alpha cost the walk alone; what is remembered of them takes up to 4 MB.
 */
export function drawIds(model: Model, text: string, options?: DrawIdsOptions): Int32Array {
  const alpha = options?.alpha ?? 1;
  const uniform = options?.uniform ?? Math.random;
  if (!Number.isFinite(alpha))
    throw new LatticeError("argument", `alpha must be a finite number, got ${alpha}`);
  if (typeof uniform !== "function") throw new LatticeError("argument", "uniform must be a function");
  const drawn = withSearcher(model, text, (searcher) =>
    searcher instanceof KernelSearcher ? searcher.draw(text, alpha, uniform) : undefined,
  );
  return drawn ?? drawnFromLattice(model, text, alpha, uniform);
}

/** The same by way of a lattice, where there is no kernel for it. */
export function drawnFromLattice(
  model: Model,
  text: string,
  alpha: number,
  uniform: () => number,
): Int32Array {
  const lattice = latticeOf(model, text);
  const { length, rowStart, end } = lattice;
  const { edge, logPartition } = transitions(lattice, { alpha });
  if (logPartition === -Infinity) throw noSegmentation();
  const edges: number[] = [];
  for (let node = 0; node < length;) {
    let taken = -1;
    let left = Infinity;
    for (let e = rowStart[node]!, stop = rowStart[node + 1]!; e < stop && left >= 0; e++) {
      if (edge[e] === 0) continue;
      // A node with one way on takes no number.
      if (taken >= 0 && left === Infinity) {
        left = uniform() - edge[taken]!;
        if (left < 0) break;
      }
      taken = e;
      left -= edge[e]!;
    }
    edges.push(taken);
    node = end[taken]!;
  }
  return emit(model, { lattice, edges: Int32Array.from(edges), score: 0 }).ids;
}
