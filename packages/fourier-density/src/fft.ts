/** cos and sin of 2πi/n for i = 0 … n − 1, as pairs of arrays; made once for each n. */
export function turns(n: number): Turns {
  let found = TURNS.get(n);
  if (found === undefined) {
    const angles = Float64Array.from({ length: n }, (_, i) => (2 * Math.PI * i) / n);
    found = { cos: angles.map(Math.cos), sin: angles.map(Math.sin) };
    TURNS.set(n, found);
  }
  return found;
}

export interface Turns {
  readonly cos: Float64Array;
  readonly sin: Float64Array;
}

/** At most one entry for each power of two that is in use. */
const TURNS = new Map<number, Turns>();

/**
 * Discrete Fourier transforms of one length n, a power of two: Xⱼ = Σₖ xₖ e^{−2πijk/n}, in place.
 *
 * @remarks Radix 4, with one radix-2 step where log₂ n is odd; decimation in time. Nothing is allocated after the
 * constructor. Error O(ε log n). The inverse, up to 1/n, is the transform with `re` and `im` exchanged.
 */
export class Fft {
  readonly size: number;
  /** Where the entry of each place comes from: its number with the bits reversed. */
  readonly reversed: Uint32Array;
  readonly #cos: Float64Array;
  readonly #sin: Float64Array;
  readonly #odd: boolean;

  /** @param size - A power of two ≥ 1. */
  constructor(size: number) {
    this.size = size;
    ({ cos: this.#cos, sin: this.#sin } = turns(size));
    const bits = Math.round(Math.log2(size));
    this.#odd = bits % 2 === 1;
    this.reversed = new Uint32Array(size);
    for (let i = 1; i < size; i++) this.reversed[i] = (this.reversed[i >> 1]! >> 1) | ((i & 1) << (bits - 1));
  }

  /** Transforms `size` entries of `re` and `im`, from `offset` on. O(n log n). */
  transform(re: Float64Array, im: Float64Array, offset = 0): void {
    for (let i = 0; i < this.size; i++) {
      const j = this.reversed[i]!;
      if (i >= j) continue;
      const p = offset + i;
      const q = offset + j;
      const r = re[p]!;
      const s = im[p]!;
      re[p] = re[q]!;
      im[p] = im[q]!;
      re[q] = r;
      im[q] = s;
    }
    this.transformReversed(re, im, offset);
  }

  /** The same, of entries each of which is at the place that `reversed` tells. */
  transformReversed(re: Float64Array, im: Float64Array, offset = 0): void {
    const n = this.size;
    if (this.#odd) this.#pairs(re, im, offset);
    for (let span = this.#odd ? 2 : 1; span < n; span *= 4) this.#quadruples(re, im, offset, span);
  }

  /** Butterflies of neighbours. */
  #pairs(re: Float64Array, im: Float64Array, offset: number): void {
    const end = offset + this.size;
    for (let p = offset; p < end; p += 2) {
      const r = re[p + 1]!;
      const s = im[p + 1]!;
      re[p + 1] = re[p]! - r;
      im[p + 1] = im[p]! - s;
      re[p] = re[p]! + r;
      im[p] = im[p]! + s;
    }
  }

  /** Two radix-2 steps at once: transforms of length `span` become some of length 4 · `span`. */
  #quadruples(re: Float64Array, im: Float64Array, offset: number, span: number): void {
    const cos = this.#cos;
    const sin = this.#sin;
    const end = offset + this.size;
    const stride = this.size / (4 * span);
    for (let j = 0; j < span; j++) {
      // After the reversal of bits, the second quarter holds the transform of the entries 2 mod 4.
      const c1 = cos[j * stride]!;
      const s1 = sin[j * stride]!;
      const c2 = cos[2 * j * stride]!;
      const s2 = sin[2 * j * stride]!;
      const c3 = cos[3 * j * stride]!;
      const s3 = sin[3 * j * stride]!;
      for (let p = offset + j; p < end; p += 4 * span) {
        const q = p + span;
        const r = q + span;
        const s = r + span;
        const xr = re[r]! * c1 + im[r]! * s1;
        const xi = im[r]! * c1 - re[r]! * s1;
        const yr = re[q]! * c2 + im[q]! * s2;
        const yi = im[q]! * c2 - re[q]! * s2;
        const zr = re[s]! * c3 + im[s]! * s3;
        const zi = im[s]! * c3 - re[s]! * s3;
        const ar = re[p]! + yr;
        const ai = im[p]! + yi;
        const br = re[p]! - yr;
        const bi = im[p]! - yi;
        const cr = xr + zr;
        const ci = xi + zi;
        const dr = xi - zi; // −i (x − z)
        const di = zr - xr;
        re[p] = ar + cr;
        im[p] = ai + ci;
        re[q] = br + dr;
        im[q] = bi + di;
        re[r] = ar - cr;
        im[r] = ai - ci;
        re[s] = br - dr;
        im[s] = bi - di;
      }
    }
  }
}
