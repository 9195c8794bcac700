import { type AlphaOptions, checked, type Lattice } from "./lattice.ts";
import { EXPONENT_STEP, type IndexedWeights, weightsOf } from "./weights.ts";

/**
 * log(e^a + e^b) without overflow; −∞ stands for an empty sum.
 */
export function logAddExp(a: number, b: number): number {
  const high = a > b ? a : b;
  const low = a > b ? b : a;
  return low === -Infinity ? high : high + Math.log1p(Math.exp(low - high));
}

/**
 * Log of the total mass of all partial paths from node 0 to each node:
 * A[e] = log Σ exp(A[s] + alpha · score) over the edges (s, e), A[0] = 0; −∞ where no path leads.
 *
 * @returns `length + 1` log-masses; the last is the log-partition.
 * @throws {@link LatticeError} `lattice`, `argument`.
 * @remarks O(length + edges). 科学空间 9811, the recursion of Z.
 */
export function forwardMasses(lattice: Lattice, options?: AlphaOptions): Float64Array {
  return logs(forward(lattice, weightsOf(lattice, checked(lattice, options))), lattice);
}

/**
 * Log of the total mass of all partial paths from each node to the last one:
 * B[s] = log Σ exp(alpha · score + B[e]) over the edges (s, e), B[length] = 0; −∞ where no path leads.
 *
 * @returns `length + 1` log-masses; the first is the log-partition.
 * @throws {@link LatticeError} `lattice`, `argument`.
 * @remarks O(length + edges).
 */
export function backwardMasses(lattice: Lattice, options?: AlphaOptions): Float64Array {
  return logs(backward(lattice, weightsOf(lattice, checked(lattice, options))), lattice);
}

/** What {@link transitions} returns. */
export interface Transitions {
  /** Probability of each edge given that its start is visited. */
  readonly edge: Float64Array;
  /** log Z, the log of the sum of exp(alpha · score) over all paths; −∞ if there is none. */
  readonly logPartition: number;
}

/**
 * The law P(path) ∝ exp(alpha · score) as a Markov chain from node 0 to the last: the probability of each edge given
 * that its start is visited. The edges of a row sum to 1, but where no path goes on they are 0.
 *
 * A walk that leaves each node by an edge so drawn is a draw from the law. From node s, edge (s, e) has probability
 * exp(alpha · score + B[e] − B[s]), with the backward log-masses B.
 *
 * @throws {@link LatticeError} `lattice`, `argument`.
 * @remarks O(length + edges). Backward filtering.
 */
export function transitions(lattice: Lattice, options?: AlphaOptions): Transitions {
  const weights = weightsOf(lattice, checked(lattice, options));
  const { length, rowStart, end } = lattice;
  const after = backward(lattice, weights);
  const { mantissa, exponent } = after;
  const edge = new Float64Array(end.length);
  for (let s = 0; s < length; s++) {
    const whole = mantissa[s]!;
    if (whole === 0) continue;
    for (let e = rowStart[s]!, stop = rowStart[s + 1]!; e < stop; e++) {
      const to = end[e]!;
      const k = weights.index[e]!;
      const power = weights.exponent[k]! + exponent[to]! - exponent[s]!;
      edge[e] = scaled((weights.mantissa[k]! * mantissa[to]!) / whole, power);
    }
  }
  return { edge, logPartition: logOf(mantissa[0]!, exponent[0]!) };
}

/**
 * The mass of each node as `mantissa · 2^exponent`, the mantissa from 2^−128 to 2^128 or, where no path leads, 0, and the
 * exponent a multiple of 256.
 *
 * Masses grow or shrink without bound along a text. As a float with an exponent of its own each keeps all 53 bits,
 * where a logarithm would lose seven digits over 100,000 characters; and as exponents seldom differ between neighbours, a
 * step takes hardly more than a product and a sum.
 */
export interface Masses {
  readonly mantissa: Float64Array;
  readonly exponent: Float64Array;
}

