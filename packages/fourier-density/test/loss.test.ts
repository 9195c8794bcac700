import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Amplitude, FourierDensity, fourierLoss, type Line, type Support } from "../src/index.ts";
import { codeOf } from "./code-of.ts";
import { densityByDefinition, nameOf, supports } from "./oracle.ts";

const MAPS = ["tanh", "erf", "atan", "logit"] as const;
const lineOf = (map: Line["map"], location = 0, scale = 1): Support => ({
  kind: "line",
  map,
  location,
  scale,
});
/** The amplitude of a row of coefficients. */
function amplitudeOf(support: Support, row: Float64Array): Amplitude {
  const half = row.length / 2;
  if (support.kind === "interval") return { re: row, im: row.map(() => 0) };
  return { re: row.slice(0, half), im: row.slice(half) };
}

const pdf = (support: Support, row: Float64Array, x: number): number =>
  densityByDefinition(support, amplitudeOf(support, row), x);

/** f′(0) by central differences, extrapolated once: an error of the fourth power of the step. */
function derivative(f: (step: number) => number, step = 1e-4): number {
  const central = (h: number): number => (f(h) - f(-h)) / (2 * h);
  return (4 * central(step / 2) - central(step)) / 3;
}

const coefficient = fc.double({ min: -2, max: 2, noNaN: true });
const rowOf = (support: Support): fc.Arbitrary<Float64Array> =>
  fc
    .integer({ min: 0, max: 6 })
    .chain((n) => {
      const width = support.kind === "interval" ? n + 1 : 2 * (n + 1);
      return fc.array(coefficient, { minLength: width, maxLength: width });
    })
    .map((row) => Float64Array.from(row))
    .filter((row) => row.some((a) => Math.abs(a) > 0.01));
const target = fc.double({ min: -0.95, max: 1.95, noNaN: true });

describe.each(supports.map((support) => [nameOf(support), support] as const))(
  "fourierLoss on %s",
  (_name, support) => {
    const lossOf = (row: Float64Array, x: number): number =>
      fourierLoss(row, x, { support }).losses[0] as number;

    it("is −log of the density by its definition", () => {
      fc.assert(
        fc.property(rowOf(support), target, (row, x) => {
          const p = pdf(support, row, x);
          fc.pre(p > 1e-5);
          expect(lossOf(row, x)).toBeCloseTo(-Math.log(p), 8);
        }),
      );
    });

    it("is −logPdf of the FourierDensity with these coefficients", () => {
      fc.assert(
        fc.property(rowOf(support), target, (row, x) => {
          const logPdf = new FourierDensity(support, amplitudeOf(support, row)).logPdf(x);
          fc.pre(logPdf > -10);
          expect(lossOf(row, x)).toBeCloseTo(-logPdf, 8);
        }),
      );
    });

    it("has the gradient of finite differences, in the coefficients", () => {
      fc.assert(
        fc.property(rowOf(support), target, (row, x) => {
          fc.pre(pdf(support, row, x) > 0.01);
          const { gradient } = fourierLoss(row, x, { support });
          for (let i = 0; i < row.length; i++) {
            const slope = derivative((h) => lossOf(row.with(i, (row[i] as number) + h), x));
            expect(Math.abs((gradient[i] as number) - slope)).toBeLessThan(1e-5 * (1 + Math.abs(slope)));
          }
        }),
      );
    });

    it("does not change with scale and phase of the coefficients, and its gradient is orthogonal to both", () => {
      fc.assert(
        fc.property(
          rowOf(support),
          target,
          fc.double({ min: 0.1, max: 10, noNaN: true }),
          (row, x, factor) => {
            fc.pre(pdf(support, row, x) > 1e-5);
            const { losses, gradient } = fourierLoss(row, x, { support });
            const half = row.length / 2;
            const size = Math.hypot(...row) * Math.hypot(...gradient);
            const along = (direction: Float64Array): number =>
              direction.reduce((sum, d, i) => sum + d * gradient[i]!, 0);
            expect(
              lossOf(
                row.map((a) => factor * a),
                x,
              ),
            ).toBeCloseTo(losses[0] as number, 9);
            expect(Math.abs(along(row))).toBeLessThan(1e-12 * (1 + size));
            if (support.kind === "interval") return;
            const turned = row.map((_, i) =>
              i < half ? -(row[i + half] as number) : (row[i - half] as number),
            );
            const [c, s] = [Math.cos(factor), Math.sin(factor)];
            expect(
              lossOf(
                row.map((a, i) => c * a + s * turned[i]!),
                x,
              ),
            ).toBeCloseTo(losses[0] as number, 9);
            expect(Math.abs(along(turned))).toBeLessThan(1e-12 * (1 + size));
          },
        ),
      );
    });
  },
);

