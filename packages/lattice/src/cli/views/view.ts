import { countPaths } from "../../count-paths.ts";
import { entropy, marginals } from "../../marginals.ts";
import { type Model, pieceStrings } from "../../model/model.ts";
import { nbest } from "../../nbest.ts";
import { emit } from "../../segment/emit.ts";
import { latticeOf } from "../../segment/lattice-of.ts";
import { isUnknown } from "../../segment/path-ids.ts";
import { characterLength } from "../../text/normalize.ts";
import { viterbi } from "../../viterbi.ts";

/** An edge of a text's lattice. */
export interface Arc {
  /** Its nodes, and how many characters of the normalised text there are before each: inside one, a part of it too. */
  readonly start: number;
  readonly end: number;
  readonly from: number;
  readonly to: number;
  readonly id: number;
  readonly piece: string;
  /** What the edge stands on; not the piece itself, if that is the unknown one. */
  readonly characters: string;
  readonly score: number;
  readonly probability: number;
  /** Whether it is on the best path. */
  readonly best: boolean;
}

/** One of the best segmentations. */
export interface Segmentation {
  readonly ids: readonly number[];
  readonly pieces: readonly string[];
  readonly score: number;
  readonly probability: number;
}

/** All that is shown of a text's lattice. */
export interface View {
  readonly text: string;
  /** The normalised text, by characters. */
  readonly characters: readonly string[];
  readonly alpha: number;
  readonly segmentations: bigint;
  readonly logPartition: number;
  readonly entropy: number;
  /** Expected number of pieces. */
  readonly expectedPieces: number;
  readonly best: readonly Segmentation[];
  readonly arcs: readonly Arc[];
}

/** What there is to show of a text under a model, with its `n` best segmentations. */
export function viewOf(model: Model, text: string, alpha: number, n: number): View {
  const lattice = latticeOf(model, text);
  const { length, rowStart, end, label, labelScore, bytes } = lattice;
  const { edge, logPartition } = marginals(lattice, { alpha });
  const names = pieceStrings(model);
  const columns = columnsOf(bytes);
  // As encode decides.
  const ties = model.pipeline === null ? "sentencepiece" : "exact";
  const onBest = new Set(viterbi(lattice, { ties }).edges);
  const arcs: Arc[] = [];
  for (let s = 0; s < length; s++)
    for (let e = rowStart[s]!; e < rowStart[s + 1]!; e++) {
      const to = end[e]!;
      const id = isUnknown(model, label[e]!) ? model.unkId : label[e]!;
      arcs.push({
        start: s,
        end: to,
        from: columns[s]!,
        to: columns[to]!,
        id,
        piece: names[id]!,
        characters:
          isInside(bytes, s) || isInside(bytes, to) ? names[id]! : utf8.decode(bytes.subarray(s, to)),
        score: labelScore[label[e]!]!,
        probability: edge[e]!,
        best: onBest.has(e),
      });
    }
  return {
    text,
    characters: [...utf8.decode(bytes)],
    alpha,
    segmentations: countPaths(lattice),
    logPartition,
    entropy: entropy(lattice, { alpha }),
    expectedPieces: edge.reduce((sum, probability) => sum + probability, 0),
    best: nbest(lattice, n).map((path) => {
      const { ids, pieces, score } = emit(model, path);
      return { ids: [...ids], pieces, score, probability: Math.exp(alpha * score - logPartition) };
    }),
    arcs,
  };
}

/** How many characters there are before each byte offset: of one that it is inside of, as much as its bytes are. */
function columnsOf(bytes: Uint8Array): Float64Array {
  const columns = new Float64Array(bytes.length + 1);
  for (let start = 0, column = 0; start < bytes.length; column++) {
    const length = characterLength(bytes[start]!);
    for (let i = 0; i < length; i++) columns[start + i] = column + i / length;
    start += length;
    columns[start] = column + 1;
  }
  return columns;
}

/** Whether a character goes on at this byte. */
function isInside(bytes: Uint8Array, at: number): boolean {
  return (bytes[at]! & 0xc0) === 0x80;
}

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
