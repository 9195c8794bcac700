import { describe, expect, it } from "vitest";
import { FourierDensity, type Support, valueAt } from "../src/index.ts";
import { nameOf, randomAmplitude, supports } from "./oracle.ts";

const circle = { kind: "circle", lower: 0, upper: 1 } as const;

/** Angles all over the support, in its order. */
function angles(support: Support, count: number): number[] {
  const end = support.kind === "interval" ? Math.PI : 2 * Math.PI;
  return Array.from({ length: count }, (_, i) => (end * (i + 0.5)) / count).map((angle) =>
    angle > Math.PI ? angle - 2 * Math.PI : angle,
  );
}

describe.each(supports.map((support) => [nameOf(support), support] as const))(
  "modes on the %s",
  (_, support) => {
    it("are all that a dense grid finds, and maxima", () => {
      for (const [terms, seed] of [
        [1, 1],
        [2, 2],
        [5, 3],
        [17, 4],
        [40, 5],
        [64, 6],
      ] as const) {
        const density = new FourierDensity(
          support,
          randomAmplitude(terms, seed, support.kind === "interval"),
        );
        const modes = density.modes();
        const grid = angles(support, 100 * (terms + 2)).map((angle) => valueAt(support, angle));
        const log = density.logPdf(grid);
        const around = support.kind === "circle" ? grid.length : 0;
        for (let i = around === 0 ? 1 : 0; i < grid.length - (around === 0 ? 1 : 0); i++) {
          const [before, after] = [(i - 1 + grid.length) % grid.length, (i + 1) % grid.length];
          if (!(log[i]! > log[before]! && log[i]! > log[after]!)) continue;
          const [low, high] = [grid[before]!, grid[after]!];
          const near = modes.filter(({ value }) =>
            low < high ? value > low && value < high : value > low || value < high,
          );
          expect(near.length).toBeGreaterThan(0);
        }
        for (const { value, density: p } of modes) {
          expect(p).toBe(density.pdf(value));
          if (support.kind === "interval" && (value === support.lower || value === support.upper)) continue;
          for (const shift of [-1e-5, 1e-5])
            expect(p).toBeGreaterThanOrEqual(density.pdf(value + shift) * (1 - 1e-14));
        }
      }
    });

    it("take turns with antimodes", () => {
      for (let seed = 0; seed < 30; seed++) {
        const density = new FourierDensity(
          support,
          randomAmplitude(3 + (seed % 12), seed, support.kind === "interval"),
        );
        const [modes, antimodes] = [density.modes(), density.antimodes()];
        const all = [
          ...modes.map(({ value }) => ({ value, mode: true })),
          ...antimodes.map(({ value }) => ({ value, mode: false })),
        ].sort((a, b) => a.value - b.value);
        for (let i = 1; i < all.length; i++) expect(all[i]!.mode).toBe(!all[i - 1]!.mode);
        if (support.kind === "circle") expect(modes.length).toBe(antimodes.length);
        if (support.kind === "line") expect(modes.length).toBe(antimodes.length + 1);
        expect(modes.reduce((sum, { mass }) => sum + mass, 0)).toBeCloseTo(1, 12);
      }
    });
  },
);