describe("fourierLoss on the line", () => {
  it.each(MAPS)(
    "has the gradient of finite differences in location and scale, a row its own, with %s",
    (map) => {
      fc.assert(
        fc.property(
          rowOf(lineOf(map)),
          target,
          target,
          fc.double({ min: 0.3, max: 3, noNaN: true }),
          (row, x, location, scale) => {
            fc.pre(pdf(lineOf(map, location, scale), row, x) > 0.01);
            const at = (l: number, s: number) =>
              fourierLoss(row, x, { support: lineOf(map), locations: [l], scales: [s] });
            const loss = at(location, scale);
            expect(loss).toEqual(fourierLoss(row, x, { support: lineOf(map, location, scale) }));
            const byLocation = derivative((h) => at(location + h, scale).losses[0] as number);
            const byScale = derivative((h) => at(location, scale + h).losses[0] as number);
            expect(Math.abs((loss.locationGradient[0] as number) - byLocation)).toBeLessThan(
              1e-4 * (1 + Math.abs(byLocation)),
            );
            expect(Math.abs((loss.scaleGradient[0] as number) - byScale)).toBeLessThan(
              1e-4 * (1 + Math.abs(byScale)),
            );
          },
        ),
      );
    },
  );

  it.each(MAPS)("is finite, with its gradients, in the deepest tails of %s", (map) => {
    const row = Float64Array.of(1, 0.4, -0.2, 0.1, 0, 0.3);
    for (const x of [20, 800, 1e10, 1e155, Number.MAX_VALUE])
      for (const sign of [1, -1]) {
        const loss = fourierLoss(row, sign * x, { support: lineOf(map, 0, 0.5) });
        for (const part of Object.values(loss) as Float64Array[])
          expect([...part].every(Number.isFinite)).toBe(true);
        expect(loss.losses[0]).toBeGreaterThan(3);
      }
  });

  it("keeps its relative precision in tails: of tanh, −log p grows by 2 a unit of z", () => {
    const row = Float64Array.of(1, 0.4, -0.2, 0.1, 0, 0.3);
    const { losses, locationGradient } = fourierLoss(
      Float64Array.of(...row, ...row, ...row, ...row),
      [100, 101, -100, -101],
      { support: lineOf("tanh") },
    );
    expect(losses[1]! - losses[0]!).toBeCloseTo(2, 12);
    expect(losses[3]! - losses[2]!).toBeCloseTo(2, 12);
    expect([...locationGradient].map((g) => Math.round(g * 1e12) / 1e12)).toEqual([-2, -2, 2, 2]);
  });
});

describe("at an end of the arcsine law", () => {
  it("the density is infinite and so the loss, its gradient that of the amplitude there", () => {
    const support: Support = { kind: "interval", lower: 0, upper: 1, map: "arcsine" };
    const { losses, gradient } = fourierLoss(Float64Array.of(1, 0.5), 0, { support });
    expect(losses[0]).toBe(-Infinity);
    expect([...gradient].map((g) => Math.round(g * 1e12) / 1e12)).toEqual([0.266666666667, -0.533333333333]);
  });
});

describe("near a zero of the amplitude, fourierLoss", () => {
  // 1 − e^{−iθ} is 0 at the lower end of the circle, where q is 1 − cos θ.
  const support: Support = { kind: "circle", lower: 0, upper: 2 * Math.PI };
  const row = Float64Array.of(1, -1, 0, 0);

  it("is finite at the zero: 1 − log 10⁻²⁰ above the reference law's, with gradient 0", () => {
    const { losses, gradient } = fourierLoss(row, 0, { support });
    expect(losses[0]).toBeCloseTo(Math.log(2 * Math.PI) + 1 + 20 * Math.log(10), 12);
    expect([...gradient].every((g) => g === 0)).toBe(true);
  });

  it("is exact while q is at least 10⁻²⁰", () => {
    for (const x of [1e-2, 1e-5, 1.5e-10]) {
      const { losses, gradient } = fourierLoss(row, x, { support });
      expect(losses[0]).toBeCloseTo(Math.log(2 * Math.PI) - Math.log(2 * Math.sin(x / 2) ** 2), 5);
      expect(gradient.every(Number.isFinite)).toBe(true);
    }
  });

  it("has the floor that is asked for", () => {
    const { losses } = fourierLoss(row, 0, { support, floor: 1e-4 });
    expect(losses[0]).toBeCloseTo(Math.log(2 * Math.PI) + 1 + 4 * Math.log(10), 12);
    const above = fourierLoss(row, 1, { support, floor: 1e-4 });
    expect(above).toEqual(fourierLoss(row, 1, { support }));
  });

  it("goes on smoothly below, with a gradient that is never longer than 2√((N + 1) / 10⁻²⁰) / ‖a‖", () => {
    const bound = (2 * Math.sqrt(2 / 1e-20)) / Math.SQRT2;
    let before = Infinity;
    for (let x = 3e-11; x < 1e-9; x *= 1.05) {
      const { losses, gradient } = fourierLoss(row, x, { support });
      expect(losses[0]).toBeLessThan(before);
      before = losses[0] as number;
      expect(Math.hypot(...gradient)).toBeLessThanOrEqual(bound);
      const tilt = Float64Array.of(0, 0, 1, -1).map((d) => d * 1e-12); // moves ψ along itself
      const change = lossAt(tilt, x, 1) - lossAt(tilt, x, -1);
      const slope = 2 * tilt.reduce((sum, d, i) => sum + d * gradient[i]!, 0);
      expect(Math.abs(change - slope)).toBeLessThan(1e-4 + 0.02 * Math.abs(slope));
    }
  });

  function lossAt(tilt: Float64Array, x: number, sign: number): number {
    return fourierLoss(
      row.map((a, i) => a + sign * tilt[i]!),
      x,
      { support },
    ).losses[0] as number;
  }
});

