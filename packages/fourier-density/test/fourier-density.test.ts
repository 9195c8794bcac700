import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DensityError, type DensityErrorCode, FourierDensity, type Support } from "../src/index.ts";
import { densityByDefinition, nameOf, quadrature, randomAmplitude, supports, uniform } from "./oracle.ts";

const circle = { kind: "circle", lower: 0, upper: 1 } as const;
const line = { kind: "line", map: "tanh", location: 0, scale: 1 } as const;

function randomDensity(support: Support, terms: number, seed: number): FourierDensity {
  return new FourierDensity(support, randomAmplitude(terms, seed, support.kind === "interval"));
}

/** Points well inside the support. */
function pointsOf(support: Support): number[] {
  const [from, to] = support.kind === "line" ? [-9, 9] : [support.lower, support.upper];
  return Array.from({ length: 199 }, (_, i) => from + ((to - from) * (i + 1)) / 200);
}

function code(of: DensityErrorCode): unknown {
  return expect.objectContaining({ name: "DensityError", code: of });
}

describe.each(supports.map((support) => [nameOf(support), support] as const))(
  "a density on the %s",
  (_, support) => {
    const terms = 11;
    const amplitude = randomAmplitude(terms, 3, support.kind === "interval");
    const density = new FourierDensity(support, amplitude);
    const points = pointsOf(support);

    it("is the squared sum of its amplitude times the reference law's", () => {
      for (const x of points) {
        const expected = densityByDefinition(support, amplitude, x);
        expect(Math.abs(density.pdf(x) - expected)).toBeLessThan(1e-12 * expected);
        expect(Math.abs(density.logPdf(x) - Math.log(expected))).toBeLessThan(1e-12);
      }
    });

    it("has a distribution function that is the integral of its density", () => {
      for (let i = 20; i < points.length; i += 20) {
        const [a, b] = [points[i - 20]!, points[i]!];
        const mass = quadrature((x) => densityByDefinition(support, amplitude, x), a, b, 16);
        expect(Math.abs(density.cdf(b) - density.cdf(a) - mass)).toBeLessThan(2e-14);
        expect(Math.abs(density.binProbability(a, b) - mass)).toBeLessThan(2e-14);
      }
    });

    it("takes probabilities to quantiles and back", () => {
      const u = Float64Array.from({ length: 2001 }, (__, i) => i / 2000);
      const back = density.cdf(density.quantile(u));
      // next to the upper end of the arcsine law, rounding x moves cdf by the root of ε
      const error = support.kind === "interval" && support.map === "arcsine" ? 1e-8 : 5e-15;
      for (let i = 0; i < u.length; i++) expect(Math.abs(back[i]! - u[i]!)).toBeLessThan(error);
    });

    it("has quantiles of relative precision in the lower tail", () => {
      if (support.kind !== "line" && support.lower !== 0)
        return expect(density.quantile(0)).toBe(support.lower);
      for (let exponent = 1; exponent < 250; exponent += 7) {
        const u = 10 ** -exponent;
        expect(Math.abs(density.cdf(density.quantile(u)) / u - 1)).toBeLessThan(1e-11);
      }
    });

    it("draws samples that agree with it (Kolmogorov and Smirnov, false alarm 1e-4)", () => {
      const draws = density.sample(20_000, { rng: uniform(11) });
      expect(density.goodnessOfFit(draws).pValue).toBeGreaterThan(1e-4);
      const counts = new Float64Array(50);
      for (const value of density.cdf(draws)) counts[Math.min(49, Math.floor(value * 50))]! += 1;
      const chiSquared = counts.reduce((sum, count) => sum + (count - 400) ** 2 / 400, 0);
      expect(chiSquared).toBeLessThan(95); // 49 degrees of freedom: 1e-4
    });

    it("asks the rng once a draw, and is monotone in what it gives", () => {
      const given = [0.2, 0.4, 0.9];
      const queue = [...given];
      const draws = density.sample(3, { rng: () => queue.shift()! });
      expect(draws).toEqual(density.quantile(given));
      expect(draws[0]! < draws[1]! && draws[1]! < draws[2]!).toBe(true);
    });

    it("has the moments and the entropy that integrals of its definition have", () => {
      if (support.kind === "line" && support.map === "atan") {
        expect(density.moments()).toEqual({ mean: NaN, variance: Infinity, skewness: NaN, kurtosis: NaN });
        return;
      }
      const { mean, variance, skewness, kurtosis } = density.moments();
      const average = (f: (x: number, p: number) => number): number => {
        const value = (x: number): number => {
          const p = densityByDefinition(support, amplitude, x);
          return p > 0 ? p * f(x, p) : 0;
        };
        if (support.kind === "line") return quadrature(value, -80, 80, 1600);
        if (support.kind === "circle" || support.map === "linear")
          return quadrature(value, support.lower, support.upper);
        // in the angle, as p is infinite at the ends
        const flat = { kind: "interval", lower: 0, upper: Math.PI, map: "linear" } as const;
        return quadrature(
          (t) =>
            densityByDefinition(flat, amplitude, t) *
            f(2 - 3 * Math.cos(t), densityByDefinition(flat, amplitude, t) / (3 * Math.sin(t))),
          0,
          Math.PI,
        );
      };
      const error = 1e-10;
      expect(Math.abs(mean - average((x) => x))).toBeLessThan(error);
      expect(Math.abs(variance - average((x) => (x - mean) ** 2))).toBeLessThan(error * 10);
      expect(Math.abs(skewness - average((x) => (x - mean) ** 3) / variance ** 1.5)).toBeLessThan(error * 10);
      expect(Math.abs(kurtosis - average((x) => (x - mean) ** 4) / variance ** 2)).toBeLessThan(error * 50);
      expect(Math.abs(density.entropy() + average((__, p) => Math.log(p)))).toBeLessThan(error);
    });

    it("survives JSON to the last bit", () => {
      const copy = FourierDensity.fromJSON(JSON.parse(JSON.stringify(density)));
      expect(copy.support).toEqual(support);
      expect(copy.amplitude).toEqual(density.amplitude);
      expect(JSON.stringify(copy)).toBe(JSON.stringify(density));
      expect(copy.pdf(points)).toEqual(density.pdf(points));
    });

    it("gives one by one what it gives for many, and into out", () => {
      const out = new Float64Array(points.length);
      expect(density.pdf(points, out)).toBe(out);
      expect([...out]).toEqual(points.map((x) => density.pdf(x)));
      expect([...density.logPdf(points)]).toEqual(points.map((x) => density.logPdf(x)));
      const inPlace = Float64Array.from(points);
      expect(density.logPdf(inPlace, inPlace)).toEqual(density.logPdf(points));
      expect([...density.cdf(points)]).toEqual(points.map((x) => density.cdf(x)));
      const u = [0, 0.1, 0.5, 1];
      expect([...density.quantile(u)]).toEqual(u.map((each) => density.quantile(each)));
    });
  },
);

