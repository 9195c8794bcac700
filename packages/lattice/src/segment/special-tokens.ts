import { LatticeError } from "../lattice-error.ts";
import { type Model, pieceStrings } from "../model/model.ts";
import type { Template, TemplateItem } from "../model/pipeline.ts";
import type { Encoding } from "./emit.ts";
import type { EncodeOptions } from "./searcher.ts";

/** A segmented pair of texts. Offsets are those in the text that a piece comes from. */
export interface PairEncoding extends Encoding {
  /** What tells the parts apart for a model: token type ids. */
  readonly typeIds: Int32Array;
  /** Where each piece comes from: 0 for the first text, 1 for the second, −1 for a special token. */
  readonly texts: Int8Array;
}

/** The texts alone. */
export const PLAIN: Template = {
  single: [{ text: 0, typeId: 0 }],
  pair: [
    { text: 0, typeId: 0 },
    { text: 1, typeId: 1 },
  ],
  trim: null,
};

/** Whether these options leave a text of this model alone. */
export function isPlain(model: Model, options: EncodeOptions | undefined): boolean {
  if (options?.bos === true || options?.eos === true) return false;
  return model.pipeline === null || options?.specialTokens === false;
}

/**
 * What goes around one text, or a pair: the template of a tokenizer.json, and around all of it beginning and end of
 * sentence.
 *
 * @throws {@link LatticeError} `argument` if the model has no such piece.
 */
export function templateFor(
  model: Model,
  texts: "single" | "pair",
  options: EncodeOptions | undefined,
): readonly TemplateItem[] {
  const given = (model.pipeline?.template ?? PLAIN)[texts];
  const items = options?.specialTokens === false ? given.filter((item) => "text" in item) : [...given];
  if (options?.bos === true) items.unshift(sentencePiece(model, "bos", items[0]!.typeId));
  if (options?.eos === true) items.push(sentencePiece(model, "eos", items.at(-1)!.typeId));
  return items;
}

function sentencePiece(model: Model, name: "bos" | "eos", typeId: number): TemplateItem {
  const id = model.special[name];
  if (id < 0)
    throw new LatticeError(
      "argument",
      model.pipeline === null
        ? `the model has no ${name} piece`
        : `a tokenizer.json names no ${name} piece: leave ${name} out, its special tokens go around the text`,
    );
  return { ids: [id], pieces: [pieceStrings(model)[id]!], typeId };
}

/** Puts texts and special tokens together by a template; a special token has the offsets 0, 0. */
export function fillTemplate(
  items: readonly TemplateItem[],
  texts: readonly (Omit<Encoding, "score"> & Partial<Encoding>)[],
): PairEncoding {
  const ids: number[] = [];
  const pieces: string[] = [];
  const offsets: number[] = [];
  const typeIds: number[] = [];
  const from: number[] = [];
  let score = 0;
  for (const item of items) {
    const special = "ids" in item;
    const part = special ? item : texts[item.text]!;
    for (let i = 0; i < part.ids.length; i++) {
      ids.push(part.ids[i]!);
      pieces.push(part.pieces[i]!);
      typeIds.push(item.typeId);
      from.push(special ? -1 : item.text);
      offsets.push(...("offsets" in part ? [part.offsets[2 * i]!, part.offsets[2 * i + 1]!] : [0, 0]));
    }
    if ("score" in part) score += part.score ?? 0;
  }
  return {
    ids: Int32Array.from(ids),
    pieces,
    offsets: Int32Array.from(offsets),
    score,
    typeIds: Int32Array.from(typeIds),
    texts: Int8Array.from(from),
  };
}

/** The ids that a template for one text puts before and after it. */
export function idsAround(items: readonly TemplateItem[]): {
  readonly before: readonly number[];
  readonly after: readonly number[];
} {
  const before: number[] = [];
  const after: number[] = [];
  let side = before;
  for (const item of items) {
    if ("ids" in item) side.push(...item.ids);
    else side = after;
  }
  return { before, after };
}

function isPair(text: string, at: number): boolean {
  return text.codePointAt(at)! > 0xffff;
}

/** White space, and the mark of byte-level models for a space. */
const SPACES = /^[\p{White_Space}Ġ]*/u;
const SPACES_AT_END = /[\p{White_Space}Ġ]*$/u;

/**
 * Offsets in `text` without white space at the ends of pieces, as Hugging Face's `trim_offsets` counts it: a space that
 * was put there takes a character of the text too. As they are, for a model that asks for nothing of this kind.
 */
export function trimmed(model: Model, encoding: Encoding, text: string): Encoding {
  const trim = model.pipeline?.template.trim ?? null;
  if (trim === null) return encoding;
  const offsets = encoding.offsets.slice();
  encoding.pieces.forEach((piece, i) => {
    let begin = offsets[2 * i]!;
    let end = offsets[2 * i + 1]!;
    const leading = SPACES.exec(piece)![0].length;
    const trailing = SPACES_AT_END.exec(piece)![0].length;
    if (leading > 1 || (leading === 1 && !(trim.keepsFirst && (i === 0 || begin === 0))))
      for (let n = 0; n < leading && begin < end; n++) begin += isPair(text, begin) ? 2 : 1;
    for (let n = 0; n < trailing && begin < end; n++) end -= isPair(text, end - 2) ? 2 : 1;
    offsets.set([begin, end], 2 * i);
  });
  return { ...encoding, offsets };
}