describe("batches of fourierLoss", () => {
  const support = lineOf("tanh");
  const coefficients = Float64Array.from({ length: 12 }, (_, i) => Math.sin(3 * i + 1));
  const targets = [-0.5, 0.2, 3];

  it("are their rows", () => {
    const batch = fourierLoss(coefficients, targets, { support });
    targets.forEach((x, row) => {
      const one = fourierLoss(coefficients.slice(4 * row, 4 * row + 4), x, { support });
      expect(batch.losses[row]).toBe(one.losses[0]);
      expect(batch.gradient.slice(4 * row, 4 * row + 4)).toEqual(one.gradient);
      expect(batch.scaleGradient[row]).toBe(one.scaleGradient[0]);
    });
  });

  it("are written to `out`, of either precision, and it is what comes back", () => {
    const fresh = fourierLoss(coefficients, targets, { support });
    const out = {
      losses: new Float32Array(3),
      gradient: new Float32Array(12).fill(7),
      locationGradient: new Float32Array(3),
      scaleGradient: new Float32Array(3),
    };
    expect(fourierLoss(coefficients, Float32Array.from(targets), { support, out })).toBe(out);
    for (let i = 0; i < 12; i++) expect(out.gradient[i]).toBeCloseTo(fresh.gradient[i]!, 5);
    expect(fourierLoss(coefficients, targets, { support, out: fresh })).toBe(fresh);
  });

  it("take coefficients in single precision", () => {
    const single = Float32Array.from(coefficients);
    expect(fourierLoss(single, targets, { support })).toEqual(
      fourierLoss(Float64Array.from(single), targets, { support }),
    );
  });
});

describe("fourierLoss refuses", () => {
  const support = lineOf("tanh");
  const row = Float64Array.of(1, 0, 0, 0);
  const two = Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0);

  it.each([
    ["coefficients that are no typed array", "argument", () => fourierLoss([1, 0] as never, 0, { support })],
    ["no support", "argument", () => fourierLoss(row, 0, {} as never)],
    ["no options", "argument", () => fourierLoss(row, 0, undefined as never)],
    ["targets that are no numbers", "argument", () => fourierLoss(row, {} as never, { support })],
    ["no targets", "argument", () => fourierLoss(row, null as never, { support })],
    ["no rows", "empty", () => fourierLoss(new Float64Array(), [], { support })],
    ["no coefficients", "length", () => fourierLoss(new Float64Array(), 1, { support })],
    [
      "an odd number of them on the line",
      "length",
      () => fourierLoss(Float64Array.of(1, 2, 3), 1, { support }),
    ],
    ["rows of unlike length", "length", () => fourierLoss(two, [1, 2, 3], { support })],
    ["too few locations", "length", () => fourierLoss(two, [1, 2], { support, locations: [1] })],
    [
      "an `out` that does not fit",
      "length",
      () => fourierLoss(two, [1, 2], { support, out: fourierLoss(row, 1, { support }) }),
    ],
    [
      "locations off the line",
      "argument",
      () => fourierLoss(row, 1, { support: supports[0]!, locations: [0] }),
    ],
    ["a floor of 0", "argument", () => fourierLoss(row, 1, { support, floor: 0 })],
    ["a target that is NaN", "value at 1", () => fourierLoss(two, [0, NaN], { support })],
    ["an infinite target", "value at 0", () => fourierLoss(two, [Infinity, 0], { support })],
    ["a coefficient that is NaN", "value at 1", () => fourierLoss(two.with(6, NaN), [0, 0], { support })],
    ["an infinite coefficient", "value at 0", () => fourierLoss(two.with(2, -Infinity), [0, 0], { support })],
    ["a row of zeros", "degenerate at 1", () => fourierLoss(two.with(4, 0), [0, 0], { support })],
    ["a scale of 0", "value at 1", () => fourierLoss(two, [0, 0], { support, scales: [1, 0] })],
    [
      "a location that is NaN",
      "value at 0",
      () => fourierLoss(two, [0, 0], { support, locations: [NaN, 0] }),
    ],
    [
      "a target outside the interval",
      "support at 1",
      () => fourierLoss(two, [0, 5.1], { support: supports[1]! }),
    ],
  ])("%s", async (_, code, run) => expect(await codeOf(run)).toBe(code));
});
