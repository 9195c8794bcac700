import { LatticeError } from "../lattice-error.ts";
import { type Model, requireModel } from "../model/model.ts";
import type { TemplateItem } from "../model/pipeline.ts";
import { encodeIds } from "../segment/encode.ts";
import { columnsOf, type IdPadding, type PaddingOptions, paddingOf } from "./padding.ts";
import { type TextOrPair, textsOf } from "./text-or-pair.ts";
import { rowPlans, type TruncationOptions } from "./truncation.ts";

/** How texts become rows of one length. What is left out is as a tokenizer.json has it, or else as told here. */
export interface ModelInputsOptions extends TruncationOptions, PaddingOptions {
  /** Whether what is cut goes into rows of its own, after that of its text; false if not told. */
  readonly overflow?: boolean;
}

/** What a model is fed: arrays of `dims[0]` rows of `dims[1]` numbers each, end to end. */
export interface ModelInputs {
  readonly input_ids: BigInt64Array<ArrayBuffer>;
  /** 1 where there is an id of a text or a special token, 0 where there is padding. */
  readonly attention_mask: BigInt64Array<ArrayBuffer>;
  /** What tells the parts of a pair apart, for models that take it. */
  readonly token_type_ids: BigInt64Array<ArrayBuffer>;
  readonly dims: [rows: number, columns: number];
  /** The index of the text that each row is of. */
  readonly sources: Int32Array;
  /** How many pieces of each text (both, of a pair) are in no row. */
  readonly cut: Int32Array;
}

/**
 * Encodes texts, or pairs of texts, as transformers and ONNX models take them: cut, with special tokens, and padded to rows
 * of one length. Row for row the ids are those of `encodeTruncated`, which tells pieces and offsets too.
 *
 * @throws {@link LatticeError} `argument` (at: index of the text) for one that is neither a string nor a pair of strings, or
 * that the strategy cannot cut enough, or for a row that needs padding where nobody tells its id, or is longer than `padTo`;
 * `argument` for options out of their range; else as `encode`.
 * @remarks As Hugging Face's `tokenizers` with truncation and padding.
 */
export function modelInputs(
  model: Model,
  texts: readonly TextOrPair[],
  options?: ModelInputsOptions,
): ModelInputs {
  requireModel(model);
  if (!Array.isArray(texts))
    throw new LatticeError("argument", "texts must be an array of strings or of pairs of strings");
  const padding = paddingOf(model, options);
  const planOf = rowPlans(model, options, options?.overflow === true);
  const rows: Row[] = [];
  const cut = new Int32Array(texts.length);
  // Not forEach, which would pass over a hole.
  for (const [source, given] of (texts as readonly TextOrPair[]).entries()) {
    const own = textsOf(given, source);
    const { template, special, rows: windowsOf } = planOf(own.length === 1 ? "single" : "pair");
    const ids = own.map((text) => encodeIds(model, text, { ...options, ...BARE }));
    const found = windowsOf(
      ids.map(({ length }) => length),
      source,
    );
    for (const windows of found) {
      const parts = windows.map(([begin, end], i) => ids[i]!.subarray(begin, end));
      rows.push({ source, template, parts, length: parts.reduce((sum, part) => sum + part.length, special) });
    }
    if (options?.overflow !== true)
      cut[source] = ids.reduce((sum, { length }) => sum + length, special) - rows.at(-1)!.length;
  }
  return filled(rows, padding, cut);
}

/** Without anything around a text. */
const BARE = { specialTokens: false, bos: false, eos: false };

interface Row {
  readonly source: number;
  readonly template: readonly TemplateItem[];
  /** The ids of its texts. */
  readonly parts: readonly Int32Array[];
  readonly length: number;
}

function filled(rows: readonly Row[], padding: IdPadding, cut: Int32Array): ModelInputs {
  const sources = Int32Array.from(rows, ({ source }) => source);
  const columns = columnsOf(
    padding,
    rows.map(({ length }) => length),
    sources,
  );
  const [input_ids, attention_mask, token_type_ids] = [0, 1, 2].map(
    () => new BigInt64Array(rows.length * columns),
  ) as [BigInt64Array<ArrayBuffer>, BigInt64Array<ArrayBuffer>, BigInt64Array<ArrayBuffer>];
  const ids = lowHalves(input_ids);
  const mask = lowHalves(attention_mask);
  const types = lowHalves(token_type_ids);
  rows.forEach(({ template, parts, length }, i) => {
    let at = i * columns;
    const pad = (): void => {
      for (let n = length; n < columns; n++, at++) {
        ids[2 * at] = padding.id;
        types[2 * at] = padding.typeId;
      }
    };
    if (padding.side === "left") pad();
    for (const item of template)
      for (const id of "ids" in item ? item.ids : parts[item.text]!) {
        ids[2 * at] = id;
        mask[2 * at] = 1;
        types[2 * at++] = item.typeId;
      }
    if (padding.side === "right") pad();
  });
  return { input_ids, attention_mask, token_type_ids, dims: [rows.length, columns], sources, cut };
}

/** The lower 32 bits of each number, at even places: engines are little-endian, and numbers here are not negative. */
function lowHalves({ buffer }: BigInt64Array<ArrayBuffer>): Int32Array {
  return new Int32Array(buffer);
}
