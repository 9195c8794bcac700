/**
 * Whether λI − H is positive definite, for a Hermitian Toeplitz matrix H: Levinson's recursion, all of whose reflection
 * coefficients then lie inside the unit circle. O(n²).
 */
function bounds(lambda: number, re: Float64Array, im: Float64Array): boolean {
  const n = re.length;
  let error = lambda - re[0]!;
  if (!(error > 0)) return false;
  let [ar, ai] = [new Float64Array(n), new Float64Array(n)];
  let [br, bi] = [new Float64Array(n), new Float64Array(n)];
  ar[0] = 1;
  for (let k = 1; k < n; k++) {
    let [sumRe, sumIm] = [0, 0];
    for (let i = 0; i < k; i++) {
      sumRe -= ar[i]! * re[k - i]! - ai[i]! * im[k - i]!;
      sumIm -= ar[i]! * im[k - i]! + ai[i]! * re[k - i]!;
    }
    const [kr, ki] = [-sumRe / error, -sumIm / error];
    error *= 1 - kr * kr - ki * ki;
    if (!(error > 0)) return false;
    for (let i = 0; i <= k; i++) {
      br[i] = ar[i]! + kr * ar[k - i]! + ki * ai[k - i]!;
      bi[i] = ai[i]! + ki * ar[k - i]! - kr * ai[k - i]!;
    }
    [ar, ai, br, bi] = [br, bi, ar, ai];
  }
  return true;
}

/**
 * An upper bound of the largest eigenvalue of the Hermitian Toeplitz matrix whose first row is H, within 1 % of its
 * distance above `least`, a lower bound. O(n²) for each of some 30 steps.
 */
export function largestEigenvalue(re: Float64Array, im: Float64Array, least: number): number {
  let step = 1e-12 * Math.abs(least) || 1e-300;
  while (step < Infinity && !bounds(least + step, re, im)) step *= 4;
  let low = step / 4;
  while (step > 1.01 * low) {
    const middle = Math.sqrt(low) * Math.sqrt(step); // low · step may be no number
    if (bounds(least + middle, re, im)) step = middle;
    else low = middle;
  }
  return least + step;
}
