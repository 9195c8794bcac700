/** Samples up to which the law of the statistic is computed exactly. */
const EXACT = 140;

/**
 * P(D ≥ d) for Kolmogorov and Smirnov's statistic of n independent samples of a continuous law.
 *
 * @remarks Up to 140 samples exact (Durbin's matrix, in the form of Marsaglia, Tsang and Wang, 2003), with an absolute error
 * near 1e-13. Beyond, Kolmogorov's limit at Vrbik's corrected point d√n + 1/(6√n) + (d√n − 1)/(4n) (2018), whose error is
 * 1.3e-4 at n = 140 and falls as 1/n.
 */
export function kolmogorovTail(d: number, n: number): number {
  const x = d * Math.sqrt(n);
  if (d >= 1) return 0;
  if (2 * n * d <= 1) return 1;
  if (n > EXACT || x > 4) return limitTail(x + 1 / (6 * Math.sqrt(n)) + (x - 1) / (4 * n));
  return Math.min(Math.max(1 - durbin(d, n), 0), 1);
}

/** P(√n D ≥ x) for n → ∞: the series that converges faster. */
function limitTail(x: number): number {
  let sum = 0;
  if (x < 1) {
    for (let k = 1; k <= 7; k += 2) sum += Math.exp((-k * k * Math.PI ** 2) / (8 * x * x));
    return 1 - (Math.sqrt(2 * Math.PI) / x) * sum;
  }
  for (let k = 1; k <= 6; k++) sum += (k % 2 === 1 ? 2 : -2) * Math.exp(-2 * k * k * x * x);
  return sum;
}

/** P(D < d): n!/nⁿ times an entry of the n-th power of a matrix whose size is the number of steps in a band of width 2d. */
function durbin(d: number, n: number): number {
  const k = Math.ceil(n * d);
  const h = k - n * d;
  const size = 2 * k - 1;
  const matrix = new Float64Array(size * size);
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= Math.min(i + 1, size - 1); j++) {
      let value = 1;
      if (j === 0) value -= h ** (i + 1);
      if (i === size - 1) value -= h ** (size - j);
      if (j === 0 && i === size - 1 && 2 * h > 1) value += (2 * h - 1) ** size;
      for (let g = 2; g <= i - j + 1; g++) value /= g;
      matrix[i * size + j] = value;
    }
  let row = new Float64Array(size);
  row[k - 1] = 1;
  for (let i = 1; i <= n; i++) {
    const next = new Float64Array(size);
    for (let l = 0; l < size; l++)
      for (let j = 0; j <= Math.min(l + 1, size - 1); j++)
        next[j]! += (row[l]! * matrix[l * size + j]! * i) / n;
    row = next;
  }
  return row[k - 1]!;
}
