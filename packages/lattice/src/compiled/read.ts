import { LatticeError } from "../lattice-error.ts";
import type { Model } from "../model/model.ts";
import { part } from "../model/parts.ts";
import { kernelChecks } from "./kernel-checks.ts";
import { isCompiled, isLittleEndian } from "./layout.ts";
import { modelFault } from "./model-fault.ts";
import { plainChecks } from "./plain-checks.ts";
import { unpacked } from "./unpack.ts";

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
  if (!isCompiled(bytes)) throw new LatticeError("format", "the file does not begin as compiled models do");
  const checks = kernelChecks(bytes.length) ?? plainChecks;
  const model = unpacked(bytes, checks) as Model;
  const fault = modelFault(model, checks);
  if (fault !== undefined) throw new LatticeError("format", `not a sound model: ${fault}`);
  // A part that is not there is told now, not with the first text.
  if (model.pipeline !== null) part("runPipeline");
  if (model.subword !== null) part("segmentWord");
  return model;
}
