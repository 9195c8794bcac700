import type { Amplitude } from "./amplitude.ts";
import type { AngleGrid } from "./angle-grid.ts";

/**
 * The amplitude of least phase whose square is q, cut off after the grid's terms: log ψ = h₀ + Σ hₖ e^{−ikθ} with the
 * hₖ of 2 Re log ψ = log q (Kolmogorov's cepstral factor). Without cutting off, |ψ|² = q.
 *
 * @param q - Positive, at the grid's places.
 * @remarks Exact up to aliasing of log q where q is a polynomial of that degree. O(M log terms + terms²).
 */
export function minimumPhase(grid: AngleGrid, q: Float64Array): Amplitude {
  const count = grid.terms + 1;
  const [hr, hi] = [new Float64Array(count), new Float64Array(count)];
  grid.sums(
    q.map((value, place) => grid.multiplicity(place) * Math.log(value)),
    undefined,
    hr,
    hi,
  );
  // exp of a power series: k aₖ = Σₘ m hₘ aₖ₋ₘ. A factor in front does not matter, so a₀ = 1.
  const [re, im] = [new Float64Array(count), new Float64Array(count)];
  re[0] = 1;
  let total = 1;
  for (let k = 1; k < count; k++) {
    for (let m = 1; m <= k; m++) {
      const weight = m / (k * grid.nodes);
      re[k]! += weight * (hr[m]! * re[k - m]! - hi[m]! * im[k - m]!);
      im[k]! += weight * (hr[m]! * im[k - m]! + hi[m]! * re[k - m]!);
    }
    total += re[k]! ** 2 + im[k]! ** 2;
  }
  const scale = 1 / Math.sqrt(total);
  return { re: re.map((a) => a * scale), im: im.map((a) => a * scale) };
}
