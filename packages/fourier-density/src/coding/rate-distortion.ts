import { DensityError } from "../density-error.ts";
import { checkNumbers } from "../samples.ts";
import { decode } from "./decode.ts";
import { encode } from "./encode.ts";
import type { CodingDensity, Quantization } from "./quantization.ts";

/** What a quantization costs and what it loses. */
export interface RatePoint {
  readonly quantization: Quantization;
  /** Bits a value, as coded, table and checksum included. */
  readonly rate: number;
  /** The mean of the squared differences from the values. */
  readonly distortion: number;
}

/**
 * The rate–distortion curve of values under a density, a point for each quantization: what each truly takes and loses,
 * by coding and decoding.
 *
 * @throws As {@link encode}; {@link DensityError} `empty` for no values.
 * @remarks O(values · quantizations).
 */
export function rateDistortion(
  values: ArrayLike<number>,
  density: CodingDensity,
  quantizations: readonly Quantization[],
): RatePoint[] {
  if (!Array.isArray(quantizations))
    throw new DensityError("argument", "quantizations must be an array of { step } or { levels }");
  checkNumbers(values, "values");
  if (values.length === 0) throw new DensityError("empty", "a curve needs a value at least");
  return quantizations.map((quantization: Quantization) => {
    const bytes = encode(values, density, quantization);
    const decoded = decode(bytes, { limit: values.length });
    const squares = decoded.reduce((sum, value, i) => sum + (value - values[i]!) ** 2, 0);
    return {
      quantization,
      rate: (8 * bytes.length) / values.length,
      distortion: squares / values.length,
    };
  });
}
