import { describe, expect, it } from "vitest";
import {
  AutoregressiveDensity,
  type FitAutoregressiveOptions,
  fitAutoregressive,
} from "../../src/conditional.ts";
import type { SupportChoice } from "../../src/index.ts";
import { codeOf } from "../code-of.ts";
import { kolmogorov, logNormal, mean, normals } from "./draws.ts";
import { uniform } from "../oracle.ts";

const line = (scale: number): SupportChoice => ({ kind: "line", map: "tanh", location: 0, scale });

/** Laws of the plane: a draw, and its log density. */
const LAWS = {
  /** A correlated normal law, ρ = 0.8. */
  normal: {
    supports: [line(1.5), line(1.5)],
    draw: (rng: () => number) => {
      const [a, b] = [normals(rng)(), normals(rng)()];
      return [a, 0.8 * a + 0.6 * b];
    },
    logPdf: ([x, y]: readonly number[]) => logNormal(x!, 0, 1) + logNormal(y!, 0.8 * x!, 0.6),
  },
  /** A banana: y = x² + noise. */
  banana: {
    supports: [line(1.5), line(2)],
    draw: (rng: () => number) => {
      const x = normals(rng)();
      return [x, x * x - 1 + 0.3 * normals(rng)()];
    },
    logPdf: ([x, y]: readonly number[]) => logNormal(x!, 0, 1) + logNormal(y!, x! * x! - 1, 0.3),
  },
  /** A ring of radius 1 and deviation 0.15: in y two peaks or one, as x has it. */
  ring: {
    supports: [line(1), line(1)],
    draw: (rng: () => number) => {
      const [radius, angle] = [1 + 0.15 * normals(rng)(), 2 * Math.PI * rng()];
      return [radius * Math.cos(angle), radius * Math.sin(angle)];
    },
    logPdf: ([x, y]: readonly number[]) => {
      const radius = Math.hypot(x!, y!);
      return (
        Math.log(Math.exp(logNormal(radius, 1, 0.15)) + Math.exp(logNormal(-radius, 1, 0.15))) -
        Math.log(2 * Math.PI * radius)
      );
    },
  },
} as const;

type Law = (typeof LAWS)[keyof typeof LAWS];

function drawsOf(law: Law, count: number, seed: number): Float64Array {
  const rng = uniform(seed);
  return Float64Array.from(Array.from({ length: count }, () => law.draw(rng)).flat());
}

function columnOf(points: Float64Array, k: number): Float64Array {
  return Float64Array.from({ length: points.length / 2 }, (_, i) => points[2 * i + k]!);
}

describe("AutoregressiveDensity in the plane", { timeout: 120_000 }, () => {
  // Excess over the entropy of the law, in nats a point, with 2,000 points and 30 rounds.
  it.each([
    ["normal", 6, 0.03],
    ["banana", 8, 0.065],
    ["ring", 24, 0.06],
  ] as const)("comes near to the law of points: %s, of %i terms", async (name, terms, most) => {
    const law: Law = LAWS[name];
    const density = await fitAutoregressive(drawsOf(law, 2000, 1), 2, {
      supports: law.supports,
      terms,
      hidden: 8,
      rounds: 30,
      rng: uniform(2),
    });
    const fresh = drawsOf(law, 20_000, 3);
    const logPdf = density.logPdf(fresh);
    const excess = mean(logPdf.map((value, i) => law.logPdf([fresh[2 * i]!, fresh[2 * i + 1]!]) - value));
    expect(excess).toBeGreaterThan(0);
    expect(excess).toBeLessThan(most);

    // Its own draws, against those of the law: what a point's log density is distributed like, and each coordinate.
    const own = density.sample(20_000, { rng: uniform(4) });
    for (const k of [0, 1]) expect(distance(columnOf(own, k), columnOf(fresh, k))).toBeLessThan(0.03);
    const ofOwn = Float64Array.from({ length: 20_000 }, (_, i) => law.logPdf([own[2 * i]!, own[2 * i + 1]!]));
    const ofLaw = Float64Array.from({ length: 20_000 }, (_, i) =>
      law.logPdf([fresh[2 * i]!, fresh[2 * i + 1]!]),
    );
    expect(distance(ofOwn, ofLaw)).toBeLessThan(0.05);
  });
});

