import { DensityError } from "@lemmata/fourier-density";

/** Raw pixels: row after row, the channels of a pixel together. */
export interface RawImage {
  /** 1 to 2¹⁵: the model keeps 7 kB a column, in colour 20. */
  readonly width: number;
  /** At least 1; at most 2²⁶ pixels in all. */
  readonly height: number;
  /** 1 for grey, 3 for red, green and blue. */
  readonly channels: 1 | 3;
  /** width · height · channels bytes. */
  readonly data: Uint8Array | Uint8ClampedArray;
}

const MAX_WIDTH = 2 ** 15;
const MAX_PIXELS = 2 ** 26;

/** @throws {@link DensityError} `argument` for what is no image of these kinds. */
export function checkImage(image: RawImage): void {
  const { width, height, channels, data } = image ?? {};
  if (!isShape(width, height, channels))
    throw new DensityError(
      "argument",
      `an image has 1 or 3 channels, a width of 1 to 2^15 and 1 to 2^26 pixels: got ${width} x ${height} x ${channels}`,
    );
  if (!(data instanceof Uint8Array || data instanceof Uint8ClampedArray))
    throw new DensityError("argument", "data must be bytes: a Uint8Array or a Uint8ClampedArray");
  if (data.length !== width * height * channels)
    throw new DensityError(
      "argument",
      `${width} x ${height} x ${channels} are ${width * height * channels} bytes, got ${data.length}`,
    );
}

/** Whether there can be such an image. */
export function isShape(width: number, height: number, channels: number): boolean {
  return (
    Number.isInteger(width) &&
    Number.isInteger(height) &&
    width >= 1 &&
    width <= MAX_WIDTH &&
    height >= 1 &&
    width * height <= MAX_PIXELS &&
    (channels === 1 || channels === 3)
  );
}
