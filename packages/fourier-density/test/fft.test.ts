import { describe, expect, it } from "vitest";
import { AngleGrid } from "../src/angle-grid.ts";
import { Fft } from "../src/fft.ts";
import { uniform } from "./oracle.ts";

const EPS = Number.EPSILON;
const numbers = (length: number, seed: number): Float64Array => {
  const random = uniform(seed);
  return Float64Array.from({ length }, () => 2 * random() - 1);
};

/** Σₖ xₖ e^{i·sign·kθ} for any angles, term by term. */
function sumOfWaves(re: Float64Array, im: Float64Array, angle: number, sign: number): [number, number] {
  let [a, b] = [0, 0];
  for (let k = 0; k < re.length; k++) {
    const [c, s] = [Math.cos(k * angle), sign * Math.sin(k * angle)];
    a += re[k]! * c - im[k]! * s;
    b += re[k]! * s + im[k]! * c;
  }
  return [a, b];
}

describe("Fft", () => {
  it.each([1, 2, 4, 8, 16, 32, 64, 128, 512])("of length %i agrees with the sum by its definition", (n) => {
    const [re, im] = [numbers(n, n), numbers(n, n + 1)];
    const [a, b] = [re.slice(), im.slice()];
    new Fft(n).transform(a, b);
    for (let j = 0; j < n; j++) {
      const [x, y] = sumOfWaves(re, im, (2 * Math.PI * j) / n, -1);
      expect(Math.hypot(a[j]! - x, b[j]! - y)).toBeLessThan(4 * EPS * n * n ** 0.5 + EPS);
    }
  });

  it("is undone by itself with the parts exchanged, over n", () => {
    const n = 4096;
    const [re, im] = [numbers(n, 1), numbers(n, 2)];
    const [a, b] = [re.slice(), im.slice()];
    const fft = new Fft(n);
    fft.transform(a, b);
    fft.transform(b, a);
    for (let j = 0; j < n; j++)
      expect(Math.hypot(a[j]! / n - re[j]!, b[j]! / n - im[j]!)).toBeLessThan(20 * EPS);
  });

  it("leaves what is outside its stretch alone", () => {
    const [re, im] = [numbers(24, 3), numbers(24, 4)];
    const [a, b] = [re.slice(), im.slice()];
    new Fft(8).transform(a, b, 8);
    for (const j of [0, 7, 16, 23]) expect([a[j], b[j]]).toEqual([re[j], im[j]]);
    const [c, d] = [re.slice(8, 16), im.slice(8, 16)];
    new Fft(8).transform(c, d);
    expect([a.slice(8, 16), b.slice(8, 16)]).toEqual([c, d]);
  });
});

describe.each([
  { nodes: 64, terms: 0, even: false },
  { nodes: 64, terms: 3, even: false },
  { nodes: 128, terms: 8, even: false },
  { nodes: 64, terms: 0, even: true },
  { nodes: 64, terms: 5, even: true },
  { nodes: 256, terms: 15, even: true },
])("AngleGrid of $nodes nodes, $terms terms, even: $even", ({ nodes, terms, even }) => {
  const grid = new AngleGrid(nodes, terms, even);
  const [re, im] = [numbers(terms + 1, 5), even ? new Float64Array(terms + 1) : numbers(terms + 1, 6)];
  const angle = (place: number) => (2 * Math.PI * grid.node(place)) / nodes;
  const count = (place: number) => grid.multiplicity(place);

  it("has each node once, or its mirror image", () => {
    const seen = new Float64Array(nodes);
    for (let place = 0; place < grid.places; place++) {
      const node = grid.node(place);
      seen[node]!++;
      if (count(place) === 2) seen[(nodes - node) % nodes]!++;
    }
    expect(seen).toEqual(new Float64Array(nodes).fill(1));
  });

  it("gives the values of a polynomial", () => {
    const [a, b] = [new Float64Array(grid.places), new Float64Array(grid.places)];
    grid.values(re, im, a, b);
    for (let place = 0; place < grid.places; place++) {
      const [x, y] = sumOfWaves(re, im, angle(place), -1);
      expect(Math.hypot(a[place]! - x, b[place]! - y)).toBeLessThan(100 * EPS);
    }
  });

  it("sums values against waves, and real ones without their imaginary parts", () => {
    const [a, b] = [numbers(grid.places, 7), numbers(grid.places, 8)];
    const zero = new Float64Array(grid.places);
    for (const imaginary of [b, zero]) {
      const [outRe, outIm] = [new Float64Array(terms + 1), new Float64Array(terms + 1)];
      grid.sums(a, imaginary === zero ? undefined : imaginary, outRe, outIm);
      for (let k = 0; k <= terms; k++) {
        let [x, y] = [0, 0];
        for (let place = 0; place < grid.places; place++) {
          const [c, s] = [Math.cos(k * angle(place)), Math.sin(k * angle(place))];
          x += a[place]! * c - imaginary[place]! * s;
          y += a[place]! * s + imaginary[place]! * c;
        }
        expect(Math.abs(outRe[k]! - x)).toBeLessThan(nodes * 4 * EPS);
        // Where all is even, the imaginary parts of mirror images cancel.
        expect(Math.abs(outIm[k]! - (even ? 0 : y))).toBeLessThan(nodes * 4 * EPS);
      }
    }
  });
});
