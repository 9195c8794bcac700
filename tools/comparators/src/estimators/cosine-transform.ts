/**
 * The discrete cosine transform of the second kind, y_k = 2 Σ x_j cos(πk(2j + 1) / 2N), without a norm, by one complex
 * Fourier transform of the values reordered (Makhoul, IEEE Transactions on Acoustics, Speech and Signal Processing 28,
 * 1980).
 *
 * @param values - A power of two of them.
 */
export function cosineTransform(values: Float64Array): Float64Array {
  const n = values.length;
  const re = new Float64Array(n);
  const im = new Float64Array(n);
  for (let j = 0; j < n / 2; j++) {
    re[j] = values[2 * j]!;
    re[n - 1 - j] = values[2 * j + 1]!;
  }
  fourierTransform(re, im);
  return re.map((value, k) => {
    const angle = (-Math.PI * k) / (2 * n);
    return 2 * (value * Math.cos(angle) - im[k]! * Math.sin(angle));
  });
}

/** X_k = Σ x_j e^{−2πijk/N} in place (Cooley and Tukey, radix 2). */
function fourierTransform(re: Float64Array, im: Float64Array): void {
  const n = re.length;
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      [re[i], re[j]] = [re[j]!, re[i]!];
      [im[i], im[j]] = [im[j]!, im[i]!];
    }
  }
  for (let half = 1; half < n; half *= 2)
    for (let k = 0; k < half; k++) {
      const angle = (-Math.PI * k) / half;
      const [c, s] = [Math.cos(angle), Math.sin(angle)];
      for (let a = k; a < n; a += 2 * half) {
        const b = a + half;
        const x = re[b]! * c - im[b]! * s;
        const y = re[b]! * s + im[b]! * c;
        re[b] = re[a]! - x;
        im[b] = im[a]! - y;
        re[a]! += x;
        im[a]! += y;
      }
    }
}
