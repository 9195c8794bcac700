/**
 * The layout of a compiled model, all of it little-endian:
 *
 * | bytes   |                                                                                        |
 * | ------- | -------------------------------------------------------------------------------------- |
 * | 0 … 7   | `lattice` and a line feed                                                              |
 * | 8 … 11  | the version of this layout and of the arrays' meaning                                  |
 * | 12 … 15 | the checksum of all that follows                                                       |
 * | 16 … 19 | the length of the file                                                                 |
 * | 20 … 23 | the length of the header                                                               |
 * | 24 …    | the header: the model as JSON, with `{"$": kind, "length": n}` for each typed array    |
 * | then    | the arrays in the order of the header, each from a multiple of 8, with zeros in between |
 */
export const MAGIC: Uint8Array = new TextEncoder().encode("lattice\n");
export const VERSION = 1;
export const AT = {
  version: 8,
  checksum: 12,
  checked: 16,
  length: 16,
  headerLength: 20,
  header: 24,
} as const;
/** The field of the header that says that a record stands for an array, and of what kind. */
export const ARRAY = "$";

/** An array of a kind that a model may have, of whichever window or worker. */
export type AnyArray =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array;

/** What makes an array of a kind over a buffer. */
export interface ArrayKind {
  new (buffer: ArrayBuffer): AnyArray;
  readonly BYTES_PER_ELEMENT: number;
}

/** The kinds by their names. */
export const kindByName: ReadonlyMap<unknown, ArrayKind> = new Map(
  [Int8Array, Uint8Array, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array].map(
    (kind) => [kind.name, kind],
  ),
);

/** The next multiple of 8. */
export function aligned(at: number): number {
  return 8 * Math.ceil(at / 8);
}

export function isLittleEndian(): boolean {
  return new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;
}

/** Whether a file begins as compiled models do. */
export function isCompiled(file: Uint8Array): boolean {
  return MAGIC.every((byte, i) => file[i] === byte);
}
