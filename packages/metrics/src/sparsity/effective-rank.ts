import type { Vector } from "../vector.ts";
import { magnitudes, sum } from "./magnitudes.ts";
import { participationRatio } from "./participation-ratio.ts";
import { effectiveCount } from "./renyi-entropy.ts";

/**
 * The effective rank of a matrix from its singular values: exp of the entropy of their shares. In [1, rank], and the rank
 * if all are equal.
 *
 * @throws {@link MetricsError} `zero` for a matrix of zeros; `empty`, `value`, `argument`.
 * @remarks O(n). Roy and Vetterli, "The effective rank" (2007).
 */
export function effectiveRank(singularValues: Vector): number {
  return effectiveCount(singularValues);
}

/**
 * The stable rank ‖A‖²_F / ‖A‖²₂ = Σ σ² / σ₁² of a matrix from its singular values. In [1, rank].
 *
 * @throws {@link MetricsError} as {@link effectiveRank}.
 * @remarks O(n). A small singular value hardly shows in it, unlike in the rank.
 */
export function stableRank(singularValues: Vector): number {
  return sum(magnitudes(singularValues).map((value) => value * value));
}

/**
 * The participation ratio (Σ σ²)² / Σ σ⁴ of the eigenvalues σ² of AᵀA, from the singular values of A. In [1, rank].
 *
 * @throws {@link MetricsError} as {@link effectiveRank}.
 * @remarks O(n).
 */
export function participationRank(singularValues: Vector): number {
  return participationRatio(magnitudes(singularValues).map((value) => value * value));
}
