/** What {@link minimise} found. */
export interface Minimum {
  readonly value: number;
  readonly iterations: number;
}

/** Pairs of steps and changes of the gradient that are remembered. */
const MEMORY = 12;

/**
 * The minimum of a smooth function, by the limited-memory quasi-Newton method of Nocedal (Mathematics of Computation 35,
 * 1980) with the weak-Wolfe bisection of Lewis and Overton (Mathematical Programming 141, 2013).
 *
 * @param value - f(x), writing its gradient; may be Infinity or NaN where a step went too far.
 * @param x - Where to start; holds the minimum afterwards.
 * @param tolerance - Ends where a step is expected to win less than this.
 * @returns f(x) and how many steps were taken, at most `limit`. Never above f at the start.
 * @remarks O(length) memory, nothing allocated between steps.
 */
export function minimise(
  value: (x: Float64Array, gradient: Float64Array) => number,
  x: Float64Array,
  tolerance: number,
  limit: number,
): Minimum {
  const n = x.length;
  const arrays = (count: number) => Array.from({ length: count }, () => new Float64Array(n));
  const [steps, changes] = [arrays(MEMORY), arrays(MEMORY)];
  const [scales, weights] = [new Float64Array(MEMORY), new Float64Array(MEMORY)];
  let [gradient, next, nextGradient, direction] = arrays(4) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  let here = value(x, gradient);
  let kept = 0;
  let iterations = 0;
  for (; iterations < limit; iterations++) {
    // The two loops: direction = −H · gradient.
    for (let i = 0; i < n; i++) direction[i] = -gradient[i]!;
    for (let m = kept - 1; m >= Math.max(kept - MEMORY, 0); m--) {
      const slot = m % MEMORY;
      weights[slot] = scales[slot]! * dot(steps[slot]!, direction);
      addTo(direction, changes[slot]!, -weights[slot]!);
    }
    if (kept > 0) {
      const slot = (kept - 1) % MEMORY;
      const shrink = 1 / (scales[slot]! * dot(changes[slot]!, changes[slot]!));
      for (let i = 0; i < n; i++) direction[i]! *= shrink;
    }
    for (let m = Math.max(kept - MEMORY, 0); m < kept; m++) {
      const slot = m % MEMORY;
      addTo(direction, steps[slot]!, weights[slot]! - scales[slot]! * dot(changes[slot]!, direction));
    }
    const slope = dot(gradient, direction);
    if (!(-slope / 2 > tolerance)) break;

    let [low, high, step] = [0, Infinity, kept > 0 ? 1 : Math.min(1, 1 / Math.sqrt(-slope))];
    let there = here;
    let arrived = false;
    for (let trial = 0; trial < 40 && !arrived; trial++) {
      for (let i = 0; i < n; i++) next[i] = x[i]! + step * direction[i]!;
      there = value(next, nextGradient);
      if (!(there <= here + 1e-4 * step * slope)) high = step;
      else if (dot(nextGradient, direction) < 0.9 * slope) low = step;
      else arrived = true;
      if (!arrived) step = high === Infinity ? 2 * low : (low + high) / 2;
    }
    if (!(there < here)) break; // rounding leaves nothing to win
    const slot = kept % MEMORY;
    for (let i = 0; i < n; i++) {
      steps[slot]![i] = next[i]! - x[i]!;
      changes[slot]![i] = nextGradient[i]! - gradient[i]!;
    }
    // The Wolfe conditions make it positive; where no step met them, what was remembered is of no use.
    const curvature = dot(steps[slot]!, changes[slot]!);
    scales[slot] = 1 / curvature;
    kept = curvature > 0 ? kept + 1 : 0;
    x.set(next);
    [gradient, nextGradient] = [nextGradient, gradient];
    here = there;
  }
  return { value: here, iterations };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function addTo(a: Float64Array, b: Float64Array, factor: number): void {
  for (let i = 0; i < a.length; i++) a[i]! += factor * b[i]!;
}
