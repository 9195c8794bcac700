/**
 * The total variation that n perfect draws themselves leave between their shares and the law that they were drawn
 * from, on average: ½ Σ E|Xᵢ/n − pᵢ| with Xᵢ binomial. What is measured to lie near it cannot be told from exact.
 *
 * Each mean deviation is known in closed form (de Moivre 1730): with m = ⌊n·p⌋,
 * E|X − n·p| = 2 (m + 1) C(n, m + 1) p^(m + 1) (1 − p)^(n − m).
 */
export function noiseFloor(law: Iterable<number>, draws: number): number {
  let sum = 0;
  for (const p of law) sum += meanDeviation(p, draws);
  return sum / (2 * draws);
}

/** E|X − n·p| of a binomial X. */
function meanDeviation(p: number, n: number): number {
  if (p <= 0 || p >= 1) return 0;
  const k = Math.floor(n * p) + 1;
  if (k > n) return 0;
  return 2 * Math.exp(Math.log(k) + logChoose(n, k) + k * Math.log(p) + (n - k + 1) * Math.log1p(-p));
}

function logChoose(n: number, k: number): number {
  return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
}

/** log n!, by products while they are exact and by Stirling's series (relative error below 1e-13) beyond. */
function logFactorial(n: number): number {
  if (n < 19) {
    let product = 1;
    for (let k = 2; k <= n; k++) product *= k;
    return Math.log(product);
  }
  const square = n * n;
  const series = (1 / 12 - (1 / 360 - (1 / 1260 - 1 / (1680 * square)) / square) / square) / n;
  return n * Math.log(n) - n + Math.log(2 * Math.PI * n) / 2 + series;
}
