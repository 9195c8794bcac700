/**
 * Discrete Fourier transforms of one length n, a power of two: Xⱼ = Σₖ xₖ e^{−2πijk/n}, in place.
 *
 * @remarks Radix 4 with one radix-2 step where log₂ n is odd, decimation in time, tables of sines accurate to half an
 * ulp; nothing is allocated after the constructor. Error O(ε log n). The inverse, up to 1/n, is the transform with the
 * roles of `re` and `im` exchanged.
 */
export class Fft {
  readonly size: number;
  readonly #cos: Float64Array;
  readonly #sin: Float64Array;
  /** Pairs of places that change places: the reversal of bits. */
  readonly #swaps: Uint32Array;

  /** @param size - A power of two ≥ 1. */
  constructor(size: number) {
    this.size = size;
    this.#cos = Float64Array.from({ length: size }, (_, i) => Math.cos((2 * Math.PI * i) / size));
    this.#sin = Float64Array.from({ length: size }, (_, i) => Math.sin((2 * Math.PI * i) / size));
    const swaps: number[] = [];
    for (let i = 1, j = 0; i < size; i++) {
      let bit = size >> 1;
      for (; j & bit; bit >>= 1) j ^= bit;
      j ^= bit;
      if (i < j) swaps.push(i, j);
    }
    this.#swaps = Uint32Array.from(swaps);
  }

  /** Transforms `size` entries of `re` and `im`, from `offset` on. O(n log n). */
  transform(re: Float64Array, im: Float64Array, offset = 0): void {
    const [n, swaps] = [this.size, this.#swaps];
    for (let i = 0; i < swaps.length; i += 2) {
      const [p, q] = [offset + swaps[i]!, offset + swaps[i + 1]!];
      const [r, s] = [re[p]!, im[p]!];
      re[p] = re[q]!;
      im[p] = im[q]!;
      re[q] = r;
      im[q] = s;
    }
    let span = 1;
    if (Math.log2(n) & 1) {
      this.#pairs(re, im, offset);
      span = 2;
    }
    for (; span < n; span *= 4) this.#quadruples(re, im, offset, span);
  }

  /** Butterflies of neighbours. */
  #pairs(re: Float64Array, im: Float64Array, offset: number): void {
    for (let p = offset; p < offset + this.size; p += 2) {
      const [r, s] = [re[p + 1]!, im[p + 1]!];
      re[p + 1] = re[p]! - r;
      im[p + 1] = im[p]! - s;
      re[p]! += r;
      im[p]! += s;
    }
  }

  /** Two radix-2 steps at once: transforms of length `span` become some of length 4 · `span`. */
  #quadruples(re: Float64Array, im: Float64Array, offset: number, span: number): void {
    const [n, cos, sin] = [this.size, this.#cos, this.#sin];
    const stride = n / (4 * span);
    for (let j = 0; j < span; j++) {
      // After the reversal of bits, the second quarter holds the transform of the entries 2 mod 4.
      const c1 = cos[j * stride]!;
      const s1 = sin[j * stride]!;
      const c2 = cos[2 * j * stride]!;
      const s2 = sin[2 * j * stride]!;
      const c3 = cos[3 * j * stride]!;
      const s3 = sin[3 * j * stride]!;
      for (let p = offset + j; p < offset + n; p += 4 * span) {
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
