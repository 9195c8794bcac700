// Literals: bundlers keep constants that have to be computed, where they are not used, too.
/** 2^−LOWEST is the unit of exact sums: the smallest product of two float64, 2^−1074 · 2^−1074. */
const LOWEST = 2148;
/** Halves have 27 bits at most: sums of so many of one exponent, and of 64 times as many, are exact. */
const MOST_PENDING = 1_048_576;
/** Between these, a product and what rounding takes from it are normal numbers. */
const SMALL = 1e-270;
const LARGE = 1e270;
/** Veltkamp's constant, 2²⁷ + 1, which splits 53 bits into two times 26 and a sign. */
const SPLIT = 134_217_729;

/**
 * A sum of products of float64 numbers without any rounding, hence the same in whatever order and parts it is made.
 *
 * Products are split into two numbers of 53 bits (Dekker), those into an upper and a lower half; halves are added to
 * the sum of those with the same exponent, where nothing is rounded for a million terms; those sums then go to one
 * large integer. After Zhu and Hayes, "Algorithm 908: Online Exact Summation of Floating-Point Streams" (2010), who also
 * add by exponents.
 */
export class ExactSum {
  /** The sum of what is not pending, in units of 2^−2148. */
  private total: bigint;
  private pending = 0;
  private readonly upper = new Float64Array(2048);
  private readonly lower = new Float64Array(2048);
  /** A number seen as its bits. */
  private readonly bits = new DataView(new ArrayBuffer(8));

  constructor(total = 0n) {
    this.total = total;
  }

  /** Adds x · y, both finite. */
  addProduct(x: number, y: number): void {
    const product = x * y;
    const size = Math.abs(product);
    if (size > SMALL && size < LARGE && Math.abs(x) < LARGE && Math.abs(y) < LARGE) {
      this.add(product);
      // The product of two float32 is exact.
      if (Math.fround(x) === x && Math.fround(y) === y) return;
      const upperX = upperHalf(x);
      const upperY = upperHalf(y);
      const lowerX = x - upperX;
      const lowerY = y - upperY;
      const lost = upperX * upperY - product + upperX * lowerY + lowerX * upperY + lowerX * lowerY;
      if (lost !== 0) this.add(lost);
    } else if (x !== 0 && y !== 0) {
      this.total += integerOf(x) * integerOf(y);
    }
  }

  /** Takes in what another has summed. */
  merge(other: ExactSum): void {
    const units = other.units(); // first: it may be this one that settles
    this.total += units;
  }

  /** The sum in units of 2^−2148. */
  units(): bigint {
    this.settle();
    return this.total;
  }

  private add(value: number): void {
    this.bits.setFloat64(0, value);
    const exponent = (this.bits.getUint16(0) >>> 4) & 0x7ff;
    const upper = upperHalf(value);
    this.upper[exponent]! += upper;
    this.lower[exponent]! += value - upper;
    if (++this.pending === MOST_PENDING) this.settle();
  }

  private settle(): void {
    if (this.pending === 0) return;
    for (let exponent = 0; exponent < 2048; exponent++) {
      for (const part of [this.upper, this.lower]) {
        if (part[exponent] === 0) continue;
        this.total += integerOf(part[exponent]!) << 1074n;
        part[exponent] = 0;
      }
    }
    this.pending = 0;
  }
}

/** The upper 26 bits, rounded. */
function upperHalf(x: number): number {
  const moved = SPLIT * x;
  return moved - (moved - x);
}

/** A finite number in units of 2^−1074, of which every float64 is a multiple. */
function integerOf(x: number): bigint {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, Math.abs(x));
  const whole = bits.getBigUint64(0);
  const exponent = whole >> 52n;
  const fraction = whole & ((1n << 52n) - 1n);
  const size = exponent === 0n ? fraction : (fraction | (1n << 52n)) << (exponent - 1n);
  return x < 0 ? -size : size;
}

/**
 * A sum as mantissa · 2^exponent, with a mantissa of 53 bits below 1 in size, rounded to nearest, and an even exponent,
 * so that its square root is easily taken.
 */
export function scientific(units: bigint): { mantissa: number; exponent: number } {
  if (units === 0n) return { mantissa: 0, exponent: -LOWEST };
  const size = units < 0n ? -units : units;
  const bits = size.toString(16).length * 4;
  // Of 64 bits at least, the last tells by being set that others behind it were: then rounding to 53 is right.
  const excess = BigInt(Math.max(0, bits - 128));
  const kept = size >> excess;
  const sticky = kept << excess === size ? kept : kept | 1n;
  const exponent = bits - LOWEST;
  const mantissa = Number(sticky) / 2 ** (bits - Number(excess));
  return { mantissa: units < 0n ? -mantissa : mantissa, exponent };
}
