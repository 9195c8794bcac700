import { divided, nodesIn } from "./quadrature.ts";
import type { Target } from "./target.ts";

/** Blocks: lower end, upper end, probability. */
const BLOCKS = [
  [0, 0.2, 0.25],
  [0.3, 0.4, 0.3],
  [0.4, 0.7, 0.15],
  [0.8, 1, 0.3],
] as const;

/** Four uniform blocks with gaps between them. */
export const uniformBlocks: Target = {
  name: "uniform blocks",
  description: "four blocks on [0, 1], two of them side by side, with gaps",
  domain: { kind: "interval", lower: 0, upper: 1, poles: false },
  gaussian: false,
  logPdf(x) {
    const block = BLOCKS.find(([lower, upper]) => x >= lower && x < upper);
    return block === undefined ? -Infinity : Math.log(block[2] / (block[1] - block[0]));
  },
  cdf: (x) =>
    BLOCKS.reduce(
      (sum, [lower, upper, mass]) => sum + mass * Math.min(1, Math.max(0, (x - lower) / (upper - lower))),
      0,
    ),
  draw(rng) {
    let u = rng();
    for (const [lower, upper, mass] of BLOCKS) {
      if (u < mass) return lower + (u / mass) * (upper - lower);
      u -= mass;
    }
    return BLOCKS[0][0];
  },
  nodes(fineness = 1) {
    const parts = BLOCKS.map(([lower, upper, mass]) =>
      nodesIn(divided([lower, upper], 500 * fineness), () => mass / (upper - lower)),
    );
    return {
      x: Float64Array.from(parts.flatMap(({ x }) => [...x])),
      mass: Float64Array.from(parts.flatMap(({ mass }) => [...mass])),
    };
  },
};

/** The arcsine law: its density is infinite at both ends. */
export const arcsine: Target = {
  name: "beta(½, ½)",
  description: "the arcsine law on [0, 1], infinite at both ends",
  domain: { kind: "interval", lower: 0, upper: 1, poles: true },
  gaussian: false,
  logPdf: (x) => (x <= 0 || x >= 1 ? -Infinity : -Math.log(Math.PI) - 0.5 * (Math.log(x) + Math.log1p(-x))),
  cdf: (x) => (2 / Math.PI) * Math.asin(Math.sqrt(Math.min(1, Math.max(0, x)))),
  draw: (rng) => Math.sin((Math.PI / 2) * rng()) ** 2,
  // In terms of the cdf, where the law is uniform; finer towards the ends, where the density has a pole, as far as there
  // are numbers below 1.
  nodes: (fineness = 1) =>
    nodesIn(
      divided([0, 1e-8, 1e-6, 1e-4, 0.01, 0.99, 1 - 1e-4, 1 - 1e-6, 1 - 1e-8, 1], 250 * fineness),
      () => 1,
      (u) => Math.min(1 - 2 ** -53, Math.sin((Math.PI / 2) * u) ** 2),
    ),
};

/** The exponential law with mean 1; one who estimates it is not told that it begins at 0. */
export const exponential: Target = {
  name: "exponential",
  description: "with mean 1, on the line",
  domain: { kind: "line" },
  gaussian: false,
  logPdf: (x) => (x < 0 ? -Infinity : -x),
  cdf: (x) => (x < 0 ? 0 : -Math.expm1(-x)),
  draw: (rng) => -Math.log1p(-rng()),
  // The first panels are finer, for estimates that fall off towards 0.
  nodes: (fineness = 1) => nodesIn(divided([0, 0.01, 0.1, 1, 8, 40], 400 * fineness), (x) => Math.exp(-x)),
};

const CUT = 8;

/** The same law, cut off at 8 and told to live on [0, 8]. */
export const cutExponential: Target = {
  name: "exponential on [0, 8]",
  description: "with mean 1, conditional on being below 8",
  domain: { kind: "interval", lower: 0, upper: CUT, poles: false },
  gaussian: false,
  logPdf: (x) => (x < 0 || x > CUT ? -Infinity : -x - Math.log(-Math.expm1(-CUT))),
  cdf: (x) => Math.expm1(-Math.min(CUT, Math.max(0, x))) / Math.expm1(-CUT),
  draw: (rng) => -Math.log1p(rng() * Math.expm1(-CUT)),
  nodes: (fineness = 1) =>
    nodesIn(divided([0, 0.01, 0.1, 1, CUT], 500 * fineness), (x) => Math.exp(-x) / -Math.expm1(-CUT)),
};

/** The standard Cauchy law, which has no mean. */
export const cauchy: Target = {
  name: "Cauchy",
  description: "standard, on the line",
  domain: { kind: "line" },
  gaussian: false,
  logPdf: (x) => -Math.log(Math.PI) - (Math.abs(x) > 1e8 ? 2 * Math.log(Math.abs(x)) : Math.log1p(x * x)),
  // Either tail keeps its relative precision.
  cdf: (x) => (x < -1 ? Math.atan(-1 / x) / Math.PI : 0.5 + Math.atan(x) / Math.PI),
  draw: (rng) => Math.tan(Math.PI * (rng() - 0.5)),
  // In terms of s = ± log of the tail beyond x on its side: u = e^s / 2 below 0, and the same above by symmetry.
  nodes(fineness = 1) {
    const half = nodesIn(
      divided([-28, 0], 1500 * fineness),
      (s) => Math.exp(s) / 2,
      (s) => -1 / Math.tan((Math.PI / 2) * Math.exp(s)),
    );
    return {
      x: Float64Array.of(...half.x, ...half.x.map((x) => -x).reverse()),
      mass: Float64Array.of(...half.mass, ...half.mass.toReversed()),
    };
  },
};
