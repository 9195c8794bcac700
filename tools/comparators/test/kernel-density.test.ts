import { describe, expect, test } from "vitest";
import { binned, KernelDensity, kernelDensity } from "../src/index.ts";
import { sheatherJonesBandwidth } from "../src/estimators/bandwidth.ts";
import { cosineTransform } from "../src/estimators/cosine-transform.ts";
import golden from "./golden/kernel-density.json" with { type: "json" };

const { samples, points } = golden;

describe("kernelDensity", () => {
  test.each(["scott", "silverman"] as const)("with %s's rule is scipy's gaussian_kde", (rule) => {
    const estimate = kernelDensity(samples, rule);
    const expected = golden[rule];
    expect(Math.abs(estimate.bandwidth / expected.bandwidth - 1)).toBeLessThan(1e-6);
    // Linear binning widens a kernel by at most a quarter of a step, squared: 1e-7 of it here, and more far out.
    points.forEach((x, i) =>
      expect(Math.abs(estimate.logPdf(x) - expected.logPdf[i]!)).toBeLessThan(
        1e-5 * (1 + Math.abs(expected.logPdf[i]!)),
      ),
    );
  });

  test("is the sum over the nodes, in the midst, in gaps, and far outside", () => {
    const bins = binned([0, 1e-3, 5, 40], 64);
    for (const bandwidth of [0.01, 0.3, 3]) {
      const estimate = new KernelDensity(bins, bandwidth);
      for (const x of [-300, -4, 0, 0.2, 2.6, 5, 22.5, 39, 44, 45, 1000]) {
        const exponents = [...bins.shares].map(
          (share, j) => Math.log(share) - 0.5 * ((x - bins.lower - j * bins.step) / bandwidth) ** 2,
        );
        const top = Math.max(...exponents);
        const sum = exponents.reduce((total, exponent) => total + Math.exp(exponent - top), 0);
        const expected = top + Math.log(sum) - Math.log(bandwidth * Math.sqrt(2 * Math.PI));
        expect(Math.abs(estimate.logPdf(x) - expected)).toBeLessThan(1e-12 * (1 + Math.abs(expected)));
      }
    }
  });

  test("refuses samples that are all equal, or not finite", () => {
    for (const bad of [[], [1, 1], [1, Infinity], [Number.NaN, 1]])
      expect(() => kernelDensity(bad)).toThrow("an estimate needs finite samples that are not all equal");
  });
});

describe("the improved Sheather–Jones bandwidth", () => {
  test.each(golden.sheatherJones)("on $nodes nodes is that of KDEpy's solver", ({ nodes, bandwidth }) => {
    expect(Math.abs(sheatherJonesBandwidth(binned(samples, nodes)) / bandwidth - 1)).toBeLessThan(1e-8);
  });

  test("says so where there is none", () => {
    expect(() => kernelDensity([0, 1])).toThrow("too few");
  });
});

test("cosineTransform is scipy's dct", () => {
  const { values, transform } = golden.cosine;
  cosineTransform(Float64Array.from(values)).forEach((y, k) => expect(y).toBeCloseTo(transform[k]!, 13));
});
