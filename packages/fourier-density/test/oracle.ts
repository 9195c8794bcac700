import type { Amplitude, Support } from "../src/index.ts";

/** Uniform numbers in [0, 1) from a seed: a linear congruence modulo 2³² with its high bits stirred in. */
export function uniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    let x = state ^ (state >>> 16);
    x = Math.imul(x, 0x45d9f3b) >>> 0;
    return ((x ^ (x >>> 15)) >>> 0) / 2 ** 32;
  };
}

/** An amplitude whose entries fall off as those of a density with some bumps. */
export function randomAmplitude(terms: number, seed: number, real = false): Amplitude {
  const random = uniform(seed);
  const entry = (_: unknown, k: number): number => (random() - 0.5) / (1 + (3 * k) / (terms + 1));
  const re = Float64Array.from({ length: terms + 1 }, entry);
  const im = real ? new Float64Array(terms + 1) : Float64Array.from({ length: terms + 1 }, entry);
  return { re, im };
}

/** One support of each kind and map. */
export const supports: readonly Support[] = [
  { kind: "circle", lower: -1, upper: 5 },
  { kind: "interval", lower: -1, upper: 5, map: "linear" },
  { kind: "interval", lower: -1, upper: 5, map: "arcsine" },
  ...(["tanh", "erf", "atan", "logit"] as const).map(
    (map) => ({ kind: "line", map, location: 0.3, scale: 2 }) as const,
  ),
];

export function nameOf(support: Support): string {
  return "map" in support ? `${support.kind}, ${support.map}` : support.kind;
}

/** p(x) by the definition: the reference law's density times the squared sum of the amplitude over its norm. */
export function densityByDefinition(support: Support, { re, im }: Amplitude, x: number): number {
  const [law, density] = referenceByDefinition(support, x);
  const angle = (support.kind === "interval" ? 1 : 2) * Math.PI * law;
  let [a, b, norm] = [0, 0, 0];
  for (let k = 0; k < re.length; k++) {
    const [c, s] = [Math.cos(k * angle), -Math.sin(k * angle)];
    a += re[k]! * c - im[k]! * s;
    b += re[k]! * s + im[k]! * c;
    norm += re[k]! ** 2 + im[k]! ** 2;
  }
  return ((a * a + b * b) / norm) * density;
}

function referenceByDefinition(support: Support, x: number): [law: number, density: number] {
  if (support.kind !== "line") {
    const { lower, upper } = support;
    const t = (x - lower) / (upper - lower);
    if (support.kind === "circle" || support.map === "linear") return [t, 1 / (upper - lower)];
    return [Math.acos(1 - 2 * t) / Math.PI, 1 / (Math.PI * (upper - lower) * Math.sqrt(t * (1 - t)))];
  }
  const z = (x - support.location) / support.scale;
  if (support.map === "tanh") return [(1 + Math.tanh(z)) / 2, 1 / (2 * support.scale * Math.cosh(z) ** 2)];
  if (support.map === "logit")
    return [1 / (1 + Math.exp(-z)), 1 / (4 * support.scale * Math.cosh(z / 2) ** 2)];
  if (support.map === "atan")
    return [0.5 + Math.atan(z) / Math.PI, 1 / (Math.PI * support.scale * (1 + z * z))];
  return [(1 + errorFunction(z)) / 2, Math.exp(-z * z) / (Math.sqrt(Math.PI) * support.scale)];
}

/** erf by its series Σ 2ⁿ z²ⁿ⁺¹ / (2n + 1)!!, whose terms have one sign. */
function errorFunction(z: number): number {
  let term = z;
  let sum = z;
  for (let n = 1; n < 200; n++) {
    term *= (2 * z * z) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-z * z) * sum;
}

/** ∫ f from a to b by the tanh-sinh rule, in pieces: a rule of its own, with no part in the package. */
export function quadrature(f: (x: number) => number, a: number, b: number, pieces = 64): number {
  let total = 0;
  for (let piece = 0; piece < pieces; piece++) {
    const from = a + ((b - a) * piece) / pieces;
    const radius = (b - a) / pieces / 2;
    for (let i = -32; i <= 32; i++) {
      const u = (Math.PI / 2) * Math.sinh(i / 10);
      const weight = (Math.PI / 20) * (Math.cosh(i / 10) / Math.cosh(u) ** 2);
      const t = Math.exp(u) / Math.cosh(u); // 1 + tanh u, precise near 0
      if (weight > 1e-300) total += radius * weight * f(from + radius * t);
    }
  }
  return total;
}
