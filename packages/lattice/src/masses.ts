import { type AlphaOptions, checked, type Lattice } from "./lattice.ts";
import { type EdgeWeights, weightsOf } from "./weights.ts";

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
  return logs(forward(lattice, weightsOf(lattice, checked(lattice, options))));
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
  return logs(backward(lattice, weightsOf(lattice, checked(lattice, options))));
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
      const share = (weights.mantissa[e]! * mantissa[to]!) / whole;
      edge[e] = share * powerOfTwo(weights.exponent[e]! + exponent[to]! - exponent[s]!);
    }
  }
  return { edge, logPartition: logOf(after, 0) };
}

/**
 * The mass of each node as `mantissa · 2^exponent`; a mantissa of 0 where no path leads.
 *
 * Masses grow or shrink without bound along a text. As a float with an exponent of its own each keeps all 53 bits,
 * where a logarithm would lose seven digits over 100,000 characters; and a step takes a product and a sum.
 */
export interface Masses {
  readonly mantissa: Float64Array;
  readonly exponent: Float64Array;
}

/** {@link forwardMasses} of checked input. */
export function forward(lattice: Lattice, weights: EdgeWeights): Masses {
  const { length, rowStart, end } = lattice;
  const mantissa = new Float64Array(length + 1);
  const exponent = new Float64Array(length + 1);
  mantissa[0] = 1;
  for (let s = 0; s < length; s++) {
    if (mantissa[s] === 0) continue;
    const shift = shiftOf(mantissa[s]!);
    const mass = mantissa[s]! * powerOfTwo(-shift);
    const power = exponent[s]! + shift;
    for (let e = rowStart[s]!, stop = rowStart[s + 1]!; e < stop; e++) {
      const to = end[e]!;
      const more = mass * weights.mantissa[e]!;
      const ahead = power + weights.exponent[e]! - exponent[to]!;
      if (mantissa[to] === 0) {
        mantissa[to] = more;
        exponent[to] = power + weights.exponent[e]!;
      } else if (ahead > 0) {
        mantissa[to] = more + mantissa[to]! * powerOfTwo(-ahead);
        exponent[to] = power + weights.exponent[e]!;
      } else mantissa[to]! += more * powerOfTwo(ahead);
    }
  }
  return { mantissa, exponent };
}

/** {@link backwardMasses} of checked input. */
export function backward(lattice: Lattice, weights: EdgeWeights): Masses {
  const { length, rowStart, end } = lattice;
  const mantissa = new Float64Array(length + 1);
  const exponent = new Float64Array(length + 1);
  mantissa[length] = 1;
  for (let s = length - 1; s >= 0; s--) {
    let mass = 0;
    let power = 0;
    for (let e = rowStart[s]!, stop = rowStart[s + 1]!; e < stop; e++) {
      const to = end[e]!;
      const more = weights.mantissa[e]! * mantissa[to]!;
      if (more === 0) continue;
      const arriving = weights.exponent[e]! + exponent[to]!;
      if (mass === 0) {
        mass = more;
        power = arriving;
      } else if (arriving > power) {
        mass = more + mass * powerOfTwo(power - arriving);
        power = arriving;
      } else mass += more * powerOfTwo(arriving - power);
    }
    const shift = shiftOf(mass);
    mantissa[s] = mass * powerOfTwo(-shift);
    exponent[s] = power + shift;
  }
  return { mantissa, exponent };
}

/** How much of a mantissa should go to its exponent, so that the products of many stay within float64. */
function shiftOf(mantissa: number): number {
  return mantissa > LARGE ? LARGE_POWER : mantissa < 1 / LARGE && mantissa > 0 ? -LARGE_POWER : 0;
}
const LARGE_POWER = 64;
const LARGE = 2 ** LARGE_POWER;

/** 2^power for a whole power: 0 or ∞ where float64 has nothing so small or large. */
export function powerOfTwo(power: number): number {
  if (power < -1074) return 0;
  return power > 1023 ? Infinity : POWERS[power + 1074]!;
}
const POWERS = Float64Array.from({ length: 1074 + 1024 }, (_, i) => 2 ** (i - 1074));

/** The log of one mass; −∞ for none. */
export function logOf({ mantissa, exponent }: Masses, node: number): number {
  // ln 2 in two parts, the first of 32 bits, so that its product with a whole number of up to 21 is exact.
  return exponent[node]! * LN2_HIGH + (exponent[node]! * LN2_LOW + Math.log(mantissa[node]!));
}
const LN2_HIGH = Math.floor(Math.LN2 * 2 ** 32) / 2 ** 32;
const LN2_LOW = 1.9082149292705877e-10;

function logs(masses: Masses): Float64Array {
  return masses.mantissa.map((_, node) => logOf(masses, node));
}
