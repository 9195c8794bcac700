import { describe, expect, it } from "vitest";
import { Network, weightCount } from "../../src/conditional/network.ts";

describe.each([0, 3])("a network with %i hidden units", (hidden) => {
  const shape = { inputs: 2, hidden, outputs: 4 };
  const rows = 5;
  const wave = (length: number, speed: number): Float64Array =>
    Float64Array.from({ length }, (_, i) => Math.sin(speed * (i + 1)));
  const weights = wave(weightCount(shape), 1.7);
  const x = wave(rows * shape.inputs, 2.3);
  const wanted = wave(rows * shape.outputs, 0.9);

  /** Σ wanted · y, whose gradient in y is `wanted`. */
  const value = (w: Float64Array): number => {
    const y = new Float64Array(rows * shape.outputs);
    new Network(shape, rows, w).forward(x, rows, y);
    return y.reduce((sum, v, i) => sum + v * wanted[i]!, 0);
  };

  it("is W tanh(V x + c) + b, or W x + b", () => {
    const y = new Float64Array(rows * shape.outputs);
    new Network(shape, rows, weights).forward(x, rows, y);
    const [w, at] = hidden > 0 ? [weights.subarray(hidden * 3), hidden] : [weights, 2];
    for (let row = 0; row < rows; row++) {
      const input = [x[2 * row]!, x[2 * row + 1]!];
      const units = Array.from({ length: hidden }, (_, h) =>
        Math.tanh(weights[2 * h]! * input[0]! + weights[2 * h + 1]! * input[1]! + weights[2 * hidden + h]!),
      );
      const last = hidden > 0 ? units : input;
      for (let o = 0; o < 4; o++) {
        const expected = last.reduce((sum, v, i) => sum + v * w[o * at + i]!, w[4 * at + o]!);
        expect(y[4 * row + o]).toBeCloseTo(expected, 14);
      }
    }
  });

  it("has the gradient of finite differences, added to what stands there", () => {
    const network = new Network(shape, rows, weights);
    network.forward(x, rows, new Float64Array(rows * shape.outputs));
    const gradient = new Float64Array(weights.length).fill(1);
    network.backward(x, rows, wanted, gradient);
    for (let i = 0; i < weights.length; i++) {
      const step = (h: number): number => value(weights.with(i, weights[i]! + h));
      expect(gradient[i]! - 1).toBeCloseTo((step(1e-5) - step(-1e-5)) / 2e-5, 8);
    }
  });

  it("gives its bias for every input at first", () => {
    const network = new Network(shape, rows, new Float64Array(weightCount(shape)));
    network.initialize([1, 2, 3, 4], Math.random);
    const y = new Float64Array(rows * shape.outputs);
    network.forward(x, rows, y);
    expect([...y]).toEqual(Array.from({ length: rows }, () => [1, 2, 3, 4]).flat());
  });
});
