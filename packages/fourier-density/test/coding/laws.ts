import type { CodingDensity } from "../../src/coding.ts";

/** Laws in closed form, and draws from them by the inverse of their distribution function. */
export interface ClosedLaw extends CodingDensity {
  quantile(u: number): number;
}

export function logistic(location: number, scale: number): ClosedLaw {
  const upper = (x: number): number => 1 / (1 + Math.exp((x - location) / scale));
  return {
    // By the tail that is the smaller, so that small differences are precise.
    binProbability: (a, b) =>
      a > location ? upper(a) - upper(b) : upper(2 * location - b) - upper(2 * location - a),
    quantile: (u) => location + scale * Math.log(u / (1 - u)),
  };
}

export const cauchy: ClosedLaw = {
  binProbability: (a, b) => (Math.atan(b) - Math.atan(a)) / Math.PI,
  quantile: (u) => Math.tan(Math.PI * (u - 0.5)),
};

export function uniform(lower: number, upper: number): ClosedLaw {
  const below = (x: number): number => Math.min(1, Math.max(0, (x - lower) / (upper - lower)));
  return {
    binProbability: (a, b) => below(b) - below(a),
    quantile: (u) => lower + u * (upper - lower),
  };
}

/** Half of each. */
export function mixture(a: ClosedLaw, b: ClosedLaw): ClosedLaw {
  return {
    binProbability: (lower, upper) => (a.binProbability(lower, upper) + b.binProbability(lower, upper)) / 2,
    quantile: (u) => (u < 0.5 ? a.quantile(2 * u) : b.quantile(2 * u - 1)),
  };
}

/** Seeded uniform numbers in (0, 1): mulberry32. */
export function uniforms(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (((t ^ (t >>> 14)) >>> 0) + 0.5) / 2 ** 32;
  };
}

export function draws(law: ClosedLaw, count: number, seed = 1): Float64Array {
  const uniform01 = uniforms(seed);
  return Float64Array.from({ length: count }, () => law.quantile(uniform01()));
}

/** The code of the `DensityError` that a call throws. */
export function codeOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    return (error as { code: string }).code ?? String(error);
  }
  return "nothing";
}
