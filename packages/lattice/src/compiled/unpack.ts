import { LatticeError } from "../lattice-error.ts";
import { aligned, type AnyArray, ARRAY, AT, kindByName, VERSION } from "./layout.ts";
import type { Checks } from "./plain-checks.ts";

/**
 * The record in a file that begins as one, with arrays of their own. Of the record nothing is known but that the file is
 * whole.
 */
export function unpacked(bytes: Uint8Array, checks: Checks): unknown {
  // Of a plain Uint8Array a slice is a copy; of a Node Buffer it would be a view.
  let file = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
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
        `there is no array of kind ${String(name)} and length ${String(count)} at byte ${end}`,
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