/** {@link forwardMasses} of checked input, in arrays that hold until the next call. */
export function forward(
  lattice: Lattice,
  { mantissa: weight, exponent: shift, index }: IndexedWeights,
): Masses {
  const { length, rowStart, end } = lattice;
  const masses = roomFor("forward", length);
  const { mantissa, exponent } = masses;
  mantissa.fill(0, 0, length + 1);
  mantissa[0] = 1;
  exponent[0] = 0;
  for (let s = 0; s < length; s++) {
    let mass = mantissa[s]!;
    if (mass === 0) continue;
    let power = exponent[s]!;
    if (mass > LARGE || mass < SMALL) {
      const step = mass > LARGE ? EXPONENT_STEP : -EXPONENT_STEP;
      mantissa[s] = mass *= powerOfTwo(-step);
      exponent[s] = power += step;
    }
    for (let e = rowStart[s]!, stop = rowStart[s + 1]!; e < stop; e++) {
      const to = end[e]!;
      const k = index[e]!;
      const more = mass * weight[k]!;
      const arriving = power + shift[k]!;
      const there = mantissa[to]!;
      if (there === 0) {
        mantissa[to] = more;
        exponent[to] = arriving;
      } else if (arriving === exponent[to]) mantissa[to] = there + more;
      else if (arriving < exponent[to]!) mantissa[to] = there + more * powerOfTwo(arriving - exponent[to]!);
      else {
        mantissa[to] = more + there * powerOfTwo(exponent[to]! - arriving);
        exponent[to] = arriving;
      }
    }
  }
  return masses;
}

/** {@link backwardMasses} of checked input, in arrays that hold until the next call. */
export function backward(
  lattice: Lattice,
  { mantissa: weight, exponent: shift, index }: IndexedWeights,
): Masses {
  const { length, rowStart, end } = lattice;
  const masses = roomFor("backward", length);
  const { mantissa, exponent } = masses;
  mantissa[length] = 1;
  exponent[length] = 0;
  for (let s = length - 1; s >= 0; s--) {
    let mass = 0;
    let power = 0;
    for (let e = rowStart[s]!, stop = rowStart[s + 1]!; e < stop; e++) {
      const to = end[e]!;
      const k = index[e]!;
      const more = weight[k]! * mantissa[to]!;
      if (more === 0) continue;
      const arriving = shift[k]! + exponent[to]!;
      if (mass === 0) {
        mass = more;
        power = arriving;
      } else if (arriving === power) mass += more;
      else if (arriving < power) mass += more * powerOfTwo(arriving - power);
      else {
        mass = more + mass * powerOfTwo(power - arriving);
        power = arriving;
      }
    }
    if (mass > LARGE || (mass < SMALL && mass > 0)) {
      const step = mass > LARGE ? EXPONENT_STEP : -EXPONENT_STEP;
      mass *= powerOfTwo(-step);
      power += step;
    }
    mantissa[s] = mass;
    exponent[s] = power;
  }
  return masses;
}

/** Beyond these a mantissa goes to its exponent. */
const LARGE = 2 ** (EXPONENT_STEP / 2);
const SMALL = 1 / LARGE;

/** The masses of the last lattices in each direction, which the next may write over: most are small and many. */
const rooms: Record<"forward" | "backward", Masses> = {
  forward: emptyMasses(256),
  backward: emptyMasses(256),
};
/** Nodes of a lattice whose masses are not worth keeping room for. */
const LONG = 1 << 16;

function roomFor(direction: "forward" | "backward", length: number): Masses {
  if (length > LONG) return emptyMasses(length + 1);
  if (rooms[direction].mantissa.length <= length) rooms[direction] = emptyMasses(2 * (length + 1));
  return rooms[direction];
}

function emptyMasses(size: number): Masses {
  return { mantissa: new Float64Array(size), exponent: new Float64Array(size) };
}

/** value · 2^power for a value within 2^±640. */
export function scaled(value: number, power: number): number {
  // 0 is the mass of a dead end, which has no power of its own: that of its neighbours may be beyond float64.
  if (power === 0 || value === 0) return value;
  return power < -LOWEST
    ? value * powerOfTwo(-LOWEST) * powerOfTwo(power + LOWEST)
    : value * powerOfTwo(power);
}
const LOWEST = 512;

/** 2^power for a whole power: 0 or ∞ where float64 has nothing so small or large. */
export function powerOfTwo(power: number): number {
  if (power < -1074) return 0;
  return power > 1023 ? Infinity : POWERS[power + 1074]!;
}
const POWERS = Float64Array.from({ length: 1074 + 1024 }, (_, i) => 2 ** (i - 1074));

/** The log of one mass; −∞ for none. */
export function logOf(mantissa: number, exponent: number): number {
  // ln 2 in two parts, the first of 32 bits, so that its product with a whole number of up to 21 is exact.
  return exponent * LN2_HIGH + (exponent * LN2_LOW + Math.log(mantissa));
}
const LN2_HIGH = Math.floor(Math.LN2 * 2 ** 32) / 2 ** 32;
const LN2_LOW = 1.9082149292705877e-10;

function logs({ mantissa, exponent }: Masses, { length }: Lattice): Float64Array {
  return Float64Array.from({ length: length + 1 }, (_, node) => logOf(mantissa[node]!, exponent[node]!));
}
