import { LatticeError } from "../lattice-error.ts";
import { type Model, requireModel } from "../model/model.ts";
import { aligned, type AnyArray, ARRAY, AT, isLittleEndian, MAGIC, VERSION } from "./layout.ts";
import { modelFault } from "./model-fault.ts";
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
  const arrays: AnyArray[] = [];
  const json = new TextEncoder().encode(JSON.stringify(described(model, arrays)));
  const headerLength = aligned(json.length);
  let top = AT.header + headerLength;
  const places = arrays.map(({ byteLength }) => {
    const place = top;
    top = aligned(top + byteLength);
    return place;
  });
  const file = new Uint8Array(top);
  file.set(MAGIC);
  file.fill(0x20, AT.header, AT.header + headerLength);
  file.set(json, AT.header);
  arrays.forEach(({ buffer, byteOffset, byteLength }, i) =>
    file.set(new Uint8Array(buffer, byteOffset, byteLength), places[i]),
  );
  const view = new DataView(file.buffer);
  view.setUint32(AT.version, VERSION, true);
  view.setUint32(AT.length, top, true);
  view.setUint32(AT.headerLength, headerLength, true);
  view.setUint32(AT.checksum, plainChecks.checksum(new Int32Array(file.buffer, AT.checked)), true);
  return file;
}

/** A value with a description in the place of each array in it; the arrays go to the end of `arrays`. */
function described(value: unknown, arrays: AnyArray[]): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => described(item, arrays));
  if (!ArrayBuffer.isView(value))
    return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, described(field, arrays)]));
  const array = value as AnyArray;
  arrays.push(array);
  return { [ARRAY]: array[Symbol.toStringTag], length: array.length };
}
