import { LatticeError } from "../lattice-error.ts";
import { type Model, PieceType, pieceStrings, requireModel } from "../model/model.ts";
import type { Pipeline } from "../model/pipeline.ts";
import { part } from "../model/parts.ts";
import { normalizeWith } from "../text/normalize.ts";
import { INCOMPLETE, validLength } from "../text/valid-length.ts";

/** Options of {@link decode}. */
export interface DecodeOptions {
  /** Whether special tokens are shown by their names; false if left out. */
  readonly specialTokens?: boolean;
}

/**
 * The text of some ids: pieces put together, marks turned back into spaces, bytes into characters, control pieces left
 * out, and the unknown piece shown as the model shows it. Normalisation is not undone, except by a denormaliser that
 * the model may carry.
 *
 * @throws {@link LatticeError} `argument` (at: index) for an id that the model does not have.
 * @remarks As SentencePiece decodes: a byte that is no part of a valid character becomes U+FFFD, each by itself.
 */
export function decode(model: Model, ids: ArrayLike<number>, options?: DecodeOptions): string {
  const specialTokens = options?.specialTokens ?? false;
  if (typeof ids !== "object" || ids === null || !Number.isInteger(ids.length))
    throw new LatticeError("argument", "ids must be an array of numbers");
  requireModel(model);
  if (model.pipeline !== null) return decodeBySteps(model, model.pipeline, ids, specialTokens);
  const decoder = new PieceDecoder(model, specialTokens);
  let text = "";
  for (let i = 0; i < ids.length; i++) text += decoder.push(checkedId(model, ids[i]!, i));
  text += decoder.end();
  return model.denormalizer === null ? text : normalizeWith(model.denormalizer, text);
}

/** The steps of a tokenizer.json, in place of what SentencePiece does. */
function decodeBySteps(
  model: Model,
  pipeline: Pipeline,
  ids: ArrayLike<number>,
  specialTokens: boolean,
): string {
  const { decoders } = pipeline;
  const shownAs = pieceNamer(model, pipeline, specialTokens);
  let pieces: readonly string[] = Array.from(ids, (id, i) => shownAs(checkedId(model, id, i))).filter(
    (piece) => piece !== undefined,
  );
  if (decoders === null) return pieces.join(" ");
  for (const step of decoders) pieces = part("decodeStep")(step, pieces);
  return pieces.join("");
}

/** Decodes ids as they come. */
export interface DecodeStream {
  /** The text that this id settles; "" while a character is still incomplete. */
  push(id: number): string;
  /** What is left of an incomplete character. The stream then begins anew. */
  end(): string;
}

/**
 * A decoder for ids that come one by one, whose pieces of text add up to {@link decode}'s.
 *
 * @throws {@link LatticeError} `unsupported` for a model with a denormaliser, whose rules need the whole text, and for
 * one of a tokenizer.json with a step that does;
 * `argument` (at: index) when pushing an id that the model does not have.
 */
export function decodeStream(model: Model): DecodeStream {
  if (requireModel(model).denormalizer !== null)
    throw new LatticeError("unsupported", "the model's denormaliser needs the whole text: use decode");
  if (model.pipeline !== null) return decodeStreamBySteps(model, model.pipeline);
  const decoder = new PieceDecoder(model, false);
  let count = 0;
  return {
    push: (id) => decoder.push(checkedId(model, id, count++)),
    end: () => {
      count = 0;
      return decoder.end();
    },
  };
}

function decodeStreamBySteps(model: Model, pipeline: Pipeline): DecodeStream {
  const stages = part("decodeStages")(pipeline.decoders);
  const shownAs = pieceNamer(model, pipeline, false);
  let count = 0;
  return {
    push(id) {
      const piece = shownAs(checkedId(model, id, count++));
      return piece === undefined ? "" : stages.push(piece).join("");
    },
    end() {
      count = 0;
      return stages.end().join("");
    },
  };
}

/** What a piece is to the steps of decoding; undefined for a special token that is not to be shown. */
function pieceNamer(
  model: Model,
  { added }: Pipeline,
  specialTokens: boolean,
): (id: number) => string | undefined {
  const names = pieceStrings(model);
  const shown = new Map(added.map(({ id, pattern }) => [id, pattern]));
  const special = new Set(added.filter((token) => token.special).map(({ id }) => names[id]!));
  // Control pieces that no text can hold are told by their ids: other pieces may have their names.
  const isControl = (id: number): boolean => model.pieceType[id] === PieceType.control && !shown.has(id);
  return (id) => {
    const piece = shown.get(id) ?? names[id]!;
    return specialTokens || !(special.has(piece) || isControl(id)) ? piece : undefined;
  };
}

function checkedId(model: Model, id: number, index: number): number {
  const size = model.pieceType.length;
  if (!Number.isInteger(id) || id < 0 || id >= size)
    throw new LatticeError(
      "argument",
      `id ${id} at place ${index} is not one of the model's, 0 to ${size - 1}`,
      index,
    );
  return id;
}

class PieceDecoder {
  private readonly model: Model;
  private readonly specialTokens: boolean;
  private readonly names: readonly string[];
  private readonly byteOf: ReadonlyMap<number, number>;
  /** Bytes of a run of byte pieces that are not yet a whole character. */
  private pending: number[] = [];
  /** Whether a mark at the beginning of the next piece is the one that normalisation put before the text. */
  private atStart = true;

  constructor(model: Model, specialTokens: boolean) {
    this.model = model;
    this.specialTokens = specialTokens;
    this.names = pieceStrings(model);
    this.byteOf = new Map(Array.from(model.byteId, (id, byte) => [id, byte]));
  }

  push(id: number): string {
    const byte = this.byteOf.get(id);
    if (byte !== undefined) {
      this.pending.push(byte);
      return this.started(this.settled());
    }
    const before = this.started(this.flushed());
    return before + this.started(this.textOf(id));
  }

  end(): string {
    const rest = this.flushed();
    this.atStart = true;
    return rest;
  }

  private textOf(id: number): string {
    const { pieceType, unkSurface, normalizer } = this.model;
    const type = pieceType[id];
    if (type === PieceType.control) return this.specialTokens ? this.names[id]! : "";
    if (type === PieceType.unknown) return unkSurface;
    let piece = this.names[id]!;
    if (!normalizer.escapeSpaces) return piece;
    if (
      this.atStart &&
      (normalizer.addDummyPrefix || normalizer.removeExtraSpaces) &&
      piece.startsWith(MARK)
    ) {
      piece = piece.slice(1);
      // Where extra spaces go, all marks before the text go; else only the one that was put there.
      if (!normalizer.removeExtraSpaces) this.atStart = false;
    }
    return piece.replaceAll(MARK, " ");
  }

  /** Notes that the text has begun. */
  private started(text: string): string {
    if (text !== "") this.atStart = false;
    return text;
  }

  /** Takes the characters that are settled, whatever comes next, from the pending bytes. */
  private settled(): string {
    let text = "";
    while (this.pending.length > 0) {
      const length = validLength(this.pending);
      if (length === INCOMPLETE) break;
      text += this.take(length);
    }
    return text;
  }

  /** Takes all pending bytes. */
  private flushed(): string {
    let text = "";
    while (this.pending.length > 0) text += this.take(Math.max(0, validLength(this.pending)));
    return text;
  }

  /** The first character, of so many bytes; U+FFFD in place of the first byte if there is none. */
  private take(length: number): string {
    const bytes = this.pending.splice(0, Math.max(1, length));
    return length === 0 ? "\ufffd" : utf8.decode(Uint8Array.from(bytes));
  }
}

const MARK = "▁";
const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
