import { BinaryReader, type WireType } from "@bufbuild/protobuf/wire";
import { LatticeError } from "../lattice-error.ts";
import { compileModel, type Model, type Normalizer, type PieceTable, PieceType } from "../model/model.ts";
import { compileBpe } from "./compile-bpe.ts";
import { charsmapFault } from "../text/charsmap-fault.ts";
import { setEdgeScores } from "./edge-scores.ts";
import { MODEL, MODEL_TYPE, NORMALIZER, PIECE, TRAINER } from "./fields.ts";
import { specialIds, USUAL_NAMES } from "./special-ids.ts";

/**
 * Reads a SentencePiece model file (`.model`) of the unigram or BPE type.
 *
 * @param bytes - The file's bytes; they are copied.
 * @throws {@link LatticeError} `format` for bytes that are not a whole, sound model file (at: byte offset or piece id);
 * `unsupported` for a model type other than these, or rules that are only there in source form; `argument` if `bytes`
 * is not a Uint8Array.
 * @remarks The format is `sentencepiece_model.proto` of google/sentencepiece; fields that do not bear on
 * segmentation are skipped.
 */
export function readSentencePiece(bytes: Uint8Array): Model {
  if (!ArrayBuffer.isView(bytes) || bytes[Symbol.toStringTag] !== "Uint8Array")
    throw new LatticeError("argument", "bytes must be a Uint8Array");
  // Of a plain Uint8Array a slice is a copy; of a Node Buffer it would be a view.
  const file = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  const reader = new BinaryReader(file);
  const pieces = new PieceReader(reader, file);
  const trainer = {
    type: MODEL_TYPE.unigram as number,
    byteFallback: false,
    spaceAsSuffix: false,
    unkSurface: " \u2047 ",
  };
  const names = { ...USUAL_NAMES };
  const readTrainer = (tag: number): boolean => {
    if (tag === TRAINER.modelType) trainer.type = reader.int32();
    else if (tag === TRAINER.treatWhitespaceAsSuffix) trainer.spaceAsSuffix = reader.bool();
    else if (tag === TRAINER.byteFallback) trainer.byteFallback = reader.bool();
    else if (tag === TRAINER.unkSurface) trainer.unkSurface = reader.string();
    else if (tag === TRAINER.bosPiece) names.bos = reader.string();
    else if (tag === TRAINER.eosPiece) names.eos = reader.string();
    else if (tag === TRAINER.padPiece) names.pad = reader.string();
    else return false;
    return true;
  };
  const normalizer = normalizerReader(reader);
  const denormalizer = normalizerReader(reader);
  readFields(reader, file.length, (tag) => {
    if (tag === MODEL.pieces) pieces.read();
    else if (tag === MODEL.trainerSpec) readMessage(reader, readTrainer);
    else if (tag === MODEL.normalizerSpec) normalizer.read();
    else if (tag === MODEL.denormalizerSpec) denormalizer.read();
    else return false;
    return true;
  });

  const table = pieces.table();
  if (table.score.length === 0)
    throw new LatticeError(
      "format",
      "no pieces in the file: it is not a SentencePiece model, or it is empty",
    );
  if (trainer.type !== MODEL_TYPE.unigram && trainer.type !== MODEL_TYPE.bpe)
    throw new LatticeError(
      "unsupported",
      `model type ${MODEL_TYPES[trainer.type] ?? trainer.type} is neither unigram nor BPE`,
    );
  const undo = denormalizer.spec(file, trainer.spaceAsSuffix);
  const rest = {
    byteFallback: trainer.byteFallback,
    normalizer: normalizer.spec(file, trainer.spaceAsSuffix),
    denormalizer: undo.rules.length === 0 ? null : { ...undo, kept: new Int32Array(0) },
    unkSurface: trainer.unkSurface,
  };
  const model = trainer.type === MODEL_TYPE.bpe ? compileBpe(table, rest) : compileUnigram(table, rest);
  return { ...model, special: specialIds(model, names) };
}

function compileUnigram(table: PieceTable, rest: Parameters<typeof compileModel>[1]): Model {
  setEdgeScores(table);
  return compileModel(table, rest);
}

/** Reads a NormalizerSpec. */
function normalizerReader(reader: BinaryReader): {
  read(): void;
  spec(file: Uint8Array, spaceAsSuffix: boolean): Omit<Normalizer, "kept">;
} {
  const flags = { addDummyPrefix: true, removeExtraSpaces: true, escapeSpaces: true };
  let charsmap: Uint8Array = new Uint8Array(0);
  let ruleSource: Uint8Array = charsmap;
  const readField = (tag: number): boolean => {
    if (tag === NORMALIZER.precompiledCharsmap) charsmap = reader.bytes();
    else if (tag === NORMALIZER.addDummyPrefix) flags.addDummyPrefix = reader.bool();
    else if (tag === NORMALIZER.removeExtraWhitespaces) flags.removeExtraSpaces = reader.bool();
    else if (tag === NORMALIZER.escapeWhitespaces) flags.escapeSpaces = reader.bool();
    else if (tag === NORMALIZER.normalizationRuleTsv) ruleSource = reader.bytes();
    else return false;
    return true;
  };
  return {
    read: () => readMessage(reader, readField),
    spec: (file, spaceAsSuffix) => {
      if (ruleSource.length > 0 && charsmap.length === 0)
        throw new LatticeError(
          "unsupported",
          "the rewriting rules are in the file as text only, not compiled",
        );
      return { ...readCharsmap(charsmap, charsmap.byteOffset - file.byteOffset), ...flags, spaceAsSuffix };
    },
  };
}