describe("modes", () => {
  it("of Dirichlet's kernel are the peak and terms − 1 side lobes, between terms zeros", () => {
    for (const terms of [1, 7, 63]) {
      const kernel = new FourierDensity(circle, {
        re: Array(terms + 1).fill(1),
        im: Array(terms + 1).fill(0),
      });
      expect(kernel.modes()).toHaveLength(terms);
      const antimodes = kernel.antimodes();
      expect(antimodes).toHaveLength(terms);
      antimodes.forEach(({ value, density }, i) => {
        expect(value).toBeCloseTo((i + 1) / (terms + 1), 12);
        expect(density).toBeLessThan(1e-20);
      });
    }
  });

  it("of a reference law are its middle, or both ends of the arcsine law; a constant density has none", () => {
    const one = { re: [1], im: [0] };
    for (const support of supports) {
      const density = new FourierDensity(support, one);
      const values = density.modes().map(({ value }) => value);
      if (support.kind === "line") expect(values).toEqual([expect.closeTo(0.3, 12)]);
      else if (support.kind === "interval" && support.map === "arcsine") {
        expect(density.modes()).toEqual([
          { value: -1, density: Infinity, mass: expect.closeTo(0.5, 14) },
          { value: 5, density: Infinity, mass: expect.closeTo(0.5, 14) },
        ]);
        expect(density.antimodes()).toEqual([
          { value: expect.closeTo(2, 12), density: expect.closeTo(1 / (3 * Math.PI), 12) },
        ]);
      } else expect([values, density.antimodes()]).toEqual([[], []]);
    }
  });

  it("are one, and one antimode, wherever a zero of high order lies", () => {
    // |1 + e^{−iθ}|⁴⁸ turned round: where it is flat, only rounding could tell its slope
    const binomial = [1];
    for (let k = 1; k <= 24; k++) binomial.push((binomial[k - 1]! * (25 - k)) / k);
    for (let i = 0; i < 60; i++) {
      // every 3°, and close to where the search begins and ends
      const turn = i < 40 ? (2 * Math.PI * i) / 40 : -3.0517 - Math.PI + (i - 50) * 0.02;
      const density = new FourierDensity(circle, {
        re: binomial.map((value, k) => value * Math.cos(turn * k)),
        im: binomial.map((value, k) => value * Math.sin(turn * k)),
      });
      expect([density.modes().length, density.antimodes().length]).toEqual([1, 1]);
    }
  });

  it("of a constant density that rounding has touched are still none", () => {
    const density = new FourierDensity(circle, { re: [1e-17, 1, 2e-17], im: [0, 0, -1e-17] });
    expect(density.modes()).toEqual([]);
  });

  it("have the probability between the antimodes beside them, across the seam of a circle too", () => {
    const density = new FourierDensity(
      { kind: "circle", lower: 0, upper: 24 },
      { re: [1, 0.2, 0.7], im: [0, 0, 0] },
    );
    const [[low, high], modes] = [density.antimodes().map(({ value }) => value), density.modes()];
    expect(modes.map(({ value }) => Math.round(value))).toEqual([0, 12]);
    expect(modes[0]!.mass).toBeCloseTo(density.cdf(low!) + 1 - density.cdf(high!), 13);
    expect(modes[1]!.mass).toBeCloseTo(density.cdf(high!) - density.cdf(low!), 13);
    const single = new FourierDensity(circle, { re: [1, 0.5], im: [0, 0] });
    expect(single.modes()).toEqual([expect.objectContaining({ mass: expect.closeTo(1, 14) })]);
  });

  it("are of what is no atom: none where all are, and masses that leave them out", () => {
    const line = { kind: "line", map: "tanh", location: 0, scale: 1 } as const;
    const amplitude = { re: [1, 0.3], im: [0, 0.8] };
    const [values, masses] = [Array.from({ length: 10 }, (_, i) => i), Array.from({ length: 10 }, () => 0.1)];
    expect(new FourierDensity(line, amplitude, { values, masses }).modes()).toEqual([]);
    const half = new FourierDensity(line, amplitude, { values: [-1, 2], masses: [0.25, 0.25] });
    expect(half.modes().reduce((sum, { mass }) => sum + mass, 0)).toBeCloseTo(0.5, 14);
  });

  it("may be at the ends of an interval", () => {
    const density = new FourierDensity(
      { kind: "interval", lower: 2, upper: 3, map: "linear" },
      { re: [1, 0.5], im: [0, 0] },
    );
    expect(density.modes().map(({ value }) => value)).toEqual([2]);
    expect(density.antimodes().map(({ value }) => value)).toEqual([3]);
  });

  it("are told apart when they are close, and found in regions of very low density", () => {
    // two peaks of Fejér's kernel moved apart by less than their width merge; by more they do not
    const peaks = (distance: number): FourierDensity => {
      const re = Array.from({ length: 33 }, (_, k) => (33 - k) * (1 + Math.cos(2 * Math.PI * distance * k)));
      const im = Array.from({ length: 33 }, (_, k) => (33 - k) * Math.sin(2 * Math.PI * distance * k));
      return new FourierDensity(circle, { re, im });
    };
    for (const distance of [0.01, 0.05]) {
      const density = peaks(distance);
      const high = density.modes().filter(({ density: p }) => p > 1);
      const grid = Float64Array.from({ length: 20001 }, (_, i) => -0.1 + (0.3 * i) / 20000);
      const p = density.pdf(grid);
      let count = 0;
      for (let i = 1; i < p.length - 1; i++)
        if (p[i]! > p[i - 1]! && p[i]! >= p[i + 1]! && p[i]! > 1) count += 1;
      expect(high).toHaveLength(count);
    }
    const binomial = Array.from({ length: 25 }, (_, k) => {
      let value = 1;
      for (let i = 0; i < k; i++) value *= (24 - i) / (i + 1);
      return value;
    }); // |1 + e^{−iθ}|⁴⁸: one mode, and a zero of order 48
    const density = new FourierDensity(circle, { re: binomial, im: binomial.map(() => 0) });
    expect(density.modes()).toEqual([
      { value: expect.closeTo(0, 12), density: expect.any(Number), mass: expect.closeTo(1, 14) },
    ]);
  });
});
