/**
 * The complementary error function of z ≥ 0, erfc z = 2/√π ∫_z^∞ e^{−t²} dt, in [0, 1], to a few units in the last place
 * of the value itself, however small.
 *
 * @remarks erfc z = e^{−z²} g(t) / (1 + 2z), where g is nearly constant in t = (z − 3) / (z + 3) and is given by its
 * Chebyshev series, whose next term is 2e-17 (the form of Shepherd and Laframboise, Math. Comp. 36, 1981; coefficients
 * by tools/golden/make_erfc.py).
 */
export function complementaryError(z: number): number {
  if (z > 27.3) return 0; // below the smallest number
  return Math.min((gaussian(z) * chebyshevSum(z)) / (1 + 2 * z), 1);
}

/** log erfc z for z ≥ 0, also where erfc z is below the smallest number. */
export function logComplementaryError(z: number): number {
  return Math.log(chebyshevSum(z)) - Math.log1p(2 * z) - z * z;
}

function chebyshevSum(z: number): number {
  const t = (z - 3) / (z + 3);
  let b1 = 0;
  let b2 = 0;
  for (let k = coefficients.length - 1; k > 0; k--) {
    const next = coefficients[k]! + 2 * t * b1 - b2;
    b2 = b1;
    b1 = next;
  }
  return coefficients[0]! + t * b1 - b2;
}

/** e^{−z²} for z ≥ 0, without the error that rounding z² would make large. */
export function gaussian(z: number): number {
  const head = Math.fround(z); // its square is exact
  return Math.exp(-head * head) * Math.exp((head - z) * (head + z));
}

/**
 * The z ≥ 0 at which erfc z = y, for y in [0, 1]: ∞ for 0.
 *
 * @remarks From a start within a few percent, Halley's steps, each tripling the digits.
 */
export function inverseComplementaryError(y: number): number {
  if (y === 0) return Infinity;
  const tail = -Math.log(y);
  // far out erfc z ≈ e^{−z²} / (z√π); near 0, 1 − 2z/√π
  let z =
    tail > 2
      ? Math.sqrt(tail - 0.5 * Math.log(Math.PI * tail))
      : 0.5 * Math.sqrt(Math.PI) * (1 - y) * (1 + tail / 8);
  for (let i = 0; i < 3; i++) {
    const step = ((complementaryError(z) - y) * Math.sqrt(Math.PI)) / (2 * gaussian(z));
    z += step / (1 - z * step);
    if (Math.abs(step) * (1 + z) < 3e-6) break; // its cube is below rounding
  }
  return z;
}

const coefficients = [
  1.17756257419656, 0.005353904539615676, -0.09377550342284209, 0.05436652555744322, -0.018976596707845208,
  0.004453426061462712, -0.0006335531710553147, 1.7661719523171593e-5, 1.2841532864056671e-5,
  -2.0072285659059913e-6, -1.807522790414837e-7, 7.549828343825093e-8, 1.885668523838603e-9,
  -2.699519049798364e-9, -1.460079119939105e-11, 1.0361607445969489e-10, 1.475715976623473e-12,
  -4.277340064396911e-12, -2.07922492859799e-13, 1.8134502003176963e-13, 1.973425574544739e-14,
  -7.287943737592673e-15, -1.5169878690228116e-15, 2.3514112258781403e-16, 1.0006111691821667e-16,
] as const;