describe("pdf", () => {
  it("is at most (terms + 1) times the reference law's, attained by an amplitude of one peak", () => {
    for (let seed = 0; seed < 20; seed++)
      expect(Math.max(...randomDensity(circle, 9, seed).pdf(pointsOf(circle)))).toBeLessThanOrEqual(10);
    const angles = Array.from({ length: 10 }, (_, k) => 2 * Math.PI * 0.3 * k);
    const peak = new FourierDensity(circle, { re: angles.map(Math.cos), im: angles.map(Math.sin) });
    expect(peak.pdf(0.3)).toBeCloseTo(10, 12);
  });

  it("is the cardioid for two terms", () => {
    // |1 + r e^{−iθ}|² / (1 + r²) = 1 + 2ρ cos θ with ρ = r / (1 + r²)
    const r = 0.4;
    const cardioid = new FourierDensity(
      { kind: "circle", lower: -Math.PI, upper: Math.PI },
      { re: [1, -r], im: [0, 0] },
    );
    const rho = r / (1 + r * r);
    for (const x of [-3, -1, 0, 0.5, 2.9]) {
      expect(cardioid.pdf(x)).toBeCloseTo((1 + 2 * rho * Math.cos(x)) / (2 * Math.PI), 14);
      expect(cardioid.cdf(x)).toBeCloseTo((x + Math.PI + 2 * rho * Math.sin(x)) / (2 * Math.PI), 14);
    }
    expect(cardioid.modes()).toHaveLength(1);
    expect(cardioid.modes()[0]!.value).toBeCloseTo(0, 14);
    expect(cardioid.circularMoment().re).toBeCloseTo(rho, 14);
    expect(cardioid.circularMoment().direction).toBeCloseTo(0, 14);
  });

  it("does not depend on the amplitude's scale or phase", () => {
    const { re, im } = randomAmplitude(5, 1);
    const density = new FourierDensity(circle, { re, im });
    for (const scale of [1e-320, 1e-160, 3, 1e160, 1e307]) {
      const scaled = new FourierDensity(circle, {
        re: re.map((x) => x * scale),
        im: im.map((x) => x * scale),
      });
      expect(scaled.pdf(0.3)).toBeCloseTo(density.pdf(0.3), scale < 1e-300 ? 2 : 13);
    }
    const turned = new FourierDensity(circle, { re: im.map((x) => -x), im: re });
    expect(turned.pdf(0.3)).toBeCloseTo(density.pdf(0.3), 13);
  });

  it("takes points of a circle into its period, and is 0 outside an interval", () => {
    const density = randomDensity(circle, 4, 2);
    expect(density.pdf(3.25)).toBeCloseTo(density.pdf(0.25), 12);
    expect(density.pdf(1)).toBeCloseTo(density.pdf(0), 12);
    const interval = randomDensity({ kind: "interval", lower: 0, upper: 1, map: "linear" }, 4, 2);
    expect([...interval.pdf([-0.1, 1.1, Infinity])]).toEqual([0, 0, 0]);
    expect([...interval.cdf([-0.1, 1.1, Infinity])]).toEqual([0, 1, 1]);
    expect(interval.logPdf(-1)).toBe(-Infinity);
  });
});

