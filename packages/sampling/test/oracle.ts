// What samplers are held against: the law by enumeration, the test that compares, and the code of an error.
import type { Lattice } from "@lemmata/lattice";
import { SamplingError } from "../src/index.ts";

/** Every path, named by its edges, with its score. */
export function pathsOf(lattice: Lattice): Map<string, number> {
  const { length, rowStart, end, label, labelScore, score } = lattice;
  const scores = new Map<string, number>();
  const walk = (node: number, edges: readonly number[], sum: number): void => {
    if (node === length) scores.set(edges.join(), sum);
    else
      for (let e = rowStart[node]!; e < rowStart[node + 1]!; e++)
        walk(end[e]!, [...edges, e], sum + (score === undefined ? labelScore[label[e]!]! : score[e]!));
  };
  walk(0, [], 0);
  return scores;
}

/** Every path with its probability ∝ exp(alpha · score). */
export function lawOf(lattice: Lattice, alpha: number): Map<string, number> {
  return lawOfScores(pathsOf(lattice), alpha);
}

/** Probabilities ∝ exp(alpha · score). */
export function lawOfScores(scores: ReadonlyMap<string, number>, alpha: number): Map<string, number> {
  let highest = -Infinity;
  for (const score of scores.values()) highest = Math.max(highest, alpha * score);
  return normalized(new Map([...scores].map(([path, score]) => [path, Math.exp(alpha * score - highest)])));
}

/** A law conditioned on a property of paths. */
export function given(
  law: ReadonlyMap<string, number>,
  holds: (path: string) => boolean,
): Map<string, number> {
  return normalized(new Map([...law].filter(([path]) => holds(path))));
}

function normalized(weights: ReadonlyMap<string, number>): Map<string, number> {
  let total = 0;
  for (const weight of weights.values()) total += weight;
  return new Map([...weights].map(([path, weight]) => [path, weight / total]));
}

/** How often each path comes in n draws. */
export function countDraws(n: number, draw: () => { readonly edges: Int32Array }): Map<string, number> {
  const counts = new Map<string, number>();
  for (let i = 0; i < n; i++) {
    const path = draw().edges.join();
    counts.set(path, (counts.get(path) ?? 0) + 1);
  }
  return counts;
}

/**
 * G-test of counts against a law: the chance that fair draws differ from it at least as much. Outcomes that fewer
 * than 10 draws are expected of are taken together, in the order of the law, until 10 are.
 */
export function gTest(counts: ReadonlyMap<string, number>, law: ReadonlyMap<string, number>): number {
  for (const path of counts.keys()) if (!law.has(path)) return 0;
  let n = 0;
  for (const count of counts.values()) n += count;
  const cells: { count: number; expected: number }[] = [];
  let rare = { count: 0, expected: 0 };
  for (const [path, p] of law) {
    const count = counts.get(path) ?? 0;
    if (n * p >= 10) cells.push({ count, expected: n * p });
    else {
      rare.count += count;
      rare.expected += n * p;
      if (rare.expected >= 10) {
        cells.push(rare);
        rare = { count: 0, expected: 0 };
      }
    }
  }
  if (rare.expected > 0) cells.push(rare);
  let g = 0;
  let inverse = 0;
  for (const { count, expected } of cells) {
    if (count > 0) g += 2 * count * Math.log(count / expected);
    inverse += n / expected;
  }
  // Over thousands of small cells G is too large by a standard deviation or two: Williams 1976.
  const degrees = cells.length - 1;
  return degrees === 0 ? 1 : chiSquareTail(g / (1 + (inverse - 1) / (6 * n * degrees)), degrees);
}

/** P(χ²_k ≥ x) by the Wilson–Hilferty cube root, good to three digits where it matters here. */
function chiSquareTail(x: number, k: number): number {
  const spread = 2 / (9 * k);
  const z = (Math.cbrt(x / k) - 1 + spread) / Math.sqrt(spread);
  // Tail of the normal distribution, Abramowitz and Stegun 26.2.17.
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const series =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const tail = (series * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI);
  return z >= 0 ? tail : 1 - tail;
}

/** The code of the SamplingError that something throws, or "none"; any other error passes through. */
export function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof SamplingError) return error.code;
    throw error;
  }
  return "none";
}
