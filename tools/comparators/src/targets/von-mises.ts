import type { RandomSource } from "../density.ts";
import { divided, nodesIn } from "./quadrature.ts";
import type { Target } from "./target.ts";

/** A von Mises law: density e^{κ cos(θ − μ)} / (2π I₀(κ)) of an angle. */
interface VonMises {
  readonly weight: number;
  readonly direction: number;
  readonly concentration: number;
}

const PAIR: readonly VonMises[] = [
  { weight: 0.4, direction: -2.6, concentration: 4 },
  { weight: 0.6, direction: 0.8, concentration: 20 },
];

/**
 * I_n(κ) / I₀(κ) for n = 0 … count, by the recurrence I_{n−1} = I_{n+1} + (2n/κ) I_n downwards from where I vanishes
 * (Miller), where it is stable.
 */
export function besselRatios(concentration: number, count: number): Float64Array {
  const start = count + 30 + Math.ceil(2 * concentration);
  const ratios = new Float64Array(count + 1);
  // r_n = I_n / I_{n−1}: ratios of neighbours neither overflow nor vanish.
  let neighbour = 0;
  for (let n = start; n > 0; n--) {
    neighbour = 1 / ((2 * n) / concentration + neighbour);
    if (n <= count) ratios[n] = neighbour;
  }
  ratios[0] = 1;
  for (let n = 1; n <= count; n++) ratios[n]! *= ratios[n - 1]!;
  return ratios;
}

/** log I₀(κ), by its series. */
function logBesselZero(concentration: number): number {
  let sum = 0;
  let term = 1;
  for (let k = 1; sum + term !== sum; k++) {
    sum += term;
    term *= (concentration / (2 * k)) ** 2;
  }
  return Math.log(sum);
}

const HARMONICS = 80;
const PARTS = PAIR.map((law) => ({
  ...law,
  logScale: Math.log(law.weight) - Math.log(2 * Math.PI) - logBesselZero(law.concentration),
  ratios: besselRatios(law.concentration, HARMONICS),
}));

function logPdf(angle: number): number {
  return Math.log(
    PARTS.reduce(
      (sum, { direction, concentration, logScale }) =>
        sum + Math.exp(logScale + concentration * Math.cos(angle - direction)),
      0,
    ),
  );
}

/** Two von Mises laws; one of them lies across the cut at ±π. */
export const vonMisesPair: Target = {
  name: "von Mises pair",
  description: "two von Mises laws on the circle [−π, π), one across the cut",
  domain: { kind: "circle", lower: -Math.PI, upper: Math.PI },
  gaussian: false,
  logPdf: (x) => (x < -Math.PI || x >= Math.PI ? -Infinity : logPdf(x)),
  cdf(x) {
    const angle = Math.min(Math.PI, Math.max(-Math.PI, x));
    let sum = 0;
    for (const { weight, direction, ratios } of PARTS) {
      let series = (angle + Math.PI) / 2;
      for (let n = 1; n <= HARMONICS; n++)
        series +=
          (ratios[n]! / n) * (Math.sin(n * (angle - direction)) + Math.sin(n * (Math.PI + direction)));
      sum += (weight * series) / Math.PI;
    }
    return sum;
  },
  draw(rng) {
    const part = rng() < PARTS[0]!.weight ? PARTS[0]! : PARTS[1]!;
    const angle = part.direction + drawVonMises(part.concentration, rng);
    return angle - 2 * Math.PI * Math.floor((angle + Math.PI) / (2 * Math.PI));
  },
  nodes: (fineness = 1) =>
    nodesIn(divided([-Math.PI, Math.PI], 2000 * fineness), (angle) => Math.exp(logPdf(angle))),
};

/** An angle about 0, by rejection from a wrapped Cauchy law (Best and Fisher, Applied Statistics 28, 1979). */
function drawVonMises(concentration: number, rng: RandomSource): number {
  const tau = 1 + Math.sqrt(1 + 4 * concentration ** 2);
  const rho = (tau - Math.sqrt(2 * tau)) / (2 * concentration);
  const r = (1 + rho ** 2) / (2 * rho);
  for (;;) {
    const z = Math.cos(Math.PI * rng());
    const cosine = (1 + r * z) / (r + z);
    const c = concentration * (r - cosine);
    const u = 1 - rng();
    if (c * (2 - c) > u || Math.log(c / u) + 1 >= c)
      return rng() < 0.5 ? Math.acos(cosine) : -Math.acos(cosine);
  }
}
