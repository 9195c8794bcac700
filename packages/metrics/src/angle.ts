import { MetricsError } from "./metrics-error.ts";
import { pairOf, refuseNonFinite, type Vector, type VectorOptions } from "./vector.ts";

/**
 * The angle between two vectors in radians, in [0, π], after W. Kahan: 2 atan2(‖u − v‖, ‖u + v‖) with u and v of length
 * one. Exact to rounding where the cosine is near ±1, and its arc cosine would lose half the digits.
 *
 * @throws {@link MetricsError} as `cosine` does.
 * @remarks O(n), twice over the entries and once more for each's largest.
 */
export function angle(x: Vector, y: Vector, options: VectorOptions = {}): number {
  const [a, b] = pairOf(x, y, options.dtype);
  const sizeA = norm(a, "x");
  const sizeB = norm(b, "y");
  let apart = 0;
  let together = 0;
  for (let i = 0; i < a.length; i++) {
    const u = a[i]! / sizeA.largest / sizeA.length;
    const v = b[i]! / sizeB.largest / sizeB.length;
    apart += (u - v) ** 2;
    together += (u + v) ** 2;
  }
  return 2 * Math.atan2(Math.sqrt(apart), Math.sqrt(together));
}

/** The norm as `largest` · `length`, which cannot overflow. */
function norm(x: Vector, name: string): { largest: number; length: number } {
  refuseNonFinite(x, name);
  let largest = 0;
  for (let i = 0; i < x.length; i++) largest = Math.max(largest, Math.abs(x[i]!));
  if (largest === 0) throw new MetricsError("zero", "a zero vector has no angle to another");
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += (x[i]! / largest) ** 2;
  return { largest, length: Math.sqrt(sum) };
}
