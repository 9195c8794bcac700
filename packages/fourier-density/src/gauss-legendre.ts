/** Points of the rule, symmetric about 0; exact for polynomials up to degree 31. */
const POINTS = 16;

const [nodes, weights] = /* @__PURE__ */ rule();

/** Gauss and Legendre's rule of 16 points: ∫ f from a to b. */
export function gaussLegendre(f: (x: number) => number, a: number, b: number): number {
  const [middle, radius] = [(a + b) / 2, (b - a) / 2];
  let sum = 0;
  for (let i = 0; i < nodes.length; i++)
    sum += weights[i]! * (f(middle - radius * nodes[i]!) + f(middle + radius * nodes[i]!));
  return sum * radius;
}

/** Halvings after which a piece is taken as it is: less than 1e-16 of what one began with. */
const DEEPEST = 54;

/**
 * ∫ f from a to b, by halving until a piece and the sum of its halves differ by at most `tolerance`, or by rounding: for functions that
 * are smooth but for kinks, jumps, or infinities that can be integrated, such as a logarithm's.
 */
export function integrate(f: (x: number) => number, a: number, b: number, tolerance: number): number {
  const halve = (from: number, to: number, whole: number, depth: number): number => {
    const middle = (from + to) / 2;
    const [left, right] = [gaussLegendre(f, from, middle), gaussLegendre(f, middle, to)];
    const rounding = 1e-14 * (Math.abs(left) + Math.abs(right));
    if (depth === DEEPEST || !(Math.abs(left + right - whole) > tolerance + rounding)) return left + right;
    return halve(from, middle, left, depth + 1) + halve(middle, to, right, depth + 1);
  };
  return halve(a, b, gaussLegendre(f, a, b), 0);
}

/** The positive roots of the Legendre polynomial and their weights, by Newton's method. */
function rule(): [nodes: Float64Array, weights: Float64Array] {
  const [x, w] = [new Float64Array(POINTS / 2), new Float64Array(POINTS / 2)];
  for (let i = 0; i < x.length; i++) {
    let root = Math.cos((Math.PI * (i + 0.75)) / (POINTS + 0.5));
    let slope = 0;
    for (let step = 0; step < 6; step++) {
      let [before, value] = [1, root];
      for (let n = 2; n <= POINTS; n++)
        [before, value] = [value, ((2 * n - 1) * root * value - (n - 1) * before) / n];
      slope = (POINTS * (before - root * value)) / (1 - root * root);
      root -= value / slope;
    }
    x[i] = root;
    w[i] = 2 / ((1 - root * root) * slope * slope);
  }
  return [x, w];
}