describe("logPdf", () => {
  const lines = supports.filter(({ kind }) => kind === "line");

  it("is finite for every finite x of the line", () => {
    for (const support of lines)
      for (const seed of [1, 2, 3])
        for (const size of [1e2, 1e5, 1e100, 1e160, 1e300, Number.MAX_VALUE])
          for (const x of [size, -size])
            expect(Number.isFinite(randomDensity(support, 8, seed).logPdf(x))).toBe(true);
  });

  it("is finite too where the amplitude vanishes at infinity", () => {
    for (const support of lines) {
      const density = new FourierDensity(support, { re: [1, -1], im: [0, 0] });
      for (const x of [-1e300, -5e3, -800, 800, 1e300]) expect(Number.isFinite(density.logPdf(x))).toBe(true);
    }
    // 2(1 − cos θ) ≈ θ² with θ = 2π e^{−2z}, times 2 e^{−2z}, over Σ |aₖ|² = 2
    const density = new FourierDensity(line, { re: [1, -1], im: [0, 0] });
    for (const z of [50, 300, 800, 1e5]) {
      const expected = 2 * Math.log(2 * Math.PI) - 6 * z;
      expect(Math.abs(density.logPdf(z) / expected - 1)).toBeLessThan(1e-14);
    }
  });

  it("follows the tail of the reference law", () => {
    const density = randomDensity(line, 6, 4);
    expect(density.logPdf(1000) - density.logPdf(2000)).toBeCloseTo(2000, 9);
    expect([...density.logPdf([-Infinity, Infinity])]).toEqual([-Infinity, -Infinity]);
    expect([...density.pdf([-Infinity, Infinity])]).toEqual([0, 0]);
  });

  it("is +∞ at ends of the arcsine law, and −∞ where the amplitude is zero there", () => {
    const arcsine = { kind: "interval", lower: 0, upper: 1, map: "arcsine" } as const;
    expect(new FourierDensity(arcsine, { re: [1], im: [0] }).pdf(0)).toBe(Infinity);
    expect(new FourierDensity(arcsine, { re: [1, -1], im: [0, 0] }).pdf(0)).toBe(0);
  });
});

