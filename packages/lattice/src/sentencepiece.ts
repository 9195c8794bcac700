import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import { LatticeError } from "./lattice-error.ts";
import { compileModel, type Model, type Normalizer, type PieceEntry, PieceType } from "./model/model.ts";

/**
 * Reads a SentencePiece model file (`.model`) of the unigram type.
 *
 * @param file - The file's bytes.
 * @throws {@link LatticeError} `format` for bytes that are not a whole, sound model file (at: byte offset or piece id);
 * `unsupported` for a model type other than unigram, or rules that are only there in source form; `argument` if `file`
 * is not a Uint8Array.
 * @remarks The format is `sentencepiece_model.proto` of google/sentencepiece; fields that do not bear on
 * segmentation are skipped.
 */
export function readSentencePiece(file: Uint8Array): Model {
  if (!(file instanceof Uint8Array)) throw new LatticeError("argument", "file must be a Uint8Array");
  const pieces: PieceEntry[] = [];
  const trainer = { type: 1, byteFallback: false, spaceAsSuffix: false };
  const rules = {
    charsmap: new Uint8Array(0) as Uint8Array,
    addDummyPrefix: true,
    removeExtraSpaces: true,
    escapeSpaces: true,
  };
  let ruleSource = false;
  const read = (message: Uint8Array, fields: Fields): void => readFields(message, file.byteOffset, fields);
  read(file, {
    1: [WireType.LengthDelimited, (field) => pieces.push(readPiece(field.bytes(), pieces.length, read))],
    2: [
      WireType.LengthDelimited,
      (field) =>
        read(field.bytes(), {
          3: [WireType.Varint, (inner) => (trainer.type = inner.int32())],
          24: [WireType.Varint, (inner) => (trainer.spaceAsSuffix = inner.bool())],
          35: [WireType.Varint, (inner) => (trainer.byteFallback = inner.bool())],
        }),
    ],
    3: [
      WireType.LengthDelimited,
      (field) =>
        read(field.bytes(), {
          2: [WireType.LengthDelimited, (inner) => (rules.charsmap = inner.bytes())],
          3: [WireType.Varint, (inner) => (rules.addDummyPrefix = inner.bool())],
          4: [WireType.Varint, (inner) => (rules.removeExtraSpaces = inner.bool())],
          5: [WireType.Varint, (inner) => (rules.escapeSpaces = inner.bool())],
          6: [WireType.LengthDelimited, (inner) => (ruleSource = inner.bytes().length > 0)],
        }),
    ],
  });
  if (pieces.length === 0)
    throw new LatticeError(
      "format",
      "no pieces in the file: it is not a SentencePiece model, or it is empty",
    );
  if (trainer.type !== 1)
    throw new LatticeError(
      "unsupported",
      `model type ${MODEL_TYPES[trainer.type] ?? trainer.type} is not unigram`,
    );
  if (ruleSource && rules.charsmap.length === 0)
    throw new LatticeError("unsupported", "the rewriting rules are in the file as text only, not compiled");
  return compileModel(scored(pieces), trainer.byteFallback, {
    ...readCharsmap(rules.charsmap, rules.charsmap.byteOffset - file.byteOffset),
    addDummyPrefix: rules.addDummyPrefix,
    removeExtraSpaces: rules.removeExtraSpaces,
    escapeSpaces: rules.escapeSpaces,
    spaceAsSuffix: trainer.spaceAsSuffix,
  });
}

const MODEL_TYPES: Readonly<Record<number, string>> = { 1: "unigram", 2: "BPE", 3: "word", 4: "char" };

