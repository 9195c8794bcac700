import { type Products, products } from "./products.ts";
import { refuseNonFinite, type Vector } from "./vector.ts";

/** How two vectors, or the same block of two vectors, lie to each other. */
export interface Alignment {
  /** Their cosine, in [−1, 1]; undefined if one of them is zero. */
  readonly cosine: number | undefined;
  readonly normX: number;
  readonly normY: number;
}

/** Computes {@link Products}: a loop, or a kernel. */
export type SumProducts = (x: Vector, y: Vector, from: number, to: number) => Products;

/**
 * The alignment of entries `from` … `to` − 1. Whatever the scale: where
 * squares leave the range of float64, the entries are first divided by the largest.
 *
 * @throws {@link MetricsError} `value` for NaN and infinities.
 */
export function alignment(
  x: Vector,
  y: Vector,
  from: number,
  to: number,
  sum: SumProducts = products,
): Alignment {
  const sums = sum(x, y, from, to);
  if (areSafe(sums)) return alignmentOf(sums, 1, 1);
  const [a, unitX] = scaled(x, "x", from, to);
  const [b, unitY] = scaled(y, "y", from, to);
  return alignmentOf(products(a, b, 0, to - from), unitX, unitY);
}

/** The alignment of vectors that have these sums in units of their own. */
export function alignmentOf([dot, xx, yy]: Products, unitX: number, unitY: number): Alignment {
  return {
    cosine: xx && yy ? Math.max(-1, Math.min(1, dot / Math.sqrt(xx * yy))) : undefined,
    normX: Math.sqrt(xx) * unitX,
    normY: Math.sqrt(yy) * unitY,
  };
}

/** Whether sums of squares are so far from the ends of float64's range that nothing that matters was lost there. */
export function areSafe([, xx, yy]: Products): boolean {
  return xx > 1e-140 && xx < 1e140 && yy > 1e-140 && yy < 1e140;
}

/** The entries in units of the largest. */
function scaled(x: Vector, name: string, from: number, to: number): [entries: Float64Array, unit: number] {
  refuseNonFinite(x, name, from, to);
  const entries = Float64Array.from({ length: to - from }, (_, i) => x[from + i]!);
  const unit = entries.reduce((most, entry) => Math.max(most, Math.abs(entry)), 0) || 1;
  return [entries.map((entry) => entry / unit), unit];
}