describe("cdf and quantile", () => {
  it("are monotone to rounding, and inverse to each other", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...supports),
        fc.nat(40),
        fc.nat(1000),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2, maxLength: 30 }),
        (support, terms, seed, list) => {
          const density = randomDensity(support, terms, seed);
          const u = Float64Array.from(list).sort();
          const x = density.quantile(u);
          const back = density.cdf(x);
          for (let i = 1; i < u.length; i++) {
            expect(x[i]!).toBeGreaterThanOrEqual(x[i - 1]! - 1e-12 * Math.max(1, Math.abs(x[i]!)));
            expect(back[i]!).toBeGreaterThanOrEqual(back[i - 1]! - 1e-15);
          }
          const error = support.kind === "interval" && support.map === "arcsine" ? 1e-7 : 1e-13;
          for (let i = 0; i < u.length; i++) expect(Math.abs(back[i]! - u[i]!)).toBeLessThan(error);
        },
      ),
      { seed: 5, numRuns: 200 },
    );
  });

  it("reach the ends of the support", () => {
    for (const support of supports) {
      const density = randomDensity(support, 5, 8);
      const ends = support.kind === "line" ? [-Infinity, Infinity] : [support.lower, support.upper];
      expect([...density.quantile([0, 1])]).toEqual(ends);
      expect([...density.cdf(ends)].map((value) => Math.abs(value))).toEqual([0, expect.closeTo(1, 14)]);
    }
  });

  it("hold for narrow peaks, and for zeros of high order at the ends", () => {
    const angles = Array.from({ length: 301 }, (_, k) => k);
    const binomial = [1];
    for (let k = 0; k < 24; k++) binomial.push((-binomial[k]! * (24 - k)) / (k + 1));
    for (const support of supports) {
      const even = support.kind === "interval";
      const peak = {
        re: angles.map((k) => Math.cos(1.3 * k)),
        im: angles.map((k) => (even ? 0 : Math.sin(1.3 * k))),
      };
      // |1 − e^{−iθ}|⁴⁸
      const flat = { re: binomial, im: binomial.map(() => 0) };
      for (const amplitude of [peak, flat]) {
        const density = new FourierDensity(support, amplitude);
        const u = Float64Array.from({ length: 1001 }, (_, i) => i / 1000);
        const back = density.cdf(density.quantile(u));
        const error = even && support.map === "arcsine" ? 1e-7 : 3e-13;
        for (let i = 0; i < u.length; i++) expect(Math.abs(back[i]! - u[i]!)).toBeLessThan(error);
        for (const value of density.quantile([1e-300, 1e-30, 1e-12]))
          expect(Number.isFinite(value)).toBe(true);
      }
    }
  });

  it("hold where the density vanishes within", () => {
    const density = new FourierDensity(circle, { re: [1, 1], im: [0, 0] }); // 1 + cos θ: zero in the middle, of order 2
    for (const u of [0.4999999, 0.5, 0.5000001]) expect(density.cdf(density.quantile(u))).toBeCloseTo(u, 15);
    expect(density.logPdf(0.5)).toBeLessThan(-70);
  });
});

