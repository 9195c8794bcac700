import { LatticeError } from "./lattice-error.ts";
import { type AlphaOptions, checked, type Lattice } from "./lattice.ts";
import { backward, forward, logOf, scaled } from "./masses.ts";
import { type Mass, sweepsFor } from "./sweeps.ts";
import { type IndexedWeights, weightsOf } from "./weights.ts";

/** What {@link marginals} returns. */
export interface Marginals {
  /** Probability that a path drawn from the lattice's law uses each edge. */
  readonly edge: Float64Array;
  /** Probability that it visits each node, `length + 1` entries: that a piece ends and another begins there. */
  readonly node: Float64Array;
  /** log Z, the log of the sum of exp(alpha · score) over all paths. */
  readonly logPartition: number;
}

/**
 * Probability of every edge under P(path) ∝ exp(alpha · score):
 * exp(A[s] + alpha · score + B[e] − log Z), with the forward and backward log-masses A and B.
 *
 * The sum of `edge` is the expected number of pieces; the sum of `edge · score` the expected score.
 *
 * @throws {@link LatticeError} `lattice`, `argument`, `no-path`.
 * @remarks O(length + edges), float64 throughout.
 */
export function marginals(lattice: Lattice, options?: AlphaOptions): Marginals {
  return marginalsOf(lattice, checked(lattice, options));
}

/**
 * log Z = log Σ exp(alpha · score) over all paths. With alpha = 0 it is the log of the number of paths.
 *
 * @throws {@link LatticeError} `lattice`, `argument`, `no-path`.
 * @remarks O(length + edges). 科学空间 9811.
 */
export function logPartition(lattice: Lattice, options?: AlphaOptions): number {
  const weights = weightsOf(lattice, checked(lattice, options));
  return reached(sweepsFor(lattice, weights)?.mass(lattice, weights) ?? wholeMass(lattice, weights), lattice);
}

/**
 * Shannon entropy, in nats, of the law P(path) ∝ exp(alpha · score): H = log Z − alpha · E[score].
 *
 * @throws {@link LatticeError} `lattice`, `argument`, `no-path`.
 * @remarks O(length + edges). Rounding can leave a value of −1e-12 or so where the entropy is 0; it is returned as 0.
 */
export function entropy(lattice: Lattice, options?: AlphaOptions): number {
  const alpha = checked(lattice, options);
  const { edge, logPartition: logZ } = marginalsOf(lattice, alpha);
  const { label, labelScore, score } = lattice;
  let expected = 0;
  if (score === undefined)
    for (let e = 0; e < edge.length; e++) expected += edge[e]! * labelScore[label[e]!]!;
  else for (let e = 0; e < edge.length; e++) expected += edge[e]! * score[e]!;
  return Math.max(0, logZ - alpha * expected);
}

function marginalsOf(lattice: Lattice, alpha: number): Marginals {
  const weights = weightsOf(lattice, alpha);
  const sweeps = sweepsFor(lattice, weights);
  const mass = sweeps?.mass(lattice, weights);
  if (mass === undefined) return plainMarginals(lattice, weights);
  const logZ = reached(mass, lattice);
  const found = sweeps!.marginals(lattice);
  return found === undefined ? plainMarginals(lattice, weights) : inBuffer(found, lattice, logZ);
}

/** Marginals of edges and nodes one behind the other: a buffer costs more than what it holds. */
function inBuffer(buffer: ArrayBuffer, { end }: Lattice, logZ: number): Marginals {
  return {
    edge: new Float64Array(buffer, 0, end.length),
    node: new Float64Array(buffer, 8 * end.length),
    logPartition: logZ,
  };
}

/** {@link marginals} in plain TypeScript. */
export function plainMarginals(lattice: Lattice, weights: IndexedWeights): Marginals {
  const { length, rowStart, end } = lattice;
  const { mantissa: weight, exponent: shift, index } = weights;
  const before = forward(lattice, weights);
  const mantissaZ = before.mantissa[length]!;
  const exponentZ = before.exponent[length]!;
  const logZ = reached({ mantissa: mantissaZ, exponent: exponentZ }, lattice);
  const { mantissa, exponent } = backward(lattice, weights);
  const found = inBuffer(new ArrayBuffer(8 * (end.length + length + 1)), lattice, logZ);
  const { edge, node } = found;
  for (let s = 0; s <= length; s++) {
    if (before.mantissa[s] === 0) continue;
    const share = before.mantissa[s]! / mantissaZ;
    const power = before.exponent[s]! - exponentZ;
    node[s] = scaled(share * mantissa[s]!, power + exponent[s]!);
    for (let e = rowStart[s]!, stop = s < length ? rowStart[s + 1]! : e; e < stop; e++) {
      const to = end[e]!;
      const k = index[e]!;
      edge[e] = scaled(share * (weight[k]! * mantissa[to]!), power + (shift[k]! + exponent[to]!));
    }
  }
  return found;
}

/**
 * Expected number of times that each label (piece) is on a path drawn from the lattice's law: the marginals added up by
 * label, `labelScore.length` entries. Times alpha, it is the gradient of log Z with respect to the labels' scores; the
 * derivative with respect to alpha itself is the expected score.
 *
 * @throws {@link LatticeError} `lattice`, `argument` (a lattice with scores by edge, whose labels have none), `no-path`.
 * @remarks O(length + edges + labels). The E-step of the unigram model's training.
 */
export function expectedCounts(lattice: Lattice, options?: AlphaOptions): Float64Array {
  if (lattice.score !== undefined)
    throw new LatticeError(
      "argument",
      "the lattice has scores by edge: add its marginals up by whatever names them",
    );
  const { edge } = marginals(lattice, options);
  const counts = new Float64Array(lattice.labelScore.length);
  for (let e = 0; e < edge.length; e++) counts[lattice.label[e]!]! += edge[e]!;
  return counts;
}

/** The mass of all paths. */
function wholeMass(lattice: Lattice, weights: IndexedWeights): Mass {
  const { mantissa, exponent } = forward(lattice, weights);
  return { mantissa: mantissa[lattice.length]!, exponent: exponent[lattice.length]! };
}

/** log Z from the mass of all paths. */
function reached({ mantissa, exponent }: Mass, { length }: Lattice): number {
  if (mantissa === 0) throw new LatticeError("no-path", `no path leads from node 0 to node ${length}`);
  return logOf(mantissa, exponent);
}
