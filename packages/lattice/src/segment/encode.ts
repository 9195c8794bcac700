import { LatticeError } from "../lattice-error.ts";
import { type Model, requireModel } from "../model/model.ts";
import { part } from "../model/parts.ts";
import { Emitter, type Encoding } from "./emit.ts";
import { type EncodeOptions, searched } from "./searcher.ts";
import {
  fillTemplate,
  idsAround,
  isPlain,
  type PairEncoding,
  templateFor,
  trimmed,
} from "./special-tokens.ts";

/**
 * Segments a text: the best path of its lattice, and around it the special tokens that a tokenizer.json asks for.
 *
 * @throws {@link LatticeError} `argument` if `text` is not a string, or for `bos` or `eos` of a model without; `no-path` (at: offset) if the model has no unknown
 * piece and does not cover the text.
 * @remarks O(text · longest piece). A lone surrogate is read as U+FFFD.
 */
export function encode(model: Model, text: string, options?: EncodeOptions): Encoding {
  const encoding = trimmed(model, segmented(model, text, options), text);
  if (isPlain(model, options)) return encoding;
  const { ids, pieces, offsets, score } = fillTemplate(templateFor(model, "single", options), [encoding]);
  return { ids, pieces, offsets, score };
}

/**
 * Segments a pair of texts, such as a question and a passage, and puts them together as a tokenizer.json asks; without
 * one, one after the other.
 *
 * @throws {@link LatticeError} as {@link encode}.
 */
export function encodePair(
  model: Model,
  first: string,
  second: string,
  options?: EncodeOptions,
): PairEncoding {
  const texts = [first, second].map((text) => trimmed(model, segmented(model, text, options), text));
  return fillTemplate(templateFor(model, "pair", options), texts);
}

/** A text's pieces alone, with offsets that are not trimmed. */
export function segmented(model: Model, text: string, options: EncodeOptions | undefined): Encoding {
  const found = searched(model, text, options, "encoding");
  const quick = found.encoding();
  if (quick !== undefined) return quick;
  const { label, end } = found.path();
  const emitter = new Emitter(model, {
    bytes: found.bytes(),
    origin: found.origin(),
    originEnd: found.originEnd(),
    preTokens: found.preTokens(),
  });
  for (let i = 0, start = 0; i < end.length; i++) {
    emitter.add(label[i]!, start, end[i]!);
    start = end[i]!;
  }
  return emitter.finish(found.score());
}

/**
 * The ids of a text alone, for throughput: those of {@link encode}.
 *
 * @throws {@link LatticeError} as {@link encode}.
 * @remarks Words that came before cost a look-up, where no piece goes beyond a word; the rest O(text · longest piece).
 */
export function encodeIds(model: Model, text: string, options?: EncodeOptions): Int32Array {
  const ids = idsOf(model, text, options);
  const { before, after } = specialIds(model, options);
  if (before.length + after.length === 0) return ids.slice();
  const all = new Int32Array(before.length + ids.length + after.length);
  all.set(before);
  all.set(ids, before.length);
  all.set(after, before.length + ids.length);
  return all;
}

/**
 * How many ids {@link encodeIds} gives, without making an array of them.
 *
 * @throws {@link LatticeError} as {@link encode}.
 */
export function countTokens(model: Model, text: string, options?: EncodeOptions): number {
  const { before, after } = specialIds(model, options);
  return before.length + idsOf(model, text, options).length + after.length;
}

/** The ids of a text alone, which hold until the next call. */
function idsOf(model: Model, text: string, options: EncodeOptions | undefined): Int32Array {
  const ids = requireModel(model).pipeline === null ? undefined : part("pipelineIds")(model, text, options);
  return ids ?? searched(model, text, options, "ids").ids();
}

/** The ids that go before and after a text. */
function specialIds(model: Model, options: EncodeOptions | undefined): ReturnType<typeof idsAround> {
  requireModel(model);
  return isPlain(model, options) ? NOTHING_AROUND : idsAround(templateFor(model, "single", options));
}

const NOTHING_AROUND = { before: [], after: [] };

/** The ids of many texts, end to end: those of text i are `ids[rowStart[i]]` … `ids[rowStart[i + 1] − 1]`. */
export interface EncodingBatch {
  readonly ids: Int32Array;
  readonly rowStart: Int32Array;
}

/**
 * The ids of many texts in one array, each as {@link encode} gives them.
 *
 * @throws {@link LatticeError} `argument` (at: index) if a text is not a string; `no-path` as {@link encode}.
 */
export function encodeBatch(model: Model, texts: readonly string[], options?: EncodeOptions): EncodingBatch {
  if (!Array.isArray(texts)) throw new LatticeError("argument", "texts must be an array of strings");
  const rowStart = new Int32Array(texts.length + 1);
  let ids = new Int32Array(1 << 12);
  let count = 0;
  const { before, after } = specialIds(model, options);
  const append = (more: ArrayLike<number>): void => {
    if (count + more.length > ids.length) {
      const larger = new Int32Array(Math.max(2 * ids.length, count + more.length));
      larger.set(ids);
      ids = larger;
    }
    ids.set(more, count);
    count += more.length;
  };
  // Not forEach, which would pass over a hole.
  for (const [i, text] of texts.entries()) {
    if (typeof text !== "string") throw new LatticeError("argument", `text ${i} is not a string`, i);
    append(before);
    append(idsOf(model, text, options));
    append(after);
    rowStart[i + 1] = count;
  }
  return { ids: ids.slice(0, count), rowStart };
}