describe("binProbability", () => {
  it("is additive, never negative, and exact relative to itself", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...supports),
        fc.nat(30),
        fc.nat(1000),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 }),
        (support, terms, seed, list) => {
          const density = randomDensity(support, terms, seed);
          const [from, to] = support.kind === "line" ? [-40, 40] : [support.lower, support.upper];
          const [a, b, c] = list.map((t) => from + (to - from) * t).sort((x, y) => x - y) as [
            number,
            number,
            number,
          ];
          const [left, right, both] = [
            density.binProbability(a, b),
            density.binProbability(b, c),
            density.binProbability(a, c),
          ];
          expect(left).toBeGreaterThanOrEqual(0);
          expect(Math.abs(left + right - both)).toBeLessThanOrEqual(1e-13 * both);
        },
      ),
      { seed: 7, numRuns: 200 },
    );
  });

  it("is the density times the width for narrow bins, also far out", () => {
    for (const support of supports) {
      const density = randomDensity(support, 6, 21);
      for (const x of support.kind === "line" ? [-12.3, 0.29, 0.4, 3, 25] : [0.1, 2.02, 4.5]) {
        const upper = x + Math.abs(x) * 2 ** -40;
        const expected = density.pdf(x) * (upper - x);
        expect(Math.abs(density.binProbability(x, upper) / expected - 1)).toBeLessThan(1e-9);
      }
    }
  });

  it("has the tails of the line to rounding", () => {
    const density = new FourierDensity(line, { re: [1], im: [0] });
    for (const z of [5, 50, 300]) {
      expect(density.binProbability(z, Infinity) / (Math.exp(-2 * z) / (1 + Math.exp(-2 * z)))).toBeCloseTo(
        1,
        13,
      );
      expect(density.binProbability(-Infinity, -z)).toBe(density.binProbability(z, Infinity));
    }
    expect(density.binProbability(-Infinity, Infinity)).toBeCloseTo(1, 14);
  });

  it("passes the end of a circle's period", () => {
    const density = randomDensity(circle, 5, 3);
    const parts = density.binProbability(0.9, 1) + density.binProbability(0, 0.2);
    expect(density.binProbability(0.9, 1.2)).toBeCloseTo(parts, 14);
    expect(density.binProbability(-0.1, 0.2)).toBeCloseTo(parts, 14);
    expect(density.binProbability(0.3, 1.3)).toBe(1);
    expect(density.binProbability(0.3, 0.3)).toBe(0);
  });
});

describe("what depends on the unit of x", () => {
  it("is the same in tiny and in large ones", () => {
    for (const kind of ["interval", "line"] as const) {
      const [plain, ...others] = [1, 1e-200, 1e-120, 1e120, 1e200].map((unit) => {
        const support =
          kind === "line"
            ? ({ kind, map: "tanh", location: 3 * unit, scale: unit } as const)
            : ({ kind, map: "linear", lower: unit, upper: 3 * unit } as const);
        const density = new FourierDensity(support, randomAmplitude(4, 6, kind === "interval"));
        const { mean, skewness, kurtosis } = density.moments();
        return [mean / unit, skewness, kurtosis, density.cdf(2.2 * unit), density.quantile(0.3) / unit];
      });
      for (const other of others) other.forEach((value, i) => expect(value).toBeCloseTo(plain![i]!, 11));
    }
  });
});

describe("bins that begin outside an interval", () => {
  it("have the probability of what is within", () => {
    for (const map of ["linear", "arcsine"] as const) {
      const density = new FourierDensity(
        { kind: "interval", lower: -1, upper: 4, map },
        randomAmplitude(4, 6, true),
      );
      expect(density.binProbability(-100, 1)).toBeCloseTo(density.cdf(1), 13);
      expect(density.binProbability(2, Infinity)).toBeCloseTo(1 - density.cdf(2), 13);
      expect(density.binProbability(-9, -1)).toBe(0);
      expect(density.binProbability(5, 6)).toBe(0);
    }
  });
});

