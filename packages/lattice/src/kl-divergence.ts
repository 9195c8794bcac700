import { LatticeError } from "./lattice-error.ts";
import { checked, edgeScores, type Lattice } from "./lattice.ts";
import { logPartition, marginals } from "./marginals.ts";
import { logAddExp } from "./masses.ts";

/**
 * Kullback–Leibler divergence D(P ‖ Q), in nats, between two laws over the segmentations of one text: of one lattice
 * at two alphas, or of the lattices that two models give the same normalised text.
 *
 * A segmentation is where the text is cut; edges of one span, if there are several, count together. +∞ where P gives
 * mass to a segmentation that Q does not have.
 *
 * @throws {@link LatticeError} `lattice`, `argument` (also for lattices of different lengths), `no-path`.
 * @remarks O(length + edges): D = Σ over spans of P(span) · (log weight in P − log weight in Q) − log Z_P + log Z_Q.
 */
export function klDivergence(
  p: Lattice,
  q: Lattice,
  options?: { readonly alphaP?: number; readonly alphaQ?: number },
): number {
  const alphaP = checked(p, { alpha: options?.alphaP ?? 1 });
  const alphaQ = checked(q, { alpha: options?.alphaQ ?? 1 });
  if (p.length !== q.length)
    throw new LatticeError(
      "argument",
      `the lattices end at nodes ${p.length} and ${q.length}: they are of two texts`,
    );
  const { edge, logPartition: logZp } = marginals(p, { alpha: alphaP });
  const scoresP = edgeScores(p, alphaP);
  const scoresQ = edgeScores(q, alphaQ);
  let divergence = logPartition(q, { alpha: alphaQ }) - logZp;
  for (let s = 0; s < p.length; s++) {
    let j = q.rowStart[s]!;
    const stopQ = q.rowStart[s + 1]!;
    for (let i = p.rowStart[s]!, stopP = p.rowStart[s + 1]!; i < stopP;) {
      const to = p.end[i]!;
      let probability = 0;
      let weightP = -Infinity;
      for (; i < stopP && p.end[i] === to; i++) {
        probability += edge[i]!;
        weightP = logAddExp(weightP, scoresP[i]!);
      }
      if (probability === 0) continue;
      while (j < stopQ && q.end[j]! < to) j++;
      let weightQ = -Infinity;
      for (; j < stopQ && q.end[j] === to; j++) weightQ = logAddExp(weightQ, scoresQ[j]!);
      if (weightQ === -Infinity) return Infinity;
      divergence += probability * (weightP - weightQ);
    }
  }
  return Math.max(0, divergence);
}
