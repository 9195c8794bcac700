import { AS_IT_IS, columnOf } from "../huggingface/assemble-model.ts";
import { JsonField } from "../huggingface/json-field.ts";
import { parsedJson } from "../huggingface/parsed-json.ts";
import { LatticeError } from "../lattice-error.ts";
import { compileModel, type Model, PieceType } from "../model/model.ts";
import type { Pipeline } from "../model/pipeline.ts";
import { nameOfBytes } from "../pipeline/byte-names.ts";
import { PLAIN } from "../segment/special-tokens.ts";
import { enableBytePiece } from "./enable.ts";

/**
 * Reads a BytePiece model: unigram over bytes, where a piece may begin or end inside a character. A piece of frequency
 * f scores log f − log Σ f. A text is brought into NFC and cut after each run of line feeds, as the library cuts it; of
 * segmentations that score alike, the one whose last pieces are longer is taken.
 *
 * The pieces' names are their characters, and `<0xAB>` for a byte that is part of none. Offsets of an edge inside a
 * character are those of the character. Ids 0, 1 and 2 are `<pad>`, `<bos>` and `<eos>`, which no text contains,
 * the calls that encode put around one if asked for `bos` and `eos`, and decoding leaves out, as it does bytes that are no part of a character.
 *
 * @param source - The file's text or bytes, or what `JSON.parse` made of it: from each piece in base64 to its id, how it
 * is shown, which is not looked at, and its frequency. Nothing of it is kept.
 * @throws {@link LatticeError} `format`, with the entry, for what is not such a file: ids that are not 3, 4, … without a
 * gap, a frequency that is not positive, bytes that are no piece; `argument` if `source` is none of the three.
 * @remarks The format and the rules are those of bojone/bytepiece 0.6.3.
 */
export function readBytePiece(source: Uint8Array | string | object): Model {
  const { keys, frequencies } = entriesOf(new JsonField(parsedJson(source)));
  const total = frequencies.reduce((sum, frequency) => sum + frequency, 0);
  if (!Number.isFinite(total)) throw new LatticeError("format", "the frequencies add up to no finite number");
  requireBytes(keys);
  enableBytePiece();

  const start = new Int32Array(SPECIAL.length + keys.length + 1);
  keys.forEach(({ length }, i) => (start[SPECIAL.length + i + 1] = start[SPECIAL.length + i]! + length));
  const bytes = new Uint8Array(start.at(-1)!);
  keys.forEach((key, i) => bytes.set(key, start[SPECIAL.length + i]));
  const names = columnOf([...SPECIAL, ...keys.map(nameOfBytes)]);
  const type = new Uint8Array(SPECIAL.length + keys.length).fill(PieceType.normal);
  type.fill(PieceType.control, 0, SPECIAL.length);
  const score = new Float64Array(type.length);
  const logTotal = Math.log(total);
  frequencies.forEach((frequency, i) => (score[SPECIAL.length + i] = Math.log(frequency) - logTotal));
  const model = compileModel(
    { ...names, score, type },
    {
      keys: { bytes, start },
      byteFallback: false,
      normalizer: AS_IT_IS,
      denormalizer: null,
      unkSurface: "",
    },
  );
  return { ...model, byteLevel: true, pipeline: PIPELINE, special: { bos: 1, eos: 2, pad: 0 } };
}

/** The pieces that stand for no text, by id. */
const SPECIAL = ["<pad>", "<bos>", "<eos>"];

const PIPELINE: Pipeline = {
  added: [],
  normalizers: [{ type: "unicode", form: "NFC" }],
  splitters: [{ type: "split", pattern: "\\n+", invert: false, behavior: "MergedWithPrevious" }],
  template: PLAIN,
  decoders: [{ type: "byteNames" }],
  truncation: null,
  padding: null,
};

/** The pieces and their frequencies in the order of their ids. */
function entriesOf(document: JsonField): {
  readonly keys: readonly Uint8Array[];
  readonly frequencies: readonly number[];
} {
  const { value } = document;
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw document.fault("an object");
  const entries = Object.entries(value) as [string, unknown][];
  const keys: Uint8Array[] = Array.from({ length: entries.length });
  const frequencies: number[] = Array.from({ length: entries.length });
  const limit = SPECIAL.length + entries.length;
  for (const [base64, entry] of entries) {
    // A field for each piece would take longer than the rest of reading: one is made for the fault that it names.
    const place = (): string => JSON.stringify(base64.length > 60 ? `${base64.slice(0, 60)}…` : base64);
    if (!Array.isArray(entry) || entry.length !== 3 || typeof entry[1] !== "string")
      throw new JsonField(entry, place()).fault("an id, a text and a frequency");
    const [id, , frequency] = entry as [unknown, string, unknown];
    const index = Number.isInteger(id) ? (id as number) : -1;
    if (index < SPECIAL.length || index >= limit || keys[index - SPECIAL.length] !== undefined)
      throw new JsonField(id, `${place()}[0]`).fault(
        `an id of its own from ${SPECIAL.length} to ${limit - 1}`,
      );
    if (typeof frequency !== "number" || !(frequency > 0 && frequency < Infinity))
      throw new JsonField(frequency, `${place()}[2]`).fault("a positive number");
    const key = bytesOf(base64);
    if (key === undefined) throw new LatticeError("format", `the name ${place()} is not a piece in base64`);
    keys[index - SPECIAL.length] = key;
    frequencies[index - SPECIAL.length] = frequency;
  }
  return { keys, frequencies };
}

/** What a name stands for; undefined for none. Of two spellings of one piece only the canonical one is taken. */
function bytesOf(base64: string): Uint8Array | undefined {
  try {
    const binary = atob(base64);
    if (binary === "" || btoa(binary) !== base64) return undefined;
    return Uint8Array.from(binary, (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}

/** Without all bytes there would be texts without a segmentation. */
function requireBytes(keys: readonly Uint8Array[]): void {
  const missing = new Set(Array.from({ length: 256 }, (_, byte) => byte));
  for (const key of keys) if (key.length === 1) missing.delete(key[0]!);
  const [first] = missing;
  if (first !== undefined)
    throw new LatticeError(
      "format",
      `${missing.size} of the 256 bytes are no pieces, the first of them ${first}`,
    );
}
