import { grad, jit, numpy as np } from "@jax-js/jax";
import { describe, expect, it } from "vitest";
import { fourierLoss as underJax } from "../../examples/jax-head/fourier-loss.ts";
import { train } from "../../examples/jax-head/train.ts";
import { fourierLoss, type Support } from "../../src/index.ts";
import { uniform } from "../oracle.ts";

const MAPS = ["tanh", "erf", "atan", "logit"] as const;
const SUPPORTS: readonly Support[] = [
  { kind: "circle", lower: -1, upper: 2 },
  { kind: "interval", lower: -1, upper: 2, map: "linear" },
  { kind: "interval", lower: -1, upper: 2, map: "arcsine" },
  ...MAPS.map((map) => ({ kind: "line", map, location: 0.3, scale: 0.8 }) as const),
];
const ROWS = 40;
const FLOOR = 1e-4;
const wave = (length: number, speed: number): Float64Array<ArrayBuffer> =>
  Float64Array.from({ length }, (_, i) => Math.sin(speed * (i + 1)));
const jax = (values: Float64Array<ArrayBuffer>, shape: number[] = [values.length]): np.Array =>
  np.array(values, { dtype: np.float64 }).reshape(shape);

/** The largest difference, relative to 1 or to the value where that is larger. */
function difference(a: np.Array, b: ArrayLike<number>): number {
  const values = a.dataSync();
  expect(values.length).toBe(b.length);
  return Math.max(
    ...Array.from(values, (value, i) => Math.abs(value - b[i]!) / Math.max(1, Math.abs(b[i]!))),
  );
}

// The sines and exponentials of jax-js have errors of 3e-8, in float64 too; near zeros of the amplitude they count
// 1 / √q times in the loss, 1 / q times in the gradient.
describe.each(
  SUPPORTS.map((support) => ({ name: `${support.kind} ${"map" in support ? support.map : ""}`, support })),
)("the head under jax-js on $name", ({ support }) => {
  const width = support.kind === "interval" ? 5 : 10;
  const coefficients = wave(ROWS * width, 1.3);
  const targets = wave(ROWS, 0.7).map((x) => 0.5 + 1.4 * x);
  const ours = fourierLoss(coefficients, targets, { support, floor: FLOOR });
  const losses = (a: np.Array): np.Array => underJax(a, jax(targets), { support, floor: FLOOR });

  it("has our losses", () => {
    expect(difference(losses(jax(coefficients, [ROWS, width])), ours.losses)).toBeLessThan(3e-5);
  });

  it("has our gradient in the coefficients", () => {
    const gradient = grad((a: np.Array) => losses(a).sum())(jax(coefficients, [ROWS, width]));
    expect(difference(gradient, ours.gradient)).toBeLessThan(1e-3);
  });

  it("is the same under jit, in float32", () => {
    const single = np.array(Float32Array.from(coefficients)).reshape([ROWS, width]);
    const compiled = jit((a: np.Array, x: np.Array) => underJax(a, x, { support, floor: FLOOR }));
    expect(difference(compiled(single, np.array(Float32Array.from(targets))), ours.losses)).toBeLessThan(
      1e-3,
    );
  });
});

describe("the head under jax-js", () => {
  it.each(MAPS)(
    "has our gradient in locations and scales, also where a target is its location: %s",
    (map) => {
      const support = { kind: "line", map, location: 0, scale: 1 } as const;
      const [coefficients, targets] = [wave(ROWS * 8, 1.1), wave(ROWS, 0.7)];
      const locations = wave(ROWS, 0.9).with(3, targets[3]!);
      const scales = wave(ROWS, 0.4).map((x) => 1 + x / 2);
      const ours = fourierLoss(coefficients, targets, { support, locations, scales, floor: FLOOR });
      const loss = (l: np.Array, s: np.Array): np.Array =>
        underJax(jax(coefficients, [ROWS, 8]), jax(targets), {
          support,
          locations: l,
          scales: s,
          floor: FLOOR,
        }).sum();
      const [byLocation, byScale] = grad(loss, { argnums: [0, 1] })(jax(locations), jax(scales));
      expect(difference(byLocation, ours.locationGradient)).toBeLessThan(1e-3);
      expect(difference(byScale, ours.scaleGradient)).toBeLessThan(1e-3);
    },
  );

  it.each(MAPS)("has finite losses and gradients in tails, up to 10⁹ scales out in float32: %s", (map) => {
    const support = { kind: "line", map, location: 0, scale: 1 } as const;
    const targets = Float32Array.of(-1e9, -300, -20, 0, 20, 300, 1e9);
    const row = Float32Array.from({ length: 6 * targets.length }, (_, i) => Math.sin(i + 1));
    const losses = (a: np.Array): np.Array => underJax(a, np.array(targets), { support });
    const array = (): np.Array => np.array(row).reshape([targets.length, 6]);
    expect([...losses(array()).dataSync()].every(Number.isFinite)).toBe(true);
    expect([...grad((a: np.Array) => losses(a).sum())(array()).dataSync()].every(Number.isFinite)).toBe(true);
  });

  it("has a loss of Infinity outside an interval", () => {
    const support: Support = { kind: "interval", lower: -1, upper: 2, map: "linear" };
    const losses = underJax(jax(Float64Array.of(1, 2, 3, 4), [2, 2]), jax(Float64Array.of(0, 3)), {
      support,
    });
    expect(losses.dataSync()[1]).toBe(Infinity);
  });

  it(
    "ends a network that learns two branches: within 0.3 nats of the entropy after 300 steps",
    { timeout: 60_000 },
    () => {
      const { first, last, entropy } = train(300, uniform(1));
      expect(first).toBeGreaterThan(entropy + 0.6);
      expect(last).toBeLessThan(entropy + 0.3);
      expect(last).toBeGreaterThan(entropy - 0.1);
    },
  );
});
