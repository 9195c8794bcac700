import type { RandomSource } from "./density.ts";

/** log √(2π). */
export const LOG_ROOT_TWO_PI = 0.5 * Math.log(2 * Math.PI);

/**
 * Φ(z), to a relative error of some 1e-14 in the lower tail too.
 *
 * @remarks Below 3 in absolute value the series Σ z^(2k+1) / (1·3·…·(2k+1)) times the density, beyond it the continued
 * fraction of the tail (Abramowitz and Stegun, 26.2.11 and 26.2.14).
 */
export function normalCdf(z: number): number {
  if (Math.abs(z) > 3) return z < 0 ? lowerTail(-z) : 1 - lowerTail(z);
  let sum = 0;
  let term = z;
  for (let k = 1; sum + term !== sum; k++) {
    sum += term;
    term *= (z * z) / (2 * k + 1);
  }
  return 0.5 + sum * Math.exp(-0.5 * z * z - LOG_ROOT_TWO_PI);
}

/** Φ(−z) for z > 3. */
function lowerTail(z: number): number {
  let fraction = z;
  for (let k = 150; k > 0; k--) fraction = z + k / fraction;
  return Math.exp(-0.5 * z * z - LOG_ROOT_TWO_PI) / fraction;
}

/** A standard normal deviate, from two uniform ones (Box and Muller). */
export function drawNormal(rng: RandomSource): number {
  return Math.sqrt(-2 * Math.log(1 - rng())) * Math.cos(2 * Math.PI * rng());
}
