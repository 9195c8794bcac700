import { MetricsError } from "../metrics-error.ts";
import type { Vector } from "../vector.ts";
import { sparsity } from "./norm-ratio.ts";

/**
 * Hoyer's sparseness, (√n − ‖x‖₁ / ‖x‖₂) / (√n − 1), in [0, 1]: 0 if all entries have one size, 1 if one alone is not
 * zero. Larger is sparser.
 *
 * @throws {@link MetricsError} `length` for a single entry, of which it says nothing; else as `sparsity`.
 * @remarks O(n). Hoyer, "Non-negative matrix factorization with sparseness constraints" (2004).
 */
export function hoyer(x: Vector): number {
  const ratio = sparsity(x);
  if (x.length === 1) throw new MetricsError("length", "Hoyer's measure needs two entries");
  const root = Math.sqrt(x.length);
  return Math.min(1, (root - ratio * root) / (root - 1));
}
