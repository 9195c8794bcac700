import { describe, expect, it } from "vitest";
import { minimise } from "../src/lbfgs.ts";

describe("minimise", () => {
  it("finds the minimum of a quadratic of condition 10⁴", () => {
    const x = Float64Array.from({ length: 30 }, () => 1);
    const found = minimise(
      (at, gradient) => {
        let value = 0;
        for (let i = 0; i < at.length; i++) {
          const scale = 10 ** ((4 * i) / 29);
          gradient[i] = scale * (at[i]! - i);
          value += (scale * (at[i]! - i) ** 2) / 2;
        }
        return value;
      },
      x,
      1e-20,
      1000,
    );
    expect(found.value).toBeLessThan(1e-16);
    x.forEach((value, i) => expect(value).toBeCloseTo(i, 7));
  });

  it("follows Rosenbrock's valley", () => {
    const x = Float64Array.of(-1.2, 1);
    const { iterations } = minimise(
      ([a, b], gradient) => {
        gradient[0] = -400 * a! * (b! - a! * a!) - 2 * (1 - a!);
        gradient[1] = 200 * (b! - a! * a!);
        return 100 * (b! - a! * a!) ** 2 + (1 - a!) ** 2;
      },
      x,
      1e-18,
      200,
    );
    expect(iterations).toBeLessThan(60);
    expect(x[0]).toBeCloseTo(1, 7);
    expect(x[1]).toBeCloseTo(1, 7);
  });

  it("steps back from where the function is no number", () => {
    const x = Float64Array.of(10);
    minimise(
      ([a], gradient) => {
        gradient[0] = 1 - 1 / a!;
        return a! - Math.log(a!);
      },
      x,
      1e-16,
      100,
    );
    expect(x[0]).toBeCloseTo(1, 7);
  });

  it("stays where it is at a minimum, and after no steps", () => {
    const x = Float64Array.of(3);
    const quadratic = ([a]: Float64Array, gradient: Float64Array) => ((gradient[0] = 2 * a!), a! * a!);
    expect(minimise(quadratic, x, 1e-9, 0)).toEqual({ value: 9, iterations: 0 });
    x[0] = 0;
    expect(minimise(quadratic, x, 1e-9, 10)).toEqual({ value: 0, iterations: 0 });
  });
});
