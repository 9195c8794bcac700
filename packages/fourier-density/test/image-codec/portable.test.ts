import { describe, expect, test } from "vitest";
import { expMinus, turn } from "../../examples/image-codec/portable.ts";
import { FOURIER, LAPLACE, ResidualLaws } from "../../examples/image-codec/residual-law.ts";
import { FourierDensity, jackson, type Line, spectralFactor } from "../../src/index.ts";
import { uniforms } from "../coding/laws.ts";

describe("expMinus and turn", () => {
  test("expMinus(x) is e^−x to 10⁻¹² of it, and that of 40 beyond", () => {
    for (let x = 0; x < 40; x += 0.00917)
      expect(Math.abs(expMinus(x) / Math.exp(-x) - 1)).toBeLessThan(1e-12);
    for (const x of [40, 41, 1e300, Infinity, NaN]) expect(expMinus(x)).toBe(expMinus(40));
  });

  test("turn(share) is the cosine and the sine of 2π · share to 10⁻¹⁵", () => {
    const out = new Float64Array(2);
    for (let share = 0; share <= 1; share += 1 / 7919) {
      turn(share, out);
      expect(Math.abs(out[0]! - Math.cos(2 * Math.PI * share))).toBeLessThan(2e-15);
      expect(Math.abs(out[1]! - Math.sin(2 * Math.PI * share))).toBeLessThan(2e-15);
    }
  });
});

describe("ResidualLaws", () => {
  test.each([FOURIER, LAPLACE])("rise from 0 to 1, whatever came before: $reference", (shape) => {
    const uniform = uniforms(1);
    const laws = new ResidualLaws(shape, Float64Array.of(1, 5));
    for (let i = 0; i < 2000; i++) {
      laws.use(i % 2, 100 + 3 * uniform());
      const value = i % 7 === 0 ? 90 : 100 + Math.floor(9 * uniform() ** 2);
      laws.learn(value - 0.5, value + 0.5, Math.abs(value - 101));
      if (i % 50 !== 0) continue;
      expect(laws.below(-Infinity)).toBeCloseTo(0, 12);
      expect(laws.below(Infinity)).toBeCloseTo(1, 12);
      let before = 0;
      for (let x = 80; x < 120; x += 0.25) {
        const below = laws.below(x);
        expect(below).toBeGreaterThan(before - 1e-12);
        before = below;
      }
    }
  });

  test("are the Fourier densities of the package: Jackson's, of the characteristic sums and a uniform prior", () => {
    const uniform = uniforms(4);
    const laws = new ResidualLaws(FOURIER, Float64Array.of(1));
    const line: Line = { kind: "line", map: "logit", location: 50, scale: 0.04 + 0.65 };
    const share = (x: number): number => 1 / (1 + Math.exp(-(x - line.location) / line.scale));
    const sums = { re: new Float64Array(FOURIER.terms + 1), im: new Float64Array(FOURIER.terms + 1) };
    sums.re[0] = 30; // the prior
    for (let i = 0; i < 500; i++) {
      const x = 50 + 2 * uniform() ** 2;
      laws.use(0, line.location);
      laws.learn(x - 1e-10, x + 1e-10, 1);
      for (let n = 0; n <= FOURIER.terms; n++) {
        sums.re[n]! += Math.cos(2 * Math.PI * n * share(x));
        sums.im[n]! -= Math.sin(2 * Math.PI * n * share(x));
      }
    }
    const series = { re: sums.re.map((r) => r / sums.re[0]!), im: sums.im.map((r) => r / sums.re[0]!) };
    const density = new FourierDensity(line, spectralFactor(jackson(series)));
    laws.use(0, line.location);
    for (let x = 40; x < 60; x += 0.37) expect(laws.below(x)).toBeCloseTo(density.cdf(x), 8);
  });

  test("come to the law of what they are told", () => {
    const uniform = uniforms(6);
    const laws = new ResidualLaws(FOURIER, Float64Array.of(4));
    // Lopsided: an exponential law of mean 4, in whole numbers.
    const draw = (): number => Math.floor(-4 * Math.log(uniform()));
    for (let i = 0; i < 20_000; i++) {
      const value = draw();
      laws.use(0, 3);
      laws.learn(value - 0.5, value + 0.5, Math.abs(value - 3));
    }
    laws.use(0, 3);
    for (const x of [1, 2, 4, 8, 12]) {
      // Jackson's weights smooth the jump at 0: half a tenth is what eight terms leave.
      expect(Math.abs(laws.below(x - 0.5) - (1 - Math.exp(-x / 4)))).toBeLessThan(0.05);
    }
  });
});
