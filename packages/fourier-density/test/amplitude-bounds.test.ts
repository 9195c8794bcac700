import { describe, expect, it } from "vitest";
import { AmplitudeBounds } from "../src/amplitude-bounds.ts";
import { AngleTable } from "../src/angle-table.ts";
import type { Amplitude } from "../src/index.ts";
import { ReferenceSlope } from "../src/reference-slope.ts";
import { logReferenceAt } from "../src/support.ts";
import { nameOf, randomAmplitude, supports, uniform } from "./oracle.ts";

/** q, q′ and q″ as the sum of the amplitude's products aₖ āₗ e^{−i(k − l)θ}. */
function byDefinition({ re, im }: Amplitude, angle: number): [number, number, number] {
  let [q, slope, curvature] = [0, 0, 0];
  for (let k = 0; k < re.length; k++)
    for (let l = 0; l < re.length; l++) {
      const n = l - k;
      const [x, y] = [re[k]! * re[l]! + im[k]! * im[l]!, im[k]! * re[l]! - re[k]! * im[l]!];
      const [c, s] = [Math.cos(n * angle), Math.sin(n * angle)];
      q += x * c - y * s;
      slope -= n * (x * s + y * c);
      curvature -= n * n * (x * c - y * s);
    }
  return [q, slope, curvature];
}

it("AmplitudeBounds hold q and its derivatives wherever they are taken in the radius, and are not loose", () => {
  const random = uniform(12);
  for (const terms of [0, 1, 2, 6, 15]) {
    const amplitude = randomAmplitude(terms, terms + 1);
    const bounds = new AmplitudeBounds(new AngleTable(amplitude, false));
    for (let i = 0; i < 200; i++) {
      const angle = (2 * random() - 1) * 3.5;
      const radius = bounds.reach * random();
      const { q, slope, curvature } = bounds.around(angle, radius);
      const values = byDefinition(amplitude, angle + (2 * random() - 1) * radius);
      [q, slope, curvature].forEach(([low, high], m) => {
        expect(values[m]!).toBeGreaterThanOrEqual(low - 1e-13 * (terms + 1) ** m);
        expect(values[m]!).toBeLessThanOrEqual(high + 1e-13 * (terms + 1) ** m);
      });
      expect(q[1] - q[0]).toBeLessThan(0.2 * (terms + 1));
    }
  }
});

describe.each(supports.map((support) => [nameOf(support), support] as const))(
  "ReferenceSlope, %s",
  (_, support) => {
    const reference = new ReferenceSlope(support);
    const end = support.kind === "interval" ? Math.PI : 2 * Math.PI;
    const signed = (angle: number): number => (angle > Math.PI ? angle - 2 * Math.PI : angle);

    it("is the derivative of log r, and has its own", () => {
      for (let i = 1; i < 40; i++) {
        if (i === 20) continue; // in the middle signed angles jump
        const [angle, h] = [(end * i) / 40, 1e-5];
        const log = (a: number): number => logReferenceAt(support, signed(a));
        const slope = (log(angle + h) - log(angle - h)) / (2 * h);
        expect(Math.abs(reference.at(signed(angle)) - slope)).toBeLessThan(1e-6 * (1 + Math.abs(slope)));
        const { curvature } = reference.ranges(signed(angle), signed(angle));
        const second = (reference.at(signed(angle + h)) - reference.at(signed(angle - h))) / (2 * h);
        expect(Math.abs(curvature[0] - second)).toBeLessThan(1e-6 * (1 + Math.abs(second)));
      }
    });

    it("has ranges that hold what is within", () => {
      const random = uniform(4);
      for (let i = 0; i < 300; i++) {
        const a = 0.05 + (end - 0.3) * random();
        const b = a + 0.2 * random();
        if (a <= Math.PI && b > Math.PI) continue;
        const { slope, curvature } = reference.ranges(signed(a), signed(b));
        const inside = signed(a + (b - a) * random());
        const point = reference.ranges(inside, inside).curvature;
        for (const [range, value] of [
          [slope, reference.at(inside)],
          [curvature, (point[0] + point[1]) / 2],
        ] as const) {
          expect(value).toBeGreaterThanOrEqual(range[0]);
          expect(value).toBeLessThanOrEqual(range[1]);
        }
      }
    });
  },
);
