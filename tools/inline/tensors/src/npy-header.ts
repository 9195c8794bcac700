import { type ElementType, elementSize } from "./element-type.ts";
import { lengthOf, quoted, type Tensor, TensorError } from "./tensor.ts";

const MAGIC = Uint8Array.from("\u0093NUMPY", (char) => char.charCodeAt(0));
/** Headers of arrays of numbers take some hundred bytes. */
const LONGEST_HEADER = 1 << 20;

/**
 * Where the header of a file of numpy ends and its numbers begin, from its first 12 bytes or more.
 *
 * @throws {@link TensorError} `format`, `unsupported`.
 */
export function npyDataStart(start: Uint8Array): number {
  const [from, length] = headerPlace(start);
  return from + length;
}

function headerPlace(start: Uint8Array): [from: number, length: number] {
  if (!MAGIC.every((byte, i) => start[i] === byte))
    throw new TensorError("format", "not a file of numpy: it does not begin with \\x93NUMPY", 0);
  const [major, minor] = [start[6], start[7]];
  if (major === undefined || start.length < (major === 1 ? 10 : 12))
    throw new TensorError("format", "cut short within the header", start.length);
  if (!(major >= 1 && major <= 3) || minor !== 0)
    throw new TensorError(
      "unsupported",
      `version ${major}.${minor} of numpy's format; want 1.0, 2.0 or 3.0`,
      6,
    );
  const view = new DataView(start.buffer, start.byteOffset);
  const length = major === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > LONGEST_HEADER)
    throw new TensorError("format", `a header of ${length} bytes, where some hundred are enough`, 8);
  return [major === 1 ? 10 : 12, length];
}

/**
 * Reads the header of a file of numpy (`numpy.lib.format`): one array of numbers, which takes up the rest of the file.
 *
 * @param header The file's first bytes: up to {@link npyDataStart}, or more.
 * @param fileSize How many bytes the file has.
 * @throws {@link TensorError} `format`, `unsupported`.
 */
export function readNpyHeader(header: Uint8Array, fileSize: number): Tensor {
  const [from, size] = headerPlace(header);
  const start = from + size;
  if (start > header.length || start > fileSize)
    throw new TensorError("format", "cut short within the header", Math.min(header.length, fileSize));
  const { descr, firstIndexFastest, shape } = fieldsOf(latin1.decode(header.subarray(from, start)));
  const { type, bigEndian } = typeOf(descr);
  const length = lengthOf(shape);
  if (length === undefined) throw new TensorError("format", "the header tells no possible shape", 10);
  const end = start + length * elementSize[type];
  if (end !== fileSize)
    throw new TensorError(
      "format",
      `(${shape.join(", ")}) numbers of ${type} take ${end - start} bytes, and ${fileSize - start} follow the header`,
      start,
    );
  return { type, dtype: descr, shape, length, start, end, bigEndian, firstIndexFastest };
}

const latin1 = new TextDecoder("latin1");

interface Fields {
  readonly descr: string;
  readonly firstIndexFastest: boolean;
  readonly shape: readonly number[];
}

/** One entry of the header, a dictionary of Python: a key, and a text, a truth value or a tuple of integers. */
const ENTRY =
  /\s*(?:'(\w+)'|"(\w+)")\s*:\s*(?:'([^'\\]*)'|"([^"\\]*)"|(True|False)|\(([\d\s,L]*)\))\s*(?:,|(?=\}))/y;

function fieldsOf(text: string): Fields {
  const damaged = (): TensorError =>
    new TensorError("format", `the header tells no array: ${quoted(text.trim())}`, 10);
  const opening = /^\s*\{/.exec(text);
  if (opening === null) throw damaged();
  const found = new Map<string, string | boolean | readonly number[]>();
  let at = opening[0].length;
  for (;;) {
    ENTRY.lastIndex = at;
    const entry = ENTRY.exec(text);
    if (entry === null) break;
    at = ENTRY.lastIndex;
    const [, key1, key2, text1, text2, truth, tuple] = entry;
    const key = (key1 ?? key2)!;
    if (found.has(key)) throw damaged();
    found.set(key, truth === undefined ? (text1 ?? text2 ?? sizesOf(tuple!)) : truth === "True");
  }
  // numpy writes a list of fields there for arrays of records.
  if (/^\s*(['"])descr\1\s*:\s*\[/.test(text.slice(at)))
    throw new TensorError("unsupported", "an array of records; want one of numbers", 10);
  const descr = found.get("descr");
  const firstIndexFastest = found.get("fortran_order");
  const shape = found.get("shape");
  if (
    !/^\s*\}\s*$/.test(text.slice(at)) ||
    found.size !== 3 ||
    typeof descr !== "string" ||
    typeof firstIndexFastest !== "boolean" ||
    !Array.isArray(shape)
  )
    throw damaged();
  return { descr, firstIndexFastest, shape: shape as readonly number[] };
}

/** The integers of a tuple, NaN for what is none. Python 2 wrote `3L`. */
function sizesOf(tuple: string): number[] {
  const parts = tuple.split(",").map((part) => part.trim());
  if (parts.at(-1) === "") parts.pop();
  return parts.map((part) => (/^\d+L?$/.test(part) ? Number(part.replace("L", "")) : NaN));
}

const TYPES: Readonly<Record<string, ElementType>> = {
  f8: "float64",
  f4: "float32",
  f2: "float16",
  i8: "int64",
  i4: "int32",
  i2: "int16",
  i1: "int8",
  u8: "uint64",
  u4: "uint32",
  u2: "uint16",
  u1: "uint8",
  b1: "bool",
};

function typeOf(descr: string): { type: ElementType; bigEndian: boolean } {
  const order = descr.slice(0, 1);
  const name = descr.slice(1);
  const type = Object.hasOwn(TYPES, name) ? TYPES[name]! : undefined;
  if (type === undefined || !(order === "<" || order === ">" || (order === "|" && elementSize[type] === 1)))
    throw new TensorError(
      "unsupported",
      `the array is of ${quoted(descr)}; want numbers: ${Object.keys(TYPES).join(", ")}, each after < or >`,
      10,
    );
  return { type, bigEndian: order === ">" };
}
