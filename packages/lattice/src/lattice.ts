import { LatticeError } from "./lattice-error.ts";

/**
 * A segmentation lattice: an acyclic graph on nodes 0 … `length` whose paths from 0 to `length` are the
 * segmentations. Edges stand in rows by their start node: `rowStart[s]` … `rowStart[s + 1] − 1` begin at node s,
 * in order of increasing end.
 *
 * So a forward sweep over the edges reaches each node by its longest edge first, and a backward sweep or a walk
 * needs no other index. The shape is structural: any object that has these arrays is a lattice.
 *
 * A lattice is checked when an algorithm first sees it, and trusted from then on: do not change its arrays.
 */
export interface Lattice {
  /** Index of the last node; node 0 is the first. */
  readonly length: number;
  /** First edge of each row, `length + 1` entries. */
  readonly rowStart: Int32Array;
  /** End node of each edge. */
  readonly end: Int32Array;
  /** Label (piece id) of each edge, an index into `labelScore`. */
  readonly label: Int32Array;
  /** Log-score of each label, shared by its edges, so that exp(alpha·score) is computed once a label. */
  readonly labelScore: Float64Array;
  /** Log-score of each edge, if edges with one label differ; then `labelScore` is not read. */
  readonly score?: Float64Array;
}

/** An edge of {@link buildLattice}: from node `start` to the later node `end`, with a log-score. */
export interface Edge {
  readonly start: number;
  readonly end: number;
  readonly score: number;
  /** Free integer that identifies the edge to its owner; 0 if left out. */
  readonly label?: number;
}

/**
 * A path from node 0 to the last node of `lattice`, as the indices of its edges. `score` is the sum of their
 * log-scores.
 */
export interface Path<L extends Lattice = Lattice> {
  readonly lattice: L;
  readonly edges: Int32Array;
  readonly score: number;
}

/** Options of every function that means a distribution over paths. */
export interface AlphaOptions {
  /**
   * Inverse temperature: a path has probability ∝ exp(alpha · score). 1 (the default) is the model's own law,
   * 0 uniform over paths, larger values concentrate on the best path, negative ones prefer bad paths.
   */
  readonly alpha?: number;
}

/**
 * Makes a lattice from loose edges, in any order. Edges of equal start and end keep their order.
 *
 * @param graph - `length`: index of the last node; `edges`: each from `start` to `end`, 0 ≤ start < end ≤ length,
 * with a score within ±10⁹.
 * @throws {@link LatticeError} `argument` for a bad length, `lattice` (at: index of the edge) for a bad edge.
 * @remarks O(length + edges · log edges).
 */
export function buildLattice(graph: { readonly length: number; readonly edges: readonly Edge[] }): Lattice {
  const { length, edges } = graph ?? {};
  if (!Array.isArray(edges)) throw new LatticeError("argument", "edges must be an array");
  if (!Number.isInteger(length) || length < 0 || length > MAX_LENGTH)
    throw new LatticeError("argument", `length must be an integer from 0 to ${MAX_LENGTH}, got ${length}`);
  edges.forEach((edge, i) => {
    const { start, end, score, label = 0 } = edge ?? {};
    if (!Number.isInteger(start) || !Number.isInteger(end) || start < 0 || end <= start || end > length)
      throw new LatticeError(
        "lattice",
        `edge ${i} goes from ${start} to ${end}; want 0 ≤ start < end ≤ ${length}`,
        i,
      );
    if (!(Math.abs(score) <= MAX_SCORE))
      throw new LatticeError("lattice", `edge ${i} has score ${score}; leave an impossible edge out`, i);
    if (!Number.isInteger(label) || label < 0 || label > MAX_LENGTH)
      throw new LatticeError(
        "lattice",
        `edge ${i} has label ${label}; want a non-negative 31-bit integer`,
        i,
      );
  });
  const sorted = [...edges].sort((a, b) => a.start - b.start || a.end - b.end);
  const rowStart = new Int32Array(length + 1);
  for (const { start } of sorted) rowStart[start + 1]! += 1;
  for (let s = 0; s < length; s++) rowStart[s + 1]! += rowStart[s]!;
  const lattice: Lattice = {
    length,
    rowStart,
    end: Int32Array.from(sorted, (edge) => edge.end),
    label: Int32Array.from(sorted, (edge) => edge.label ?? 0),
    labelScore: new Float64Array(0),
    score: Float64Array.from(sorted, (edge) => edge.score),
  };
  trustLattice(lattice);
  return lattice;
}

/** Typed arrays and byte offsets are indexed by 31-bit integers. */
const MAX_LENGTH = 0x3fffffff;

/* oxlint-disable no-extraneous-class, no-useless-constructor, no-constructor-return, no-unused-private-class-members, no-new -- a class, for its private field */

/** Returns the object that it is made of, so that a field of a derived class goes into that. */
class Given {
  constructor(lattice: object) {
    return lattice;
  }
}