function readPiece(
  message: Uint8Array,
  id: number,
  read: (message: Uint8Array, fields: Fields) => void,
): PieceEntry {
  let bytes: Uint8Array = new Uint8Array(0);
  let score = 0;
  let type: number = PieceType.normal;
  read(message, {
    1: [WireType.LengthDelimited, (field) => (bytes = field.bytes())],
    2: [WireType.Bit32, (field) => (score = field.float())],
    3: [WireType.Varint, (field) => (type = field.int32())],
  });
  if (type < PieceType.normal || type > PieceType.byte)
    throw new LatticeError("format", `piece ${id} is of the unknown type ${type}`, id);
  return { bytes, score, type };
}

/** What an unknown character costs beyond the lowest score of a normal piece, in nats. */
const UNKNOWN_PENALTY = 10;

/**
 * The pieces with the scores that their edges have, as SentencePiece sets them: an unknown character scores 10 below
 * the worst normal piece, a user-defined symbol its length in bytes times the best score (but at least 0), less 0.1.
 */
function scored(pieces: readonly PieceEntry[]): PieceEntry[] {
  let lowest = Infinity;
  let highest = 0;
  for (const { score, type } of pieces)
    if (type === PieceType.normal) {
      if (score < lowest) lowest = score;
      if (score > highest) highest = score;
    }
  if (!pieces.some(({ type }) => type === PieceType.unknown))
    throw new LatticeError("format", "the model has no unknown piece");
  // In float32 as there, since the choice between equal paths depends on it.
  const unknown = Math.fround((lowest === Infinity ? 0 : lowest) - UNKNOWN_PENALTY);
  return pieces.map((piece) => {
    if (piece.type === PieceType.unknown) return { ...piece, score: unknown };
    if (piece.type === PieceType.userDefined)
      return { ...piece, score: Math.fround(piece.bytes.length * highest) - 0.1 };
    return piece;
  });
}

/** What to do with each field number that matters: the wire type it must have, and how to read it. */
type Fields = Readonly<Record<number, readonly [WireType, (reader: BinaryReader) => unknown]>>;

/** Reads one message, a part of the file whose first byte is at `base` of its buffer; other fields are skipped. */
function readFields(message: Uint8Array, base: number, fields: Fields): void {
  const reader = new BinaryReader(message);
  while (reader.pos < message.length) {
    const at = message.byteOffset + reader.pos - base;
    try {
      const [number, wireType] = reader.tag();
      const field = fields[number];
      if (field === undefined) reader.skip(wireType, number);
      else if (field[0] === wireType) field[1](reader);
      else throw new Error(`field ${number} has wire type ${wireType}`);
    } catch (error) {
      if (error instanceof LatticeError) throw error;
      throw new LatticeError("format", `damaged at byte ${at}: ${(error as Error).message}`, at);
    }
  }
}

/**
 * Takes a compiled character map apart: the length of a Darts double array in bytes (uint32, little-endian), the
 * array, and NUL-ended strings that its values point into. `at` is its place in the file.
 */
function readCharsmap(blob: Uint8Array, at: number): Pick<Normalizer, "rules" | "replacements"> {
  if (blob.length === 0) return { rules: new Uint32Array(0), replacements: new Uint8Array(0) };
  const view = new DataView(blob.buffer, blob.byteOffset, blob.length);
  const size = blob.length < 4 ? 0 : view.getUint32(0, true);
  if (size === 0 || size % 4 !== 0 || size > blob.length - 4)
    throw new LatticeError("format", `the character map claims ${size} bytes of ${blob.length}`, at);
  const rules = new Uint32Array(size / 4);
  for (let i = 0; i < rules.length; i++) rules[i] = view.getUint32(4 + 4 * i, true);
  const replacements = blob.slice(4 + size);
  if (replacements.length > 0 && replacements.at(-1) !== 0)
    throw new LatticeError("format", "the last string of the character map has no end", at);
  // A unit with bit 31 set is a value; no other is read as one.
  for (let i = 0; i < rules.length; i++)
    if (rules[i]! >= 0x80000000 && rules[i]! - 0x80000000 >= replacements.length)
      throw new LatticeError("format", `rule ${i} of the character map points beyond its strings`, at);
  return { rules, replacements };
}
