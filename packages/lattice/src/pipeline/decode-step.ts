import type { DecodeStep } from "../model/pipeline.ts";
import { bytesOfCharacters } from "./byte-characters.ts";
import { ByteNameDecoder } from "./byte-names.ts";
import { eachMatch, patternOf } from "./patterns.ts";

/** Applies one step of decoding to the list of pieces. */
export function decodeStep(step: DecodeStep, pieces: readonly string[]): readonly string[] {
  switch (step.type) {
    case "metaspace":
      return pieces.map((piece, i) => piece.replaceAll(step.mark, i === 0 && step.prefixed ? "" : " "));
    case "replace":
      return pieces.map((piece) => replaced(piece, patternOf(step), step.content));
    case "fuse":
      return [pieces.join("")];
    case "strip":
      return pieces.map((piece) => stripped(piece, step.content, step.start, step.stop));
    case "byteLevel":
      return [fromByteCharacters(pieces)];
    case "byteNames":
      return [fromByteNames(pieces)];
    case "wordPiece":
      return pieces.map((piece, i) => wordPart(piece, step.prefix, step.cleanup, i === 0));
    case "suffix":
      return pieces.map((piece, i) => piece.replaceAll(step.suffix, i === pieces.length - 1 ? "" : " "));
    default:
      return spelled(pieces);
  }
}

/** A piece with a character that stands for no byte is taken as it is. */
function fromByteCharacters(pieces: readonly string[]): string {
  const bytes = pieces.flatMap((piece) => bytesOfCharacters(piece) ?? [...new TextEncoder().encode(piece)]);
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(Uint8Array.from(bytes));
}

function fromByteNames(pieces: readonly string[]): string {
  const decoder = new ByteNameDecoder();
  return pieces.map((piece) => decoder.push(piece)).join("");
}

function wordPart(piece: string, prefix: string, cleanup: boolean, first: boolean): string {
  const part = first ? piece : piece.startsWith(prefix) ? piece.slice(prefix.length) : ` ${piece}`;
  return cleanup ? CLEANUPS.reduce((text, [from, to]) => text.replaceAll(from, to), part) : part;
}

/** What Hugging Face's cleanup of English puts together again, in its order. */
const CLEANUPS = [
  [" .", "."],
  [" ?", "?"],
  [" !", "!"],
  [" ,", ","],
  [" ' ", "'"],
  [" n't", "n't"],
  [" 'm", "'m"],
  [" do not", " don't"],
  [" 's", "'s"],
  [" 've", "'ve"],
  [" 're", "'re"],
] as const;

function replaced(piece: string, pattern: RegExp, content: string): string {
  if (piece === "") return piece;
  let out = "";
  let done = 0;
  eachMatch(pattern, piece, (begin, end) => {
    out += piece.slice(done, begin) + content;
    done = end;
  });
  return out + piece.slice(done);
}

function stripped(piece: string, content: string, start: number, stop: number): string {
  let begin = 0;
  for (let i = 0; i < start && piece.startsWith(content, begin); i++) begin += content.length;
  let end = piece.length;
  for (let i = 0; i < stop && end > begin && piece.endsWith(content, end); i++) end -= content.length;
  return piece.slice(begin, end);
}

/** Runs of byte pieces as text; a run that is not UTF-8 becomes one U+FFFD a byte. */
function spelled(pieces: readonly string[]): string[] {
  const out: string[] = [];
  let run: number[] = [];
  const settle = (): void => {
    if (run.length === 0) return;
    try {
      out.push(utf8.decode(Uint8Array.from(run)));
    } catch {
      for (let i = 0; i < run.length; i++) out.push("\ufffd");
    }
    run = [];
  };
  for (const piece of pieces) {
    const hex = /^<0x([0-9A-Fa-f]{2})>$/.exec(piece);
    if (hex !== null) run.push(Number.parseInt(hex[1]!, 16));
    else {
      settle();
      out.push(piece);
    }
  }
  settle();
  return out;
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