/**
 * A mark in lattices that were made or checked here: their arrays need no second look. A private field costs a tenth of a
 * place in a WeakSet, and no copy of the object has it.
 */
class Trusted extends Given {
  readonly #trusted = true;

  static has(lattice: object): boolean {
    return #trusted in lattice;
  }
}

/** Spares a lattice that this package built the check of {@link latticeFault}. */
export function trustLattice(lattice: Lattice): void {
  if (!Trusted.has(lattice) && Object.isExtensible(lattice)) new Trusted(lattice);
}
/* oxlint-enable */

/**
 * Says what is wrong with an object that is meant to be a {@link Lattice}, or undefined if it is one: lengths that
 * agree, rows in order, edges that go forward inside the lattice, labels inside `labelScore`, finite scores. An
 * algorithm that has seen no fault reads nothing out of bounds and cannot loop.
 *
 * @remarks O(length + edges) the first time, O(1) for a lattice seen before whose arrays were not transferred since.
 */
export function latticeFault(lattice: Lattice): string | undefined {
  if (typeof lattice !== "object" || lattice === null)
    return `a lattice is an object, got ${String(lattice)}`;
  const { length, rowStart, end, label, labelScore, score } = lattice;
  if (Trusted.has(lattice) && isAttached(lattice)) return undefined;
  if (!Number.isInteger(length) || length < 0 || length > MAX_LENGTH) return `length is ${length}`;
  if (!isArray(rowStart, "Int32Array") || rowStart.length !== length + 1)
    return `rowStart must be an Int32Array of ${length + 1} entries`;
  if (!isArray(end, "Int32Array") || !isArray(label, "Int32Array") || label.length !== end.length)
    return "end and label must be Int32Arrays of one length";
  if (score !== undefined && (!isArray(score, "Float64Array") || score.length !== end.length))
    return "score must be a Float64Array with an entry for each edge";
  if (score === undefined && !isArray(labelScore, "Float64Array")) return "labelScore must be a Float64Array";
  if (rowStart[0] !== 0 || rowStart[length] !== end.length)
    return `rowStart must begin with 0 and end with the number of edges, ${end.length}`;
  for (let s = 0; s < length; s++) {
    const stop = rowStart[s + 1]!;
    if (stop < rowStart[s]!) return `rowStart falls at node ${s + 1}`;
    for (let e = rowStart[s]!, least = s + 1; e < stop; e++) {
      const to = end[e]!;
      if (to < least || to > length)
        return `edge ${e} goes from node ${s} to ${to}, out of order or out of range`;
      least = to;
      const value = score === undefined ? labelScore[label[e]!] : score[e];
      if (value === undefined)
        return `edge ${e} has label ${label[e]}, and labelScore has ${labelScore.length} entries`;
      if (!(Math.abs(value) <= MAX_SCORE)) return `edge ${e} has score ${value}`;
    }
  }
  trustLattice(lattice);
  return undefined;
}

/** Whether no array of a lattice was transferred, to a worker say, which leaves it empty. */
function isAttached({ length, rowStart, end, label, score }: Lattice): boolean {
  const edges = rowStart[length];
  return end.length === edges && label.length === edges && (score ?? end).length === edges;
}

/** Whether a value is a typed array of this kind, of whichever window or worker. */
function isArray(value: unknown, kind: "Int32Array" | "Float64Array"): boolean {
  return ArrayBuffer.isView(value) && Object.prototype.toString.call(value) === `[object ${kind}]`;
}

/** The checks that every algorithm of this package makes at its edge; returns alpha with its default. */
export function checked(lattice: Lattice, options?: AlphaOptions): number {
  const fault = latticeFault(lattice);
  if (fault !== undefined) throw new LatticeError("lattice", `not a lattice: ${fault}`);
  const alpha = options?.alpha ?? 1;
  if (!Number.isFinite(alpha))
    throw new LatticeError("argument", `alpha must be a finite number, got ${alpha}`);
  return alpha;
}

/**
 * alpha · score of every edge.
 *
 * @remarks One pass; the algorithms read this rather than choose between `score` and `labelScore` in their loops.
 */
export function edgeScores(lattice: Lattice, alpha: number): Float64Array {
  const { label, labelScore, score } = lattice;
  const out = new Float64Array(label.length);
  if (score === undefined)
    for (let e = 0; e < out.length; e++) out[e] = scaledScore(alpha, labelScore[label[e]!]!);
  else for (let e = 0; e < out.length; e++) out[e] = scaledScore(alpha, score[e]!);
  return out;
}

/** Beyond it a float64 sum no longer resolves millionths of a nat, and answers would be wrong without a sign of it. */
export const MAX_SCORE = 1e9;

/** alpha · score, refused where no sum of such would mean anything. */
export function scaledScore(alpha: number, score: number): number {
  const scaled = alpha * score;
  if (!(Math.abs(scaled) <= MAX_SCORE))
    throw new LatticeError("argument", `alpha · score is ${scaled}; it must lie within ±${MAX_SCORE}`);
  return scaled;
}
