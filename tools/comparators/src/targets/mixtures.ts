import { GaussianMixture } from "../gaussian-mixture.ts";
import { divided, nodesIn } from "./quadrature.ts";
import type { Target } from "./target.ts";

/** A component: weight, mean, standard deviation. */
type Component = readonly [weight: number, mean: number, deviation: number];

/** Panels on the whole line. Beyond ten deviations of all components lies a mass of 1e-23. */
const PANELS = 2000;

function mixture(name: string, description: string, components: readonly Component[]): Target {
  const law = new GaussianMixture(
    components.map(([weight]) => weight),
    components.map(([, mean]) => mean),
    components.map(([, , deviation]) => deviation),
  );
  const lower = Math.min(...components.map(([, mean, deviation]) => mean - 10 * deviation));
  const upper = Math.max(...components.map(([, mean, deviation]) => mean + 10 * deviation));
  return {
    name,
    description,
    domain: { kind: "line" },
    gaussian: true,
    logPdf: (x) => law.logPdf(x),
    cdf: (x) => law.cdf(x),
    draw: (rng) => law.draw(rng),
    nodes: (fineness = 1) =>
      nodesIn(divided([lower, upper], PANELS * fineness), (x) => Math.exp(law.logPdf(x))),
  };
}

const claws = (count: number, component: (k: number) => Component): Component[] =>
  Array.from({ length: count }, (_, k) => component(k));

/** Of the fifteen densities of Marron and Wand (Annals of Statistics 20, 1992, table 1): number 5. */
export const outlier = mixture("outlier", "a narrow normal law in a wide one, Marron–Wand 5", [
  [1 / 10, 0, 1],
  [9 / 10, 0, 1 / 10],
]);

/** Number 6. */
export const bimodal = mixture("bimodal", "two normal laws, Marron–Wand 6", [
  [1 / 2, -1, 2 / 3],
  [1 / 2, 1, 2 / 3],
]);

/** Number 10. */
export const claw = mixture("claw", "five spikes on a normal law, Marron–Wand 10", [
  [1 / 2, 0, 1],
  ...claws(5, (l) => [1 / 10, l / 2 - 1, 1 / 10]),
]);

/** Number 12: spikes that halve in width and in weight from left to right. */
export const asymmetricClaw = mixture("asymmetric claw", "spikes of five widths, Marron–Wand 12", [
  [1 / 2, 0, 1],
  ...claws(5, (i) => [2 ** (3 - i) / 31, i - 2 + 1 / 2, 2 ** (2 - i) / 10]),
]);

/** Number 13. */
export const asymmetricDoubleClaw = mixture(
  "asymmetric double claw",
  "two normal laws with three spikes each, of two widths, Marron–Wand 13",
  [
    ...claws(2, (l): Component => [46 / 100, 2 * l - 1, 2 / 3]),
    ...claws(3, (l): Component => [1 / 300, -(l + 1) / 2, 1 / 100]),
    ...claws(3, (l): Component => [7 / 300, (l + 1) / 2, 7 / 100]),
  ],
);

/** What the tutorial beside arXiv 2402.15345 draws for both means and deviations: jax, key 42, ten numbers in float32. */
const DRAWN = [
  0.6439377069473267, 0.32251572608947754, 0.19349372386932373, 0.8864932253334595, 0.8420852422714233,
  0.19193005561828613, 0.34513092041015625, 0.25238311290740967, 0.6319013833999634, 0.6547677516937256,
];

/**
 * The mixture of the tutorial beside the paper (google/codex, Fourier_Basis_Density_Estimation_Demo): ten equal weights,
 * means in [−0.5, 0.3), deviations from 0.25/6 to 0.35/6. Its entropy is −0.4240; their fit ends at a loss of −0.4100.
 */
export const paperTen = mixture(
  "paper-10",
  "ten equal normal laws, of the paper's tutorial",
  DRAWN.map((u) => [1 / 10, 0.8 * u - 0.5, (0.25 + 0.1 * u) / 6]),
);
