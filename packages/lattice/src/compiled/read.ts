import { LatticeError } from "../lattice-error.ts";
import type { Model } from "../model/model.ts";
import { part } from "../model/parts.ts";
import { kernelChecks } from "./kernel-checks.ts";
import {
  aligned,
  type AnyArray,
  ARRAY,
  AT,
  isCompiled,
  isLittleEndian,
  kindByName,
  VERSION,
} from "./layout.ts";
import { modelFault } from "./model-fault.ts";
import { type Checks, plainChecks } from "./plain-checks.ts";

/**
 * Reads a model that {@link writeCompiledModel} wrote. Nothing is built; all that the algorithms trust is checked, so
 * that a file from anywhere is a sound model or an error.
 *
 * @param bytes - The file's bytes; they are copied.
 * @throws {@link LatticeError} `format` for bytes that are not such a file, or are cut short or damaged; `unsupported` for
 * the form of another version of this package, for a model that needs {@link enableTokenizerJson} or {@link enableBpe}
 * first, and on an engine that is big-endian; `argument` if `bytes` is not a Uint8Array.
 * @remarks O(size of the file). What a pattern or a step of a tokenizer.json makes of a text is the file's own business:
 * a regular expression can take long.
 */
export function readCompiledModel(bytes: Uint8Array): Model {
  if (!ArrayBuffer.isView(bytes) || bytes[Symbol.toStringTag] !== "Uint8Array")
    throw new LatticeError("argument", "bytes must be a Uint8Array");
  if (!isLittleEndian()) throw new LatticeError("unsupported", "compiled models are little-endian");
  const checks = kernelChecks(bytes.length) ?? plainChecks;
  const model = unpacked(bytes, checks) as Model;
  const fault = modelFault(model, checks);
  if (fault !== undefined) throw new LatticeError("format", `not a sound model: ${fault}`);
  // A part that is not there is told now, not with the first text.
  if (model.pipeline !== null) part("runPipeline");
  if (model.subword !== null) part("segmentWord");
  return model;
}

/** The record in a file, with its arrays, of which nothing is known but that the file is whole. */
function unpacked(bytes: Uint8Array, checks: Checks): unknown {
  // Of a plain Uint8Array a slice is a copy; of a Node Buffer it would be a view.
  let file = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  if (!isCompiled(file)) throw new LatticeError("format", "the file does not begin as compiled models do");
  if (file.length < AT.header)
    throw new LatticeError("format", `the file is cut short: it has ${file.length} bytes`);
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  const version = view.getUint32(AT.version, true);
  if (version !== VERSION)
    throw new LatticeError(
      "unsupported",
      `the compiled model has form ${version}, and this version of the package reads ${VERSION}: write it anew`,
    );
  const length = view.getUint32(AT.length, true);
  if (length !== file.length || length !== aligned(length))
    throw new LatticeError("format", `the file has ${file.length} bytes of the ${length} that it claims`);
  if (file.byteOffset % 4 !== 0) file = file.slice();
  const words = new Int32Array(file.buffer, file.byteOffset + AT.checked, (length - AT.checked) / 4);
  if (checks.checksum(words) !== view.getUint32(AT.checksum, true))
    throw new LatticeError("format", "the file is damaged: its checksum is another");
  const headerLength = view.getUint32(AT.headerLength, true);
  const start = AT.header + headerLength;
  if (start > length || start !== aligned(start))
    throw new LatticeError("format", `the header claims ${headerLength} bytes`, AT.headerLength);
  return parsed(file, start);
}

/** Reads the header, which ends at byte `top`, and the arrays behind it. */
function parsed(file: Uint8Array, top: number): unknown {
  let end = top;
  const take = (name: unknown, count: unknown): AnyArray => {
    const kind = kindByName.get(name);
    const size = kind === undefined ? NaN : (count as number) * kind.BYTES_PER_ELEMENT;
    const stop = aligned(end + size);
    if (kind === undefined || !Number.isInteger(count) || size < 0 || !(stop <= file.length))
      throw new LatticeError(
        "format",
        `there is no array of kind ${name} and length ${count} at byte ${end}`,
      );
    // A buffer of its own: whoever posts one array to a worker does not post them all.
    const { buffer } = file.slice(end, end + size);
    end = stop;
    return new kind(buffer as ArrayBuffer);
  };
  try {
    const json = new TextDecoder("utf-8", { fatal: true }).decode(file.subarray(AT.header, top));
    const record: unknown = JSON.parse(json, (_, value: unknown) =>
      typeof value === "object" && value !== null && Object.hasOwn(value, ARRAY)
        ? take((value as Described)[ARRAY], (value as Described).length)
        : value,
    );
    if (end !== file.length) throw new Error(`${file.length - end} bytes belong to nothing`);
    return record;
  } catch (error) {
    if (error instanceof LatticeError) throw error;
    throw new LatticeError("format", `the header cannot be read: ${(error as Error).message}`, AT.header);
  }
}

/** What stands for an array in the header. */
interface Described {
  readonly [ARRAY]: unknown;
  readonly length: unknown;
}
