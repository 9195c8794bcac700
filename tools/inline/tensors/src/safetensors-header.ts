import { type ElementType, elementSize } from "./element-type.ts";
import { lengthOf, quoted, type Tensor, TensorError } from "./tensor.ts";

/** Longer headers are refused by the format's own library, too. */
const LONGEST_HEADER = 100_000_000;

/**
 * Where the header of a safetensors file ends and the numbers begin, from its first 8 bytes or more.
 *
 * @param fileSize How many bytes the file has.
 * @throws {@link TensorError} `format`.
 */
export function safetensorsDataStart(start: Uint8Array, fileSize: number): number {
  if (start.length < 8 || fileSize < 8)
    throw new TensorError("format", "cut short within the header", start.length);
  const length = new DataView(start.buffer, start.byteOffset).getBigUint64(0, true);
  if (length > BigInt(Math.min(LONGEST_HEADER, fileSize - 8)))
    throw new TensorError("format", `a header of ${length} bytes in a file of ${fileSize}`, 0);
  return 8 + Number(length);
}

/**
 * Reads the header of a safetensors file: its tensors by name, in the order of their numbers in the file.
 *
 * As the format demands, the tensors fill the file, without holes and without overlaps.
 *
 * @param header The file's first bytes: up to {@link safetensorsDataStart}, or more.
 * @param fileSize How many bytes the file has.
 * @throws {@link TensorError} `format`.
 */
export function readSafetensorsHeader(header: Uint8Array, fileSize: number): Map<string, Tensor> {
  const data = safetensorsDataStart(header, fileSize);
  if (data > header.length) throw new TensorError("format", "cut short within the header", header.length);
  const described = objectOf(parsed(header.subarray(8, data)), "the header");
  const found = Object.entries(described)
    .filter(([name]) => name !== "__metadata__")
    .map(([name, about]): [string, Tensor] => [name, tensorOf(name, about, data)])
    .sort(([, a], [, b]) => a.start - b.start || a.end - b.end);
  let end = data;
  for (const [name, tensor] of found) {
    if (tensor.start !== end)
      throw new TensorError(
        "format",
        `${quoted(name)} begins at byte ${tensor.start - data} of the numbers, the one before it ends at ${end - data}`,
        tensor.start,
      );
    end = tensor.end;
  }
  if (end !== fileSize)
    throw new TensorError(
      "format",
      `the tensors end at byte ${end}, the file at ${fileSize}`,
      Math.min(end, fileSize),
    );
  return new Map(found);
}

function parsed(header: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(header));
  } catch {
    throw new TensorError("format", "the header is no JSON", 8);
  }
}

function objectOf(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new TensorError("format", `${what} is no object of JSON`, 8);
  return value as Readonly<Record<string, unknown>>;
}

const TYPES: Readonly<Record<string, ElementType>> = {
  F64: "float64",
  F32: "float32",
  F16: "float16",
  BF16: "bfloat16",
  I64: "int64",
  I32: "int32",
  I16: "int16",
  I8: "int8",
  U64: "uint64",
  U32: "uint32",
  U16: "uint16",
  U8: "uint8",
  BOOL: "bool",
};

function tensorOf(name: string, about: unknown, data: number): Tensor {
  const { dtype, shape, data_offsets: offsets } = objectOf(about, quoted(name));
  if (typeof dtype !== "string" || !Array.isArray(shape) || !Array.isArray(offsets))
    throw new TensorError("format", `${quoted(name)} lacks its dtype, shape or data_offsets`, 8);
  const type = Object.hasOwn(TYPES, dtype) ? TYPES[dtype]! : undefined;
  const length = lengthOf(shape);
  if (length === undefined) throw new TensorError("format", `${quoted(name)} has no possible shape`, 8);
  const [begin, end] = offsets as readonly unknown[];
  if (offsets.length !== 2 || !isOffset(begin) || !isOffset(end) || begin > end)
    throw new TensorError("format", `${quoted(name)} has no two data_offsets, one after the other`, 8);
  if (type !== undefined && length * elementSize[type] !== end - begin)
    throw new TensorError(
      "format",
      `${quoted(name)}, ${length} numbers of ${dtype}, has ${end - begin} bytes for them`,
      8,
    );
  return {
    type,
    dtype,
    shape: shape as readonly number[],
    length,
    start: data + begin,
    end: data + end,
    bigEndian: false,
    firstIndexFastest: false,
  };
}

function isOffset(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
