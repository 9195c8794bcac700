import { type FileHandle, open } from "node:fs/promises";
import { DataError, faultOf, isRefusal, UsageError, visible } from "@lemmata/filter";
import {
  type ElementType,
  elementSize,
  npyDataStart,
  numbersOf,
  readNpyHeader,
  readSafetensorsHeader,
  safetensorsDataStart,
  type Tensor,
} from "@lemmata/tensors";
import type { Vector } from "../vector.ts";

/** Numbers in a file, which are read by parts. */
export interface StoredVector {
  /** What messages call it. */
  readonly name: string;
  readonly type: ElementType;
  readonly length: number;
  /** Undefined for raw numbers, whose file tells none. */
  readonly shape: readonly number[] | undefined;
  /** Whether the first index is the one that changes fastest. */
  readonly firstIndexFastest: boolean;
  /** Entries `from` … `to` − 1. */
  read(from: number, to: number): Promise<Vector>;
}

/** A file of vectors. It stays open until the process ends. */
export interface VectorFile {
  readonly path: string;
  /** Of its tensors, in their order in the file; undefined for a file of one vector without a name. */
  readonly names: readonly string[] | undefined;
  /**
   * The vector, or the tensor of a name.
   *
   * @throws {@link DataError} if there is none, or it has a type that cannot be read.
   */
  vector(name: string): StoredVector;
}

/**
 * Opens a file: of numpy if its name ends with .npy, of safetensors if it ends with .safetensors, else of raw numbers,
 * little-endian.
 *
 * @param raw The type of raw numbers.
 * @throws {@link DataError} for a file that is not what its name says; {@link UsageError} for raw numbers of no type.
 */
export async function openVectors(path: string, raw: ElementType | undefined): Promise<VectorFile> {
  const handle = await open(path);
  const about = await handle.stat();
  if (!about.isFile()) throw new DataError(`${path} is no file that can be read at any place`);
  const { size } = about;
  const beginning = (bytes: number): Promise<Uint8Array> => readAt(handle, path, 0, Math.min(bytes, size));
  try {
    if (/\.npy$/i.test(path)) {
      const tensor = readNpyHeader(await beginning(npyDataStart(await beginning(12))), size);
      return { path, names: undefined, vector: () => storedVector(handle, path, path, tensor) };
    }
    if (/\.safetensors$/i.test(path)) {
      const dataStart = safetensorsDataStart(await beginning(8), size);
      const tensors = readSafetensorsHeader(await beginning(dataStart), size);
      return {
        path,
        names: [...tensors.keys()],
        vector(name) {
          const tensor = tensors.get(name);
          if (tensor === undefined) throw new DataError(`${path} has no tensor ${visible(name)}`);
          return storedVector(handle, path, `${path}, ${visible(name)}`, tensor);
        },
      };
    }
  } catch (error) {
    if (!isRefusal(error) || error instanceof DataError) throw error;
    throw new DataError(`${path}: ${visible(faultOf(error))}`, { cause: error });
  }
  const vector = rawVector(handle, path, size, raw);
  return { path, names: undefined, vector: () => vector };
}

function rawVector(
  handle: FileHandle,
  path: string,
  size: number,
  type: ElementType | undefined,
): StoredVector {
  if (type === undefined)
    throw new UsageError(`${path} is called neither .npy nor .safetensors: --dtype TYPE says how to read it`);
  const length = size / elementSize[type];
  if (!Number.isInteger(length)) throw new DataError(`${path} has ${size} bytes, no whole number of ${type}`);
  const place = { start: 0, end: size, bigEndian: false, firstIndexFastest: false };
  const vector = storedVector(handle, path, path, { ...place, type, dtype: type, length, shape: [length] });
  return { ...vector, shape: undefined };
}

function storedVector(handle: FileHandle, path: string, name: string, tensor: Tensor): StoredVector {
  const { type, dtype, start, shape, length, bigEndian, firstIndexFastest } = tensor;
  if (type === undefined) throw new DataError(`${name}: numbers of type ${visible(dtype)} cannot be read`);
  const size = elementSize[type];
  return {
    name,
    type,
    length,
    shape,
    firstIndexFastest,
    async read(from, to) {
      const bytes = await readAt(handle, path, start + from * size, (to - from) * size);
      return numbersOf(bytes, type, bigEndian);
    },
  };
}

/** @throws {@link DataError} if the file ends before. */
async function readAt(handle: FileHandle, path: string, start: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length;) {
    const { bytesRead } = await handle.read(bytes, at, length - at, start + at);
    if (bytesRead === 0) throw new DataError(`${path} has become shorter while it was read`);
    at += bytesRead;
  }
  return bytes;
}
