import { expect, it } from "vitest";
import { kolmogorovTail } from "../src/kolmogorov.ts";
import golden from "./golden/kolmogorov.json" with { type: "json" };

it("agrees with scipy: exactly up to 140 samples, to 1.3e-4 beyond", () => {
  for (const [n, d, tail] of golden as [number, number, number][])
    expect(Math.abs(kolmogorovTail(d, n) - tail)).toBeLessThan(n <= 140 ? 1e-12 : 1.3e-4);
});

it("is 1 below the least distance there can be, and 0 from 1 on", () => {
  expect(kolmogorovTail(0.05, 10)).toBe(1);
  expect(kolmogorovTail(1, 10)).toBe(0);
  expect(kolmogorovTail(0.01, 1e6)).toBeLessThan(1e-80);
});
