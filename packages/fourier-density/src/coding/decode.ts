import { DensityError, fromFormat } from "../density-error.ts";
import { BitReader } from "./bits.ts";
import { ByteReader, unzigzag } from "./bytes.ts";
import { crc32 } from "./crc32.ts";
import { KIND, MAGIC } from "./encode.ts";
import { type Quantization, quantizerOf } from "./quantization.ts";
import { RansDecoder } from "./rans.ts";
import { Symbols } from "./symbols.ts";
import { readTable } from "./table-format.ts";

/** Options of {@link decode}. */
export interface DecodeOptions {
  /**
   * The most values to decode: for bytes that one trusts, any number. A few bytes may stand for many millions of values that
   * are all alike, so it is 256 for each byte if left out, and 2²² at the least.
   */
  readonly limit?: number | undefined;
}

/**
 * The values that {@link encode} coded, each as the middle of its bin or as its level: the same in every engine.
 *
 * @throws {@link DensityError} `format` for bytes that are damaged, cut short, of another kind, or made to mislead: what
 * is returned is what was coded, or nothing. `argument` for what is no bytes or no limit.
 * @remarks O(values). What is announced is checked against the bytes that are there before any room is made for it.
 */
export function decode(bytes: Uint8Array, options: DecodeOptions = {}): Float64Array {
  if (!(bytes instanceof Uint8Array)) throw new DensityError("argument", "bytes must be a Uint8Array");
  const { limit = Math.max(256 * bytes.length, 2 ** 22) } = options;
  if (!(limit >= 0)) throw new DensityError("argument", `limit must be a number from 0, got ${limit}`);
  if (MAGIC.some((byte, i) => bytes[i] !== byte))
    throw new DensityError(
      "format",
      "these bytes are not values coded by a density, or of a newer version",
      0,
    );
  const checked = Math.max(MAGIC.length, bytes.length - 4);
  if (new ByteReader(bytes.subarray(checked)).uint32() !== crc32(bytes.subarray(0, checked)))
    throw new DensityError("format", "damaged or cut short: the checksum does not agree", checked);

  const reader = new ByteReader(bytes.subarray(MAGIC.length, checked));
  const count = reader.varint();
  const quantization = readQuantization(reader);
  const quantizer = fromFormat(() => quantizerOf(quantization));
  const table = readTable(reader);
  const coded = reader.block();
  const lowBits = new BitReader(reader.block());
  const escaped = new ByteReader(reader.block());
  reader.finish();
  const bins = quantizer.levels?.length;
  if (count > limit)
    throw new DensityError(
      "format",
      `${count} values are announced, more than the limit of ${limit}: if they are to be trusted, give a higher one`,
    );
  return decodeValues(count, new Symbols(table), coded, lowBits, escaped, (bin) => {
    if (bins !== undefined && !(bin >= 0 && bin < bins))
      throw new DensityError("format", `damaged: there is no level ${bin}`);
    return quantizer.valueOf(bin);
  });
}

function readQuantization(reader: ByteReader): Quantization {
  const kind = reader.varint();
  if (kind === KIND.levels) {
    const levels = reader.varint();
    if (8 * levels > reader.left) throw new DensityError("format", `${levels} levels are announced`);
    return { levels: Float64Array.from({ length: levels }, () => reader.float64()) };
  }
  if (kind !== KIND.steps) throw new DensityError("format", "damaged: this is no quantization");
  return { step: reader.float64(), offset: reader.float64() };
}

function decodeValues(
  count: number,
  { table, escape, start, edge, shift }: Symbols,
  coded: Uint8Array,
  lowBits: BitReader,
  escaped: ByteReader,
  valueOf: (bin: number) => number,
): Float64Array {
  const { frequency, precision } = table;
  requireRoom(count, frequency, precision, coded.length, escaped.left);
  const symbolAt = new Uint32Array(1 << precision);
  for (let s = 0; s <= escape; s++) symbolAt.fill(s, start[s], start[s]! + frequency[s]!);
  // Most symbols are one bin: what they are decoded as is known beforehand.
  const valueAt = Float64Array.from(shift, (s, i) =>
    s === 0 && i < escape && frequency[i]! > 0 ? valueOf(edge[i]!) : 0,
  );
  const decoder = new RansDecoder(coded, precision);
  const values = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const symbol = symbolAt[decoder.slot]!;
    decoder.take(start[symbol]!, frequency[symbol]!);
    if (symbol === escape) values[i] = valueOf(unzigzag(escaped.varint()));
    else if (shift[symbol]! > 0) values[i] = valueOf(edge[symbol]! + lowBits.read(shift[symbol]!));
    else values[i] = valueAt[symbol]!;
  }
  decoder.finish();
  lowBits.finish();
  escaped.finish();
  for (let i = 0; i < count; i++)
    if (!Number.isFinite(values[i]!)) throw new DensityError("format", `damaged: value ${i} is not finite`);
  return values;
}

/** Throws if so many values cannot lie in so many bytes, each at the cost of the likeliest symbol or more. */
function requireRoom(
  count: number,
  frequency: Uint32Array,
  precision: number,
  bytes: number,
  escapeBytes: number,
): void {
  // −log₂ p ≥ (1 − p) / ln 2, of which 1.3 (1 − p) leaves a tenth for what the coder saves by rounding.
  const least = 1.3 * (1 - frequency.reduce((a, b) => Math.max(a, b), 0) / (1 << precision));
  if (least === 0 ? count > escapeBytes : count * least > 8 * bytes + 64)
    throw new DensityError("format", `damaged: ${count} values do not fit into ${bytes} bytes`);
}
