import { crc32, DensityError } from "@lemmata/fourier-density/coding";
import { isShape } from "./image.ts";
import type { Modelling } from "./pixel-law.ts";
import { FOURIER, LAPLACE } from "./residual-law.ts";
import { levelsFromBits, levelsToBits } from "./used-levels.ts";

/** What stands before the coded pixels. */
export interface Header {
  readonly width: number;
  readonly height: number;
  /** The channels, in the order in which they are coded. */
  readonly order: readonly number[];
  /** For each channel in that order, the values in use. */
  readonly levels: readonly Uint8Array[];
  readonly modelling: Modelling;
}

/** `FDI` and the version of the format. */
const MAGIC = [0x46, 0x44, 0x49, 1];
const FIXED = 16;
const LEVEL_BYTES = 32;
const CHECKSUM = 4;

/** A whole file: the header, the coded pixels and the checksum. */
export function writeFile(header: Header, coded: Uint8Array): Uint8Array {
  const { width, height, order, levels, modelling } = header;
  const begin = FIXED + LEVEL_BYTES * order.length;
  const bytes = new Uint8Array(begin + coded.length + CHECKSUM);
  const view = new DataView(bytes.buffer);
  bytes.set(MAGIC);
  view.setUint32(4, width, true);
  view.setUint32(8, height, true);
  bytes[12] = order.length;
  bytes[13] = order.reduce((number, channel) => 3 * number + channel, 0);
  bytes[14] = Number(modelling.predictor === "median");
  bytes[15] = Number(modelling.law === LAPLACE);
  levels.forEach((used, c) => bytes.set(levelsToBits(used), FIXED + LEVEL_BYTES * c));
  bytes.set(coded, begin);
  view.setUint32(bytes.length - CHECKSUM, crc32(bytes.subarray(0, bytes.length - CHECKSUM)), true);
  return bytes;
}

/** @throws {@link DensityError} `format` for bytes that {@link writeFile} cannot have written. */
export function readFile(bytes: Uint8Array): { header: Header; coded: Uint8Array } {
  if (!(bytes instanceof Uint8Array)) throw new DensityError("argument", "bytes must be a Uint8Array");
  if (MAGIC.some((byte, i) => bytes[i] !== byte))
    throw new DensityError("format", "these bytes are no image of this codec, or of a newer version", 0);
  const end = bytes.length - CHECKSUM;
  if (end < FIXED + LEVEL_BYTES) throw new DensityError("format", "cut short", bytes.length);
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  if (view.getUint32(end, true) !== crc32(bytes.subarray(0, end)))
    throw new DensityError("format", "damaged or cut short: the checksum does not agree", end);
  const [width, height, channels] = [view.getUint32(4, true), view.getUint32(8, true), bytes[12]!];
  const begin = FIXED + LEVEL_BYTES * channels;
  if (!isShape(width, height, channels) || begin > end)
    throw new DensityError("format", `damaged: an image of ${width} x ${height} x ${channels}`, 4);
  const number = bytes[13]!;
  const order = channels === 1 ? [number] : [Math.floor(number / 9), Math.floor(number / 3) % 3, number % 3];
  if (order.some((_, channel) => !order.includes(channel)) || bytes[14]! > 1 || bytes[15]! > 1)
    throw new DensityError("format", "damaged: no order of channels, or no model", 13);
  const levels = order.map((_, c) => {
    const used = levelsFromBits(bytes.subarray(FIXED + LEVEL_BYTES * c, FIXED + LEVEL_BYTES * (c + 1)));
    if (used.length === 0)
      throw new DensityError("format", "damaged: a channel without values", FIXED + LEVEL_BYTES * c);
    return used;
  });
  const modelling: Modelling = {
    predictor: bytes[14] === 1 ? "median" : "mixed",
    law: bytes[15] === 1 ? LAPLACE : FOURIER,
  };
  return { header: { width, height, order, levels, modelling }, coded: bytes.subarray(begin, end) };
}
