// Σ xy, Σ x² and Σ y² of float32 vectors, in float64 and by blocks: the sums of src/products.ts, in eight lanes.

let dot: f64 = 0;
let xx: f64 = 0;
let yy: f64 = 0;

export function sumXY(): f64 {
  return dot;
}
export function sumXX(): f64 {
  return xx;
}
export function sumYY(): f64 {
  return yy;
}

/** Forgets the sums. */
export function reset(): void {
  dot = 0;
  xx = 0;
  yy = 0;
}

/** Bytes of a block: 4096 entries. */
const BLOCK: usize = 4 * 4096;

/** Two float32 at an address as float64. */
// @ts-ignore: decorator
@inline
function two(address: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(address));
}

/** sum + a · b; in one operation, rounded once, where the machine has it and the module is compiled for it. */
// @ts-ignore: decorator
@inline
function plus(sum: v128, a: v128, b: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f64x2.relaxed_madd(a, b, sum) : f64x2.add(sum, f64x2.mul(a, b));
}

// @ts-ignore: decorator
@inline
function both(lanes: v128): f64 {
  return f64x2.extract_lane(lanes, 0) + f64x2.extract_lane(lanes, 1);
}

/** Adds what `count` entries at x and as many at y make. */
export function add(x: usize, y: usize, count: usize): void {
  const end = x + 4 * count;
  while (x < end) {
    const stop = min(x + BLOCK, end);
    let dot0 = f64x2.splat(0);
    let xx0 = f64x2.splat(0);
    let yy0 = f64x2.splat(0);
    let dot1 = f64x2.splat(0);
    let xx1 = f64x2.splat(0);
    let yy1 = f64x2.splat(0);
    let dot2 = f64x2.splat(0);
    let xx2 = f64x2.splat(0);
    let yy2 = f64x2.splat(0);
    let dot3 = f64x2.splat(0);
    let xx3 = f64x2.splat(0);
    let yy3 = f64x2.splat(0);
    while (x + 32 <= stop) {
      const a0 = two(x);
      const b0 = two(y);
      dot0 = plus(dot0, a0, b0);
      xx0 = plus(xx0, a0, a0);
      yy0 = plus(yy0, b0, b0);
      const a1 = two(x + 8);
      const b1 = two(y + 8);
      dot1 = plus(dot1, a1, b1);
      xx1 = plus(xx1, a1, a1);
      yy1 = plus(yy1, b1, b1);
      const a2 = two(x + 16);
      const b2 = two(y + 16);
      dot2 = plus(dot2, a2, b2);
      xx2 = plus(xx2, a2, a2);
      yy2 = plus(yy2, b2, b2);
      const a3 = two(x + 24);
      const b3 = two(y + 24);
      dot3 = plus(dot3, a3, b3);
      xx3 = plus(xx3, a3, a3);
      yy3 = plus(yy3, b3, b3);
      x += 32;
      y += 32;
    }
    let blockDot = both(f64x2.add(f64x2.add(dot0, dot1), f64x2.add(dot2, dot3)));
    let blockXX = both(f64x2.add(f64x2.add(xx0, xx1), f64x2.add(xx2, xx3)));
    let blockYY = both(f64x2.add(f64x2.add(yy0, yy1), f64x2.add(yy2, yy3)));
    while (x < stop) {
      const a = <f64>load<f32>(x);
      const b = <f64>load<f32>(y);
      blockDot += a * b;
      blockXX += a * a;
      blockYY += b * b;
      x += 4;
      y += 4;
    }
    dot += blockDot;
    xx += blockXX;
    yy += blockYY;
  }
}
