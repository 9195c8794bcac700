import { describe, expect, it } from "vitest";
import { complementaryError, inverseComplementaryError } from "../src/complementary-error.ts";
import { checkedSupport, logReference, referenceAngle, type Support, valueAt } from "../src/support.ts";
import golden from "./golden/erfc.json" with { type: "json" };

const lines: Support[] = (["tanh", "erf", "atan", "logit"] as const).map((map) => ({
  kind: "line",
  map,
  location: 0.3,
  scale: 2,
}));
const bounded: Support[] = [
  { kind: "circle", lower: -1, upper: 5 },
  { kind: "interval", lower: -1, upper: 5, map: "linear" },
  { kind: "interval", lower: -1, upper: 5, map: "arcsine" },
];
const name = (support: Support): string => `${support.kind} ${"map" in support ? support.map : ""}`;
const points = (support: Support): number[] =>
  Array.from({ length: 2001 }, (_, i) => (support.kind === "line" ? (i - 1000) / 80 : -1 + (6 * i) / 2000));

describe("complementaryError", () => {
  it("agrees with mpmath at 40 digits, relative to the value", () => {
    for (const [z, y] of golden as [number, number][])
      expect(Math.abs(complementaryError(z) - y)).toBeLessThanOrEqual(1e-15 * y + 1e-322);
  });

  it("has an inverse to rounding, also where the values are tiny", () => {
    for (const [, y] of golden as [number, number][]) {
      const z = inverseComplementaryError(y);
      // rounding z moves erfc by its slope
      expect(Math.abs(complementaryError(z) - y)).toBeLessThanOrEqual((1e-15 + 4e-16 * z * z) * y + 1e-322);
    }
    expect(inverseComplementaryError(1)).toBe(0);
    expect(inverseComplementaryError(0)).toBe(Infinity);
  });
});

describe.each([...lines, ...bounded].map((support) => [name(support), support] as const))(
  "support %s",
  (_, support) => {
    it("takes an angle back to its point", () => {
      for (const x of points(support))
        expect(Math.abs(valueAt(support, referenceAngle(support, x)) - x)).toBeLessThan(8e-15);
    });

    it("has a density that is the slope of its law", () => {
      const turn = support.kind === "interval" ? Math.PI : 2 * Math.PI;
      const h = 1e-5;
      for (const x of points(support).filter((__, i) => i % 10 === 5)) {
        let step = referenceAngle(support, x + h) - referenceAngle(support, x - h);
        if (step < -Math.PI) step += 2 * Math.PI; // past the middle
        const density = Math.exp(logReference(support, x));
        expect(Math.abs(step / (2 * h * turn) - density)).toBeLessThan(2e-6 * density + 1e-14);
      }
    });
  },
);

describe("referenceAngle", () => {
  it("runs from +0 over ±π to −0 on the line, in relative precision in both tails", () => {
    for (const support of lines) {
      expect(referenceAngle(support, -Infinity)).toBe(0);
      expect(referenceAngle(support, Infinity)).toBe(-0);
      expect(referenceAngle(support, 0.3)).toBe(Math.PI);
      for (const d of [1e-9, 1, 10, 30, 1e5, 1e300])
        expect(
          Math.abs(referenceAngle(support, 0.3 + d) + referenceAngle(support, 0.3 - d)),
        ).toBeLessThanOrEqual(1e-14 * referenceAngle(support, 0.3 - d));
      expect(valueAt(support, 0)).toBe(-Infinity);
      expect(valueAt(support, -0)).toBe(Infinity);
    }
    const tanh = { kind: "line", map: "tanh", location: 0, scale: 1 } as const;
    expect(referenceAngle(tanh, 300) / (-2 * Math.PI * Math.exp(-600))).toBeCloseTo(1, 14);
  });

  it("takes points of a circle into its period, the upper end apart", () => {
    const circle = { kind: "circle", lower: -1, upper: 5 } as const;
    expect(referenceAngle(circle, 0.5)).toBe(Math.PI / 2);
    expect(referenceAngle(circle, 6.5)).toBe(Math.PI / 2);
    expect(referenceAngle(circle, -1.5)).toBe(-Math.PI / 6);
    expect(referenceAngle(circle, -1)).toBe(0);
    expect(referenceAngle(circle, 5)).toBe(-0);
    expect(valueAt(circle, 0)).toBe(-1);
    expect(valueAt(circle, -0)).toBe(5);
  });
});

describe("logReference", () => {
  it("is finite for every finite point of the line, and at most the smallest number where it is below", () => {
    for (const support of lines)
      for (const x of [-Number.MAX_VALUE, -1e300, -1e160, -1e3, 0, 1e3, 1e160, 1e300, Number.MAX_VALUE])
        expect(Number.isFinite(logReference(support, x))).toBe(true);
    const [tanh, , atan, logit] = lines as [Support, Support, Support, Support];
    expect(logReference(tanh, 1e300)).toBe(-1e300);
    expect(logReference(logit, 1e300)).toBe(-5e299);
    expect(logReference(atan, 2e300)).toBeCloseTo(-Math.log(Math.PI) - 600 * Math.LN10 - Math.LN2, 9);
  });

  it("is −∞ outside an interval and +∞ at the ends of the arcsine law", () => {
    const [, linear, arcsine] = bounded as [Support, Support, Support];
    expect(logReference(linear, -1.1)).toBe(-Infinity);
    expect(logReference(linear, 5)).toBe(-Math.log(6));
    expect(logReference(arcsine, 5)).toBe(Infinity);
    expect(logReference(arcsine, 5.1)).toBe(-Infinity);
  });
});

describe("checkedSupport", () => {
  it("gives a frozen copy of what is a support", () => {
    for (const support of [...lines, ...bounded]) {
      const copy = checkedSupport({ ...support, more: 1 });
      expect(copy).toEqual(support);
      expect(Object.isFrozen(copy)).toBe(true);
    }
  });

  it.each([
    [undefined, /kind/],
    [{ kind: "torus" }, /kind/],
    [{ kind: "circle", lower: 1, upper: 1 }, /lower below upper/],
    [{ kind: "circle", lower: 0, upper: Infinity }, /finite/],
    [{ kind: "circle", lower: 0, upper: 1e-310 }, /1e-310 apart/],
    [{ kind: "circle", lower: -Number.MAX_VALUE, upper: Number.MAX_VALUE }, /finite/],
    [{ kind: "interval", lower: "0", upper: 1, map: "linear" }, /finite/],
    [{ kind: "interval", lower: 0, upper: 1, map: "tanh" }, /linear or arcsine/],
    [{ kind: "line", map: "linear", location: 0, scale: 1 }, /tanh, erf, atan or logit/],
    [{ kind: "line", map: "tanh", location: NaN, scale: 1 }, /location/],
    [{ kind: "line", map: "tanh", location: 0, scale: 0 }, /scale/],
  ])("refuses %o", (support, message) => {
    expect(() => checkedSupport(support)).toThrow(
      expect.objectContaining({ code: "argument", message: expect.stringMatching(message) }),
    );
  });
});
