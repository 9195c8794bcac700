import { DensityError, RansDecoder } from "@lemmata/fourier-density/coding";
import { readFile } from "./header.ts";
import type { RawImage } from "./image.ts";
import { modelImage, type OnProgress } from "./model-image.ts";
import { LEAST_BITS, type PixelLaw, PRECISION } from "./pixel-law.ts";

/** Options of {@link decodeImage}. */
export interface DecodeImageOptions {
  /**
   * The most values to decode, width · height · channels, with a height of 64 at the least since memory goes with the width:
   * for bytes that one trusts, any number. A few bytes may stand for millions of pixels that are all alike, at 10 µs each,
   * so it is 256 for each byte if left out, and 2¹⁸ at the least.
   */
  readonly limit?: number | undefined;
  readonly onProgress?: OnProgress | undefined;
}

/**
 * The image that `encodeImage` compressed, byte for byte.
 *
 * @throws `DensityError` `format` for bytes that are damaged, cut short, of another kind, or made to mislead.
 * @remarks Takes as long as encoding. A header that announces more pixels than the bytes can hold is refused.
 */
export function decodeImage(
  bytes: Uint8Array,
  options: DecodeImageOptions = {},
): RawImage & { readonly data: Uint8Array } {
  const { header, coded } = readFile(bytes);
  const { limit = Math.max(256 * bytes.length, 2 ** 18), onProgress } = options;
  const { width, height, order, levels } = header;
  const values = width * height * levels.filter(({ length }) => length > 1).length;
  if (values * LEAST_BITS > 8 * coded.length)
    throw new DensityError("format", `damaged: ${width} x ${height} pixels in ${coded.length} bytes`, 4);
  if (!(width * Math.max(height, 64) * order.length <= limit))
    throw new DensityError(
      "format",
      `${width} x ${height} pixels are announced, more than the limit of ${limit} allows: if they are to be trusted, give a higher one`,
      4,
    );
  const channels = order.length as RawImage["channels"];
  const data = new Uint8Array(width * height * channels);
  for (const [c, channel] of order.entries())
    if (levels[c]!.length === 1)
      for (let i = channel; i < data.length; i += channels) data[i] = levels[c]![0]!;

  const decoder = new RansDecoder(coded, PRECISION);
  const code = (law: PixelLaw, channel: number, pixel: number): number => {
    const used = levels[order.indexOf(channel)]!;
    // The value in whose share the slot falls: cumulative(lower) ≤ slot < cumulative(upper).
    const { slot } = decoder;
    let lower = 0;
    let upper = used.length;
    let start = 0;
    let end = 1 << PRECISION;
    while (upper - lower > 1) {
      const middle = (lower + upper) >> 1;
      const cumulative = law.cumulative(middle);
      if (cumulative <= slot) {
        lower = middle;
        start = cumulative;
      } else {
        upper = middle;
        end = cumulative;
      }
    }
    decoder.take(start, end - start);
    data[channels * pixel + channel] = used[lower]!;
    return lower;
  };
  modelImage(header, code, onProgress);
  decoder.finish();
  return { width, height, channels, data };
}
