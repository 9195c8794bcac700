import { readBytePiece } from "../bytepiece.ts";
import { isCompiled } from "../compiled/layout.ts";
import { readCompiledModel } from "../compiled/read.ts";
import { parsedJson } from "../huggingface/parsed-json.ts";
import { enableTokenizerJson, readTokenizerJson } from "../huggingface.ts";
import { LatticeError } from "../lattice-error.ts";
import type { Model } from "../model/model.ts";
import { readSentencePiece } from "../sentencepiece.ts";

/** A format of model files: how one is told from others, and read. To add a format, add a line to a table below. */
interface Format<Source> {
  readonly name: string;
  readonly knows: (source: Source) => boolean;
  readonly read: (source: Source) => Model;
}

/** Formats of JSON documents. */
const documents: readonly Format<object>[] = [
  { name: "tokenizer.json", knows: (document) => "model" in document, read: readTokenizerJson },
  { name: "BytePiece", knows: (document) => isTriple(Object.values(document)[0]), read: readBytePiece },
];

/** Other formats. A SentencePiece file begins with the tag of its first piece. */
const binaries: readonly Format<Uint8Array>[] = [
  {
    name: "compiled model",
    knows: isCompiled,
    read(file) {
      enableTokenizerJson();
      return readCompiledModel(file);
    },
  },
  { name: "SentencePiece", knows: ([tag]) => tag === 0x0a, read: readSentencePiece },
];

/** What is often there in place of a model: how it begins, and what it is. */
const strays: readonly (readonly [begins: string, is: string])[] = [
  ["\x1f\x8b", "compressed by gzip: decompress it first, as with DecompressionStream"],
  ["version https://git-lfs", "a Git LFS pointer: get the file that it stands for, as with git lfs pull"],
  ["<", "a web page: take the address of the file itself (at Hugging Face /resolve/, not /blob/)"],
  ["PK", "a ZIP archive"],
  ["GGUF", "a GGUF file"],
];

/** A source whose format is known. */
export interface Recognized {
  /** The name of its format. */
  readonly name: string;
  readonly read: () => Model;
}

/**
 * Reads a model of any format that this package knows: a SentencePiece `.model`, a `tokenizer.json`, a BytePiece model or
 * a compiled one. It brings all readers along; those who know their format save bytes with the reader alone.
 *
 * @param source - The file's bytes (an ArrayBuffer will do) or text, or what `JSON.parse` made of it; nothing of it is kept.
 * @throws {@link LatticeError} `format` if no format fits, with what the file seems to be; else what the format's reader throws;
 * `argument` if `source` is none of the three.
 */
export function loadModel(source: Uint8Array | string | object): Model {
  return recognize(source).read();
}

/** Finds the format of a source, without reading more of it than that takes. */
export function recognize(source: Uint8Array | string | object): Recognized {
  const file = source instanceof ArrayBuffer ? new Uint8Array(source) : source;
  if (typeof file !== "string" && !isBytes(file)) return recognizeDocument(file);
  const beginning = (
    typeof file === "string" ? file.slice(0, 256) : latin1(file.subarray(0, 256))
  ).trimStart();
  if (OBJECT.test(beginning)) return recognizeDocument(parsedJson(file));
  const binary = isBytes(file) ? binaries.find(({ knows }) => knows(file)) : undefined;
  if (binary !== undefined) return { name: binary.name, read: () => binary.read(file as Uint8Array) };
  if (file.length === 0) throw new LatticeError("format", `the file is empty; want ${KNOWN}`);
  const stray = strays.find(([begins]) => beginning.startsWith(begins));
  const what =
    stray?.[1] ?? `not a model of a known format: it begins with ${JSON.stringify(beginning.slice(0, 16))}`;
  throw new LatticeError("format", `the file is ${what}; want ${KNOWN}`);
}

function recognizeDocument(document: unknown): Recognized {
  if (typeof document !== "object" || document === null || ArrayBuffer.isView(document))
    throw new LatticeError("argument", "source must be a Uint8Array, a string, or a parsed document");
  const format = documents.find(({ knows }) => knows(document));
  if (format !== undefined) return { name: format.name, read: () => format.read(document) };
  const fields = Object.keys(document)
    .slice(0, 4)
    .map((field) => JSON.stringify(field.slice(0, 40)));
  throw new LatticeError(
    "format",
    `the document is not a model: its fields are ${fields.join(", ") || "none"}; want ${KNOWN}`,
  );
}

const KNOWN = [...documents, ...binaries].map(({ name }) => name).join(" or ");
/** The beginning of a JSON object. A SentencePiece file may begin with a line feed and a brace, but no quote follows. */
const OBJECT = /^(?:\xef\xbb\xbf)?\s*\{\s*(?:["}]|$)/;

function isBytes(source: object | string): source is Uint8Array {
  return ArrayBuffer.isView(source) && (source as Uint8Array)[Symbol.toStringTag] === "Uint8Array";
}

function isTriple(value: unknown): boolean {
  return Array.isArray(value) && value.length === 3;
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
