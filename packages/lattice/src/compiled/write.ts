import { LatticeError } from "../lattice-error.ts";
import { type Model, requireModel } from "../model/model.ts";
import { isLittleEndian } from "./layout.ts";
import { modelFault } from "./model-fault.ts";
import { packed } from "./pack.ts";
import { plainChecks } from "./plain-checks.ts";

/**
 * Writes a model of any kind in its compiled form: the arrays as they are in memory, which {@link readCompiledModel}
 * takes without building anything. It is for keeping, not for exchange: it is read by the versions of this package
 * that have the same form, and the others say so.
 *
 * @throws {@link LatticeError} `argument` if `model` is not one; `unsupported` on an engine that is big-endian.
 * @remarks O(size of the model). One model always becomes the same bytes.
 */
export function writeCompiledModel(model: Model): Uint8Array<ArrayBuffer> {
  if (!isLittleEndian()) throw new LatticeError("unsupported", "compiled models are little-endian");
  const fault = modelFault(requireModel(model), plainChecks);
  if (fault !== undefined) throw new LatticeError("argument", `not a model: ${fault}`);
  return packed(model);
}
