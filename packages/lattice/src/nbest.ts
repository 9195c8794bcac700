import { LatticeError } from "./lattice-error.ts";
import { checked, edgeScores, type Lattice, type Path } from "./lattice.ts";

/**
 * The n paths of highest score, best first; fewer if the lattice has fewer paths, none if it has none. Exact for
 * every n: there is no beam and no cap on the search. Equal scores come in a fixed order, longest last edge first.
 *
 * @throws {@link LatticeError} `lattice`, `argument`.
 * @remarks As {@link rankedPaths}.
 */
export function nbest<L extends Lattice>(lattice: L, n: number): Path<L>[] {
  if (!Number.isInteger(n) || n < 0)
    throw new LatticeError("argument", `n must be a non-negative integer, got ${n}`);
  const found: Path<L>[] = [];
  if (n === 0) return found;
  for (const path of rankedPaths(lattice)) if (found.push(path) === n) break;
  return found;
}

/**
 * All paths of the lattice in order of falling score, made one at a time as they are asked for.
 *
 * @throws {@link LatticeError} `lattice`.
 * @remarks The recursive enumeration algorithm (Jiménez and Marzal 1999): the k-th best path to a node is the best
 * among one candidate for each edge into it, and only the edge of the path just given out needs a new candidate.
 * The first path costs O(length + edges), each later one O(pieces in it · edges into a node), with no recursion.
 */
export function* rankedPaths<L extends Lattice>(lattice: L): Generator<Path<L>, void, undefined> {
  checked(lattice);
  const { length } = lattice;
  const into = incoming(lattice);
  const scores = edgeScores(lattice, 1);
  const best = bestScores(lattice, scores);

  const opened: (Ranking | undefined)[] = Array.from({ length: length + 1 });
  const rankingOf = (node: number): Ranking => (opened[node] ??= open(node));
  const edgeAt = (node: number, place: number): number => into.edge[into.rowStart[node]! + place]!;

  function open(node: number): Ranking {
    const first = into.rowStart[node]!;
    const candidate = new Float64Array(into.rowStart[node + 1]! - first);
    for (let i = 0; i < candidate.length; i++) {
      const e = edgeAt(node, i);
      candidate[i] = best[into.start[e]!]! + scores[e]!;
    }
    const rank = new Int32Array(candidate.length);
    const ranking: Ranking = { candidate, rank, score: [], via: [], viaRank: [], pending: -1 };
    giveOut(ranking);
    return ranking;
  }

  /** Makes one more path to `node` known, if there is one. */
  function extend(node: number): void {
    // The replacement of the candidate given out last may need one more path to the start of its edge, and so on
    // back: a chain, followed first and then unwound, so that a long text cannot overflow the stack.
    const chain: number[] = [];
    for (let at = node; at > 0;) {
      const { pending, rank } = rankingOf(at);
      if (pending < 0) break;
      chain.push(at);
      at = into.start[edgeAt(at, pending)]!;
      if (rankingOf(at).score.length > rank[pending]! + 1) break;
    }
    for (let at = chain.pop(); at !== undefined; at = chain.pop()) {
      const ranking = rankingOf(at);
      const e = edgeAt(at, ranking.pending);
      const rank = ++ranking.rank[ranking.pending]!;
      const before = rankingOf(into.start[e]!).score[rank];
      ranking.candidate[ranking.pending] = before === undefined ? -Infinity : before + scores[e]!;
      giveOut(ranking);
    }
  }

  // To node 0 there is one path, the empty one.
  const root = { candidate: new Float64Array(0), rank: new Int32Array(0), score: [0], via: [], viaRank: [] };
  opened[0] = { ...root, pending: -1 };
  const last = rankingOf(length);
  for (let k = 0; k < last.score.length; extend(length), k++) {
    const edges: number[] = [];
    for (let node = length, rank = k; node > 0;) {
      const { via, viaRank } = rankingOf(node);
      const e = edgeAt(node, via[rank]!);
      edges.push(e);
      rank = viaRank[rank]!;
      node = into.start[e]!;
    }
    yield { lattice, edges: Int32Array.from(edges.reverse()), score: last.score[k]! };
  }
}

/** What is known of the best paths to one node. An edge into the node is named by its place among them. */
interface Ranking {
  /** Score of the best path by each edge that has not been given out; −∞ where none is left. */
  readonly candidate: Float64Array;
  /** Rank, at the edge's start, of the path behind each candidate. */
  readonly rank: Int32Array;
  /** Of the paths given out, best first: the score, the last edge, and the rank at that edge's start. */
  readonly score: number[];
  readonly via: number[];
  readonly viaRank: number[];
  /** The edge given out last, whose next candidate is still to be found; −1 when no path is left. */
  pending: number;
}

/** Moves the best candidate to the paths given out. */
function giveOut(ranking: Ranking): void {
  const { candidate, rank, score, via, viaRank } = ranking;
  let high = -Infinity;
  let place = -1;
  for (let i = 0; i < candidate.length; i++)
    if (candidate[i]! > high) {
      high = candidate[i]!;
      place = i;
    }
  ranking.pending = place;
  if (place < 0) return;
  score.push(high);
  via.push(place);
  viaRank.push(rank[place]!);
}

/** Score of the best path to each node. */
function bestScores(lattice: Lattice, scores: Float64Array): Float64Array {
  const { length, rowStart, end } = lattice;
  const best = new Float64Array(length + 1).fill(-Infinity);
  best[0] = 0;
  for (let s = 0; s < length; s++)
    for (let e = rowStart[s]!, stop = rowStart[s + 1]!; e < stop; e++) {
      const candidate = best[s]! + scores[e]!;
      if (candidate > best[end[e]!]!) best[end[e]!] = candidate;
    }
  return best;
}

/** The edges by their end: `edge[rowStart[v]]` … come into node v, longest first; `start` of each edge. */
function incoming(lattice: Lattice): { rowStart: Int32Array; edge: Int32Array; start: Int32Array } {
  const { length, rowStart: outStart, end } = lattice;
  const rowStart = new Int32Array(length + 2);
  for (const to of end) rowStart[to + 1]! += 1;
  for (let v = 0; v <= length; v++) rowStart[v + 1]! += rowStart[v]!;
  const next = rowStart.slice();
  const edge = new Int32Array(end.length);
  const start = new Int32Array(end.length);
  for (let s = 0; s < length; s++)
    for (let e = outStart[s]!, stop = outStart[s + 1]!; e < stop; e++) {
      start[e] = s;
      edge[next[end[e]!]!++] = e;
    }
  return { rowStart, edge, start };
}