const MODEL_TYPES: Readonly<Record<number, string>> = { 1: "unigram", 2: "BPE", 3: "word", 4: "char" };

/** Reads the fields of a message that ends at `end`. `read` returns false for a field that it leaves to be skipped. */
function readFields(reader: BinaryReader, end: number, read: (tag: number) => boolean): void {
  while (reader.pos < end) {
    const at = reader.pos;
    try {
      const tag = reader.uint32();
      if (!read(tag)) {
        if (tag >>> 3 === 0) throw new Error("there is no field 0");
        reader.skip((tag & 7) as WireType, tag >>> 3);
      }
      if (reader.pos > end) throw new Error("a field reaches beyond its message");
    } catch (error) {
      if (error instanceof LatticeError) throw error;
      throw new LatticeError("format", `damaged at byte ${at}: ${(error as Error).message}`, at);
    }
  }
}

function readMessage(reader: BinaryReader, read: (tag: number) => boolean): void {
  const end = reader.uint32() + reader.pos;
  if (end > reader.len) throw new RangeError(`a message claims to end at byte ${end} of ${reader.len}`);
  readFields(reader, end, read);
}

/** Collects pieces in columns: a vocabulary has too many for an object each. */
class PieceReader {
  private readonly reader: BinaryReader;
  private readonly file: Uint8Array;
  private count = 0;
  private readonly bytes: Uint8Array;
  // No piece takes less than two bytes of the file. Room that is not written to costs nothing.
  private readonly start: Int32Array;
  private readonly score: Float64Array;
  private readonly type: Uint8Array;

  constructor(reader: BinaryReader, file: Uint8Array) {
    const most = file.length >> 1;
    this.reader = reader;
    this.file = file;
    this.bytes = new Uint8Array(file.length);
    this.start = new Int32Array(most + 1);
    this.score = new Float64Array(most);
    this.type = new Uint8Array(most);
  }

  /** Reads the piece whose tag was just read, and those that follow it in the usual form. */
  read(): void {
    const { reader, count, bytes } = this;
    let top = this.start[count]!;
    let score = 0;
    let type: number = PieceType.normal;
    readMessage(reader, (tag) => {
      if (tag === PIECE.piece) {
        const name = reader.bytes();
        top = this.start[count]! + name.length;
        bytes.set(name, this.start[count]);
      } else if (tag === PIECE.score) score = reader.float();
      else if (tag === PIECE.type) type = reader.int32();
      else return false;
      return true;
    });
    if (type < PieceType.normal || type > PieceType.byte)
      throw new LatticeError("format", `piece ${count} is of the unknown type ${type}`, count);
    this.start[count + 1] = top;
    this.score[count] = score;
    this.type[count] = type;
    this.count++;
    reader.pos = this.readUsual(reader.pos);
  }

  /**
   * Reads pieces as long as they have the form that SentencePiece writes: a name, a score and perhaps a type, with
   * lengths of one byte. Returns where it stopped. Nearly all pieces are read here, by one function that is soon compiled.
   */
  private readUsual(from: number): number {
    const { file, bytes, start, score, type } = this;
    const numbers = new DataView(file.buffer, file.byteOffset, file.length);
    let count = this.count;
    let top = start[count]!;
    let pos = from;
    // The longest piece of this form takes 138 bytes.
    while (pos + 138 <= file.length && file[pos] === MODEL.pieces && file[pos + 2] === PIECE.piece) {
      const stop = pos + 2 + file[pos + 1]!;
      const nameStop = pos + 4 + file[pos + 3]!;
      const scoreStop = nameStop + 5;
      const typed = scoreStop + 2 === stop;
      if (file[pos + 1]! > 127 || file[nameStop] !== PIECE.score || (!typed && scoreStop !== stop)) break;
      const given = typed ? file[scoreStop + 1]! : PieceType.normal;
      if (typed && (file[scoreStop] !== PIECE.type || given < PieceType.normal || given > PieceType.byte))
        break;
      for (let at = pos + 4; at < nameStop; at++) bytes[top++] = file[at]!;
      score[count] = numbers.getFloat32(nameStop + 1, true);
      type[count] = given;
      start[++count] = top;
      pos = stop;
    }
    this.count = count;
    return pos;
  }

  table(): PieceTable {
    const { count, bytes, start, score, type } = this;
    return {
      bytes: bytes.slice(0, start[count]),
      start: start.slice(0, count + 1),
      score: score.slice(0, count),
      type: type.slice(0, count),
    };
  }
}

/**
 * Takes a compiled character map apart: the length of a Darts double array in bytes (uint32, little-endian), the
 * array, and NUL-ended strings that its values point into. `at` is its place in the file. Engines are little-endian too.
 */
export function readCharsmap(blob: Uint8Array, at: number): Pick<Normalizer, "rules" | "replacements"> {
  if (blob.length === 0) return { rules: new Uint32Array(0), replacements: new Uint8Array(0) };
  const view = new DataView(blob.buffer, blob.byteOffset, blob.length);
  const size = blob.length < 4 ? 0 : view.getUint32(0, true);
  if (size === 0 || size % 4 !== 0 || size > blob.length - 4)
    throw new LatticeError("format", `the character map claims ${size} bytes of ${blob.length}`, at);
  const rules = new Uint32Array(blob.slice(4, 4 + size).buffer);
  const replacements = blob.slice(4 + size);
  const fault = charsmapFault({ rules, replacements });
  if (fault !== undefined) throw new LatticeError("format", fault, at);
  return { rules, replacements };
}