describe("atoms", () => {
  const amplitude = randomAmplitude(4, 6);
  const pure = new FourierDensity(line, amplitude);
  const mixed = new FourierDensity(line, amplitude, { values: [-0.5, 1], masses: [0.2, 0.1] });

  it("take their share of the density and jump in the distribution function", () => {
    expect(mixed.pdf(0.3)).toBeCloseTo(0.7 * pure.pdf(0.3), 14);
    expect(mixed.cdf(-0.5) - mixed.cdf(-0.5 - 1e-12)).toBeCloseTo(0.2, 11);
    expect(mixed.cdf(40)).toBe(1);
    expect(mixed.binProbability(-0.5, 1)).toBeCloseTo(0.7 * pure.binProbability(-0.5, 1) + 0.1, 14);
    expect(mixed.binProbability(-0.6, 0)).toBeCloseTo(0.7 * pure.binProbability(-0.6, 0) + 0.2, 14);
  });

  it("are where quantiles stay", () => {
    const below = 0.7 * pure.cdf(-0.5);
    expect(mixed.quantile(below + 0.001)).toBe(-0.5);
    expect(mixed.quantile(below + 0.199)).toBe(-0.5);
    expect(mixed.quantile(below + 0.201)).toBeGreaterThan(-0.5);
    for (const u of [1e-9, 0.05, 0.6, 0.99])
      expect(mixed.cdf(mixed.quantile(u))).toBeGreaterThanOrEqual(u - 1e-15);
    const draws = mixed.sample(20_000, { rng: uniform(3) });
    const share = draws.filter((x) => x === -0.5).length / 20_000;
    expect(Math.abs(share - 0.2)).toBeLessThan(3.9 * Math.sqrt((0.2 * 0.8) / 20_000)); // false alarm 1e-4
  });

  it("count in moments and divergences", () => {
    const { mean } = mixed.moments();
    expect(mean).toBeCloseTo(0.7 * pure.moments().mean + 0.2 * -0.5 + 0.1, 12);
    expect(mixed.entropy()).toBe(-Infinity);
    expect(mixed.klDivergence(mixed)).toBeCloseTo(0, 13);
    expect(mixed.klDivergence(pure)).toBe(Infinity);
    expect(pure.klDivergence(mixed)).toBeCloseTo(-Math.log(0.7), 12);
    expect(() => mixed.goodnessOfFit([1, 2])).toThrow(code("support"));
  });

  it("may be all there is", () => {
    const law = new FourierDensity(circle, { re: [1], im: [0] }, { values: [0, 0.5], masses: [0.25, 0.75] });
    expect([...law.quantile([0, 0.25, 0.26, 1])]).toEqual([0, 0, 0.5, 0.5]);
    expect(law.pdf(0.3)).toBe(0);
    expect(law.binProbability(0.4, 0.6)).toBe(0.75);
    expect(law.binProbability(0.4, 0.5)).toBe(0.75);
    expect(law.binProbability(0.5, 1)).toBe(0.25);
    expect(law.circularMoment().re).toBeCloseTo(-0.5, 15);
    const { mean, variance } = law.moments();
    expect([mean, variance]).toEqual([0.375, 0.046875]);
  });
});

describe("immutability", () => {
  it("keeps copies of what it is given and gives copies", () => {
    const { re, im } = randomAmplitude(3, 1);
    const density = new FourierDensity(
      circle,
      { re, im },
      { values: Float64Array.of(0.5), masses: Float64Array.of(0.5) },
    );
    const before = density.pdf(0.2);
    re.fill(7);
    density.amplitude.re.fill(7);
    density.atoms.masses.fill(7);
    expect(density.pdf(0.2)).toBe(before);
    expect(JSON.stringify(density)).toBe(JSON.stringify(FourierDensity.fromJSON(density.toJSON())));
    expect(Object.isFrozen(density.support)).toBe(true);
    expect(() => ((density as { support: unknown }).support = line)).toThrow(TypeError);
  });
});