describe("an AutoregressiveDensity", { timeout: 60_000 }, async () => {
  /** An angle, a number that follows it, and a share that follows both. */
  const spiral = (rows: number, seed: number): Float64Array => {
    const rng = uniform(seed);
    return Float64Array.from(
      Array.from({ length: rows }, () => {
        const angle = 2 * Math.PI * rng() ** 2;
        const x = Math.cos(angle) + 0.3 * (rng() + rng() - 1);
        return [angle, x, Math.min(1, (0.2 + rng()) / (2 + x))];
      }).flat(),
    );
  };
  const supports: SupportChoice[] = [
    { kind: "circle", lower: 0, upper: 2 * Math.PI },
    line(1),
    { kind: "interval", map: "linear", lower: 0, upper: 2 },
  ];
  const options: FitAutoregressiveOptions = { supports, terms: 5, hidden: 6, rounds: 5, rng: uniform(8) };
  const points = spiral(1500, 7);
  const density = await fitAutoregressive(points, 3, options);

  it("adds up the log densities of its dimensions, each given those before it", () => {
    const logPdf = density.logPdf(points);
    for (let row = 0; row < 1500; row += 100) {
      const point = [...points.subarray(3 * row, 3 * row + 3)];
      const sum = point.reduce((total, x, k) => total + density.at(point.slice(0, k)).logPdf(x), 0);
      expect(logPdf[row]).toBeCloseTo(sum, 8);
    }
    expect(density.dimensions).toBe(3);
    expect(density.at([])).toBe(density.first);
    const out = new Float64Array(1500);
    expect(density.logPdf(points, out)).toBe(out);
    expect(out).toEqual(logPdf);
  });

  it("has a density that is one over its space", () => {
    // Midpoints over angle and share, in x as far as z = ±12 / 2.
    const [n, m] = [24, 200];
    const grid: number[] = [];
    for (let i = 0; i < n; i++)
      for (let j = 0; j < m; j++)
        for (let k = 0; k < n; k++)
          grid.push(((i + 0.5) * 2 * Math.PI) / n, ((j + 0.5) * 24) / m - 12, ((k + 0.5) * 2) / n);
    const volume = ((2 * Math.PI) / n) * (24 / m) * (2 / n);
    expect(volume * density.logPdf(grid).reduce((sum, value) => sum + Math.exp(value), 0)).toBeCloseTo(1, 2);
  });

  it("draws points that its own transformation makes uniform and independent, with a false alarm in 300", () => {
    const draws = density.sample(20_000, { rng: uniform(9) });
    const u = density.rosenblatt(draws);
    const parts = [0, 1, 2].map((k) => Float64Array.from({ length: 20_000 }, (_, i) => u[3 * i + k]!));
    for (const part of parts) expect(kolmogorov(part)).toBeLessThan(1.95);
    // The sum of two independent uniform numbers, modulo 1, is uniform.
    for (const [a, b] of [
      [0, 1],
      [1, 2],
      [0, 2],
    ] as const)
      expect(kolmogorov(parts[a]!.map((v, i) => (v + parts[b]![i]!) % 1))).toBeLessThan(1.95);
  });

  it("draws numbers that are finite, even where rng gives 0", () => {
    expect(density.sample(2, { rng: () => 0 }).every(Number.isFinite)).toBe(true);
  });

  it("takes uniform points back to where they came from", () => {
    const u = density.rosenblatt(points);
    const back = density.inverseRosenblatt(u);
    for (let i = 0; i < points.length; i++) expect(back[i]).toBeCloseTo(points[i]!, 6);
  });

  it("sees no seam in a circle: both its ends give the same to the dimensions after it", () => {
    const [one, other] = [density.at([0]), density.at([2 * Math.PI])];
    for (const u of [0.1, 0.5, 0.9]) expect(one.quantile(u)).toBeCloseTo(other.quantile(u), 9);
  });

  it("comes back from JSON the same to the last bit", () => {
    const copy = AutoregressiveDensity.fromJSON(JSON.parse(JSON.stringify(density)));
    expect(copy.logPdf(points)).toEqual(density.logPdf(points));
    expect(copy.toJSON()).toEqual(density.toJSON());
  });

  it("is a FourierDensity where there is one dimension", async () => {
    const one = await fitAutoregressive(columnOf(points, 0), 1, { supports: [line(2)], terms: 4 });
    expect(one.rest).toEqual([]);
    expect(one.logPdf([0.5, 1])).toEqual(one.first.logPdf([0.5, 1]));
    expect(one.sample(3).length).toBe(3);
  });

  it("tells the progress of all its dimensions, and ends when told to", async () => {
    const seen: (readonly [number, number])[] = [];
    const onProgress = (done: number, total: number): void => void seen.push([done, total]);
    await fitAutoregressive(points, 3, { ...options, terms: 2, rounds: 2, onProgress });
    expect(seen).toEqual([1, 2, 3, 4].map((done) => [done, 4]));
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(fitAutoregressive(points, 3, { ...options, signal })).rejects.toThrow("enough");
  });

  it.each([
    ["points that are no list", "argument", () => fitAutoregressive(undefined as never, 2)],
    ["points that are no whole rows", "length", () => fitAutoregressive([1, 2, 3], 2)],
    ["no dimensions", "argument", () => fitAutoregressive([1, 2, 3], 0)],
    ["no points", "empty", () => fitAutoregressive([], 2, { supports: [line(1), line(1)] })],
    ["too few supports", "length", () => fitAutoregressive(points, 3, { supports: [line(1)] })],
    ["a number that is NaN", "value at 4", () => density.logPdf(points.with(4, NaN))],
    ["a number outside its interval", "support at 2", () => density.logPdf(points.with(8, 3))],
    ["half a point", "length", () => density.rosenblatt(points.subarray(1))],
    ["probabilities above 1", "value at 1", () => density.inverseRosenblatt([0.5, 0.5, 0.5, 0.5, 2, 0.5])],
    ["half a draw", "argument", () => density.sample(0.5)],
    ["an rng that is none", "argument", () => density.sample(1, { rng: 3 as never })],
    ["a whole point before the next dimension", "length", () => density.at([1, 2, 3])],
    [
      "dimensions that do not follow each other",
      "length",
      () => new AutoregressiveDensity(density.first, density.rest.slice(1)),
    ],
    ["the JSON of nothing", "format", () => AutoregressiveDensity.fromJSON(null)],
    ["the JSON of another kind", "format", () => AutoregressiveDensity.fromJSON(density.first.toJSON())],
    [
      "JSON without its first dimension",
      "format",
      () => AutoregressiveDensity.fromJSON({ ...density.toJSON(), first: 1 }),
    ],
    [
      "JSON whose parts do not fit",
      "format",
      () => AutoregressiveDensity.fromJSON({ ...density.toJSON(), rest: density.toJSON().rest.slice(1) }),
    ],
  ])("refuses %s", async (_, code, run) => expect(await codeOf(run)).toBe(code));
});

/** The greatest distance of two empirical distribution functions. */
function distance(a: Float64Array, b: Float64Array): number {
  const [x, y] = [a.slice().sort(), b.slice().sort()];
  let [i, j, largest] = [0, 0, 0];
  while (i < x.length && j < y.length) {
    if (x[i]! <= y[j]!) i++;
    else j++;
    largest = Math.max(largest, Math.abs(i / x.length - j / y.length));
  }
  return largest;
}
