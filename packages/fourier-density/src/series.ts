import type { Amplitude } from "./amplitude.ts";
import { checkedAmplitude } from "./checked-amplitude.ts";
import { Fft } from "./fft.ts";

/**
 * The Fourier coefficients of a density relative to the uniform law of the angle: q(θ) = 1 + 2 Re Σₙ rₙ e^{inθ} over
 * n = 1 … terms, so that rₙ = E e^{−inθ}, the characteristic function at −n. `re[0]` is 1.
 */
export interface Series {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/**
 * The series of an amplitude: its autocorrelation rₙ = Σₖ aₖ āₖ₊ₙ, divided by r₀ = Σ |aₖ|².
 *
 * @throws {@link DensityError} `argument`, `length`, `value` for what is no amplitude.
 * @remarks O(terms log terms), error of some ε.
 */
export function autocorrelation(amplitude: Amplitude): Series {
  const { re, im } = checkedAmplitude(amplitude, false);
  const size = 2 ** Math.ceil(Math.log2(2 * re.length));
  const fft = new Fft(size);
  const [a, b] = [new Float64Array(size), new Float64Array(size)];
  a.set(re);
  b.set(im);
  fft.transform(a, b);
  for (let j = 0; j < size; j++) {
    a[j] = a[j]! ** 2 + b[j]! ** 2;
    b[j] = 0;
  }
  // Σⱼ qⱼ e^{−inθⱼ} is rₙ of q.
  fft.transform(a, b);
  const total = a[0]!;
  return {
    re: Float64Array.from(re, (_, n) => a[n]! / total),
    im: Float64Array.from(re, (_, n) => (n === 0 ? 0 : b[n]! / total)),
  };
}