describe("what cannot be answered", () => {
  const density = randomDensity(line, 3, 1);
  const round = randomDensity(circle, 3, 1);
  const amplitude = { re: [1], im: [0] };

  it.each<[string, () => unknown, DensityErrorCode]>([
    ["pdf of NaN", () => density.pdf(NaN), "value"],
    ["pdf of a string", () => density.pdf("1" as unknown as number), "argument"],
    ["pdf of strings", () => density.pdf(["1"] as unknown as number[]), "value"],
    ["pdf of nothing", () => density.pdf(undefined as unknown as number), "argument"],
    ["pdf of an infinity of a circle", () => round.pdf(Infinity), "value"],
    ["cdf of a list with NaN", () => density.cdf([0, NaN]), "value"],
    ["out of another length", () => density.cdf([0, 1], new Float64Array(1)), "length"],
    ["out of another type", () => density.cdf([0], [0] as unknown as Float64Array), "argument"],
    ["a quantile of 1.1", () => density.quantile(1.1), "value"],
    ["a quantile of NaN", () => density.quantile([0.5, NaN]), "value"],
    ["a quantile of a string", () => density.quantile(["0.5"] as unknown as number[]), "value"],
    ["a list whose length lies", () => density.pdf({ length: 1e15 }), "value"],
    ["2^31 samples", () => density.sample(2 ** 31), "argument"],
    ["-1 samples", () => density.sample(-1), "argument"],
    ["an rng of 1", () => density.sample(1, { rng: () => 1 }), "argument"],
    ["an rng of NaN", () => density.sample(1, { rng: () => NaN }), "argument"],
    ["a negative rng", () => density.sample(1, { rng: () => -0.1 }), "argument"],
    ["an rng that is none", () => density.sample(1, { rng: 1 as unknown as () => number }), "argument"],
    ["a bin turned round", () => density.binProbability(1, 0), "argument"],
    ["a circular moment of a line", () => density.circularMoment(), "support"],
    ["a circular moment of order 0", () => round.circularMoment(0), "argument"],
    ["a divergence from a circle", () => density.klDivergence(round), "support"],
    [
      "a divergence from nothing",
      () => density.klDivergence(undefined as unknown as FourierDensity),
      "argument",
    ],
    ["a distance of order 3", () => density.wasserstein(density, 3 as 2), "argument"],
    ["a test of no samples", () => density.goodnessOfFit([]), "empty"],
    ["no support", () => new FourierDensity(undefined as unknown as Support, amplitude), "argument"],
    ["no amplitude", () => new FourierDensity(line, undefined as never), "argument"],
    ["an empty amplitude", () => new FourierDensity(line, { re: [], im: [] }), "argument"],
    ["parts of two lengths", () => new FourierDensity(line, { re: [1, 2], im: [1] }), "length"],
    ["NaN in the amplitude", () => new FourierDensity(line, { re: [NaN], im: [1] }), "value"],
    ["a zero amplitude", () => new FourierDensity(line, { re: [0, 0], im: [0, 0] }), "argument"],
    [
      "a complex amplitude on an interval",
      () => new FourierDensity({ kind: "interval", lower: 0, upper: 1, map: "linear" }, { re: [1], im: [1] }),
      "argument",
    ],
    [
      "an atom outside",
      () => new FourierDensity(circle, amplitude, { values: [1], masses: [0.1] }),
      "support",
    ],
    [
      "atoms in disorder",
      () => new FourierDensity(line, amplitude, { values: [1, 0], masses: [0.1, 0.1] }),
      "argument",
    ],
    [
      "atoms of two lengths",
      () => new FourierDensity(line, amplitude, { values: [1], masses: [] }),
      "length",
    ],
    ["a mass of 0", () => new FourierDensity(line, amplitude, { values: [1], masses: [0] }), "argument"],
    [
      "masses above 1",
      () => new FourierDensity(line, amplitude, { values: [1, 2], masses: [0.6, 0.6] }),
      "argument",
    ],
    ["atoms that are none", () => new FourierDensity(line, amplitude, 3 as never), "argument"],
  ])("%s", (_, ask, expected) => {
    expect(ask).toThrow(code(expected));
  });

  it.each<[string, unknown]>([
    ["null", null],
    ["a string", "{}"],
    ["another kind", { kind: "binned-samples", version: 1 }],
    ["another version", { ...density.toJSON(), version: 2 }],
    ["no support", { ...density.toJSON(), support: null }],
    ["a line without a scale", { ...density.toJSON(), support: { kind: "line", map: "tanh", location: 0 } }],
    ["an amplitude of strings", { ...density.toJSON(), amplitude: { re: ["1"], im: [0] } }],
    [
      "an amplitude of nulls, as JSON writes NaN",
      { ...density.toJSON(), amplitude: { re: [null], im: [0] } },
    ],
    [
      "a huge length that lies",
      { ...density.toJSON(), amplitude: { re: { length: 1e9 }, im: { length: 1e9 } } },
    ],
    ["no atoms", { ...density.toJSON(), atoms: undefined, extra: 1, amplitude: 5 }],
    ["atoms outside", { ...round.toJSON(), atoms: { values: [9], masses: [0.5] } }],
  ])("JSON of %s", (_, json) => {
    expect(() => FourierDensity.fromJSON(json)).toThrow(code("format"));
  });

  it("tells which entry", () => {
    try {
      density.pdf([1, 2, NaN]);
    } catch (error) {
      expect((error as DensityError).at).toBe(2);
      expect((error as DensityError).message).toMatch(/NaN/);
    }
    expect.assertions(2);
  });
});
