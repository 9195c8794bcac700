import type { Vector } from "./vector.ts";

/** The three sums that a cosine is made of. */
export type Products = readonly [dot: number, xx: number, yy: number];

/** Entries whose sums are completed before they are added to the others. */
const BLOCK = 4096;

/**
 * Σ xy, Σ x² and Σ y² in float64 over entries `from` … `to` − 1.
 *
 * @remarks O(n). Summed by blocks, so that no term goes through more than 4096 + n / 4096 roundings: the relative error
 * of Σ x² is at most that many times 2⁻⁵³, 8e-13 for ten million entries, where one sum would have 1e-9.
 */
export function products(x: Vector, y: Vector, from: number, to: number): Products {
  const sums: [number, number, number] = [0, 0, 0];
  addProducts(sums, x, y, from, to);
  return sums;
}

/**
 * Adds the products of entries `from` … `to` − 1 to sums. Parts of 4096 entries or a multiple of that, added one after
 * another, give what {@link products} gives of the whole, to the bit.
 */
export function addProducts(
  sums: [dot: number, xx: number, yy: number],
  x: Vector,
  y: Vector,
  from: number,
  to: number,
): void {
  for (let start = from; start < to; start += BLOCK) addBlock(sums, x, y, start, Math.min(start + BLOCK, to));
}

/** A function of its own, since compilers give its loop all registers then. */
function addBlock(sums: [number, number, number], x: Vector, y: Vector, from: number, to: number): void {
  let dot = 0;
  let xx = 0;
  let yy = 0;
  for (let i = from; i < to; i++) {
    const a = x[i]!;
    const b = y[i]!;
    dot += a * b;
    xx += a * a;
    yy += b * b;
  }
  sums[0] += dot;
  sums[1] += xx;
  sums[2] += yy;
}
