import { LatticeError } from "../lattice-error.ts";
import { type Model, requireModel } from "../model/model.ts";
import type { PreTokens } from "../model/pipeline.ts";
import { checkedTies, type Ties } from "../viterbi.ts";
import { kernelSearcher } from "./kernel-searcher.ts";
import type { Encoding } from "./emit.ts";
import type { TextLattice } from "./lattice-of.ts";
import { PlainSearcher } from "./plain-searcher.ts";

/**
 * Finds the best segmentation of one text after another. What its methods return holds until the next search by any
 * searcher. The longest of equal candidates stays; with `ties: "sentencepiece"` the score kept at a node is rounded to
 * float32, and a candidate compared unrounded.
 */
export interface Searcher {
  /** Whether a call is under way that runs code of the user's. */
  isTaken: boolean;
  /**
   * Normalises a text and searches it, each of its pre-tokens by itself; false if the text is too long for this
   * searcher.
   */
  search(text: string, ties: Ties, wants: Wants): boolean;
  /** Score of the best path; −∞ if there is none. */
  score(): number;
  /** Where there is no path: the byte offset from which none leads on. */
  stuckAt(): number;
  /** The normalised text in UTF-8. */
  bytes(): Uint8Array;
  /** UTF-16 offset in the text of each byte and of the end. */
  origin(): Int32Array;
  /** UTF-16 offset at which the source of the byte before each offset ends; undefined where `origin` tells that too. */
  originEnd(): Int32Array | undefined;
  /** The pre-tokens; undefined where the text is not cut. */
  preTokens(): PreTokens | undefined;
  /** The edges of the best path. */
  path(): PathEdges;
  /** The text as segmented, if no path is needed to tell. */
  encoding(): Encoding | undefined;
  /** The ids of the best path: runs of unknown characters as one, or as the pieces of their bytes. */
  ids(): Int32Array;
  /** The lattice of a text, in arrays of its own; undefined if the text is too long. */
  lattice(text: string): TextLattice | undefined;
}

/** What a search is for: `ids`; or an `encoding`, if it can be had, else the `path`; or the path. */
export type Wants = "ids" | "encoding" | "path";

/** The edges of a path, in order. */
export interface PathEdges {
  readonly label: Int32Array;
  readonly end: Int32Array;
}

/** Options of the calls that take the best segmentation. */
export interface EncodeOptions {
  /**
   * What happens where two segmentations score alike, to rounding. `sentencepiece` (the default for its models) keeps
   * scores in float32 and so meets its choice on every text; over very long ones its sums lose their last digits.
   * `exact` (the default for models of a tokenizer.json) keeps float64.
   */
  readonly ties?: Ties;
  /** Whether what a tokenizer.json puts around a text goes around it; true if left out. */
  readonly specialTokens?: boolean;
  /**
   * Whether the beginning-of-sentence piece of a SentencePiece or BytePiece model goes before all of it, and the
   * end-of-sentence piece after; false if left out. A tokenizer.json names no such pieces: it has its special tokens.
   */
  readonly bos?: boolean;
  readonly eos?: boolean;
}

const searchers = new WeakMap<Model, Searcher>();

/**
 * Takes a searcher out of use for as long as `run` takes: code of the user's that runs meanwhile gets another.
 */
export function withSearcher<T>(model: Model, text: string, run: (searcher: Searcher) => T): T {
  const searcher = searcherFor(model, text);
  searcher.isTaken = true;
  try {
    return run(searcher);
  } finally {
    searcher.isTaken = false;
  }
}

/** Beyond so many UTF-16 units a text gets a searcher of its own, whose memory can be collected afterwards. */
const LONG = 1 << 21;

/**
 * A searcher for a text of this length: the model's own, or a new one for a text so long that its memory should not be
 * kept.
 */
export function searcherFor(model: Model, text: string): Searcher {
  if (typeof text !== "string")
    throw new LatticeError("argument", `text must be a string, got ${typeof text}`);
  const known = text.length > LONG ? undefined : searchers.get(model);
  if (known?.isTaken === false) return known;
  const searcher =
    (requireModel(model).subword === null ? kernelSearcher(model) : undefined) ?? new PlainSearcher(model);
  if (known === undefined && text.length <= LONG) searchers.set(model, searcher);
  return searcher;
}

/**
 * A searcher that has found the best path of a text.
 *
 * @throws {@link LatticeError} `argument` if `text` is not a string, `model` not a model, or a tie rule not one; `no-path` (at: UTF-16
 * offset) if the model has no unknown piece and does not cover the text.
 */
export function searched(
  model: Model,
  text: string,
  options: EncodeOptions | undefined,
  wants: Wants,
): Searcher {
  const ties = checkedTies(
    options?.ties ?? (requireModel(model).pipeline === null ? "sentencepiece" : "exact"),
  );
  let searcher = searcherFor(model, text);
  if (!searcher.search(text, ties, wants)) {
    searcher = new PlainSearcher(model);
    searcher.search(text, ties, wants);
  }
  if (searcher.score() === -Infinity) {
    const at = searcher.origin()[searcher.stuckAt()]!;
    throw new LatticeError(
      "no-path",
      `the pieces do not cover the text: none leads on from offset ${at}`,
      at,
    );
  }
  return searcher;
}
