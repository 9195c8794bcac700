import { DensityError } from "../density-error.ts";

/** How values become bins, which are whole numbers. */
export type Quantization = UniformSteps | Levels;

/**
 * Bin k holds what is nearest to `offset` + k · `step`, and is decoded as that number: at most half a step away, and
 * whole numbers, of step 1, unchanged.
 */
export interface UniformSteps {
  /** Positive. */
  readonly step: number;
  /** 0 if left out. */
  readonly offset?: number;
}

/** Each value becomes the nearest of some levels, of two equally near ones the lower: lossy, and very short. */
export interface Levels {
  /** In strictly increasing order; or `"modes"`, the places of the density's maxima. */
  readonly levels: ArrayLike<number> | "modes";
}

/** What the coder asks of a density: a `FourierDensity` answers, and so may any other law. */
export interface CodingDensity {
  /** The probability of the values between two bounds, which may be infinite. */
  binProbability(lower: number, upper: number): number;
  /** Of a circle, its period, outside of which the coder expects nothing. */
  readonly support?: { readonly kind: string; readonly lower?: number; readonly upper?: number };
  /** The places of all maxima, in increasing order. Asked for levels `"modes"` alone. */
  modes?(): readonly { readonly value: number }[];
}

/** A quantization as the coder uses it. */
export interface Quantizer {
  /** The bin of a value. */
  binOf(value: number): number;
  /** The value that a bin is decoded as. */
  valueOf(bin: number): number;
  /** Where a bin begins: it ends where the next begins. */
  lowerEdge(bin: number): number;
  /** How many levels there are, as bins 0, 1, …; undefined where bins have no end. */
  readonly levels: Float64Array | undefined;
  readonly step: number;
  readonly offset: number;
}

/** @throws {@link DensityError} `argument` for a quantization that is none. */
export function quantizerOf(quantization: Quantization, density?: CodingDensity): Quantizer {
  if (typeof quantization !== "object" || quantization === null)
    throw new DensityError("argument", "quantization must be { step } or { levels }");
  return "levels" in quantization
    ? levelQuantizer(levelsOf(quantization.levels, density))
    : stepQuantizer(quantization);
}

function stepQuantizer({ step, offset = 0 }: UniformSteps): Quantizer {
  if (!(Number.isFinite(step) && step > 0))
    throw new DensityError("argument", `step must be positive and finite, got ${step}`);
  if (!Number.isFinite(offset)) throw new DensityError("argument", `offset must be finite, got ${offset}`);
  return {
    binOf: (value) => Math.round((value - offset) / step),
    valueOf: (bin) => offset + bin * step,
    lowerEdge: (bin) => offset + (bin - 0.5) * step,
    levels: undefined,
    step,
    offset,
  };
}

function levelQuantizer(levels: Float64Array): Quantizer {
  const lowerEdge = (bin: number): number =>
    bin <= 0 ? -Infinity : bin >= levels.length ? Infinity : levels[bin - 1]! / 2 + levels[bin]! / 2;
  return {
    binOf: (value) => {
      let lower = 0;
      let upper = levels.length;
      while (upper - lower > 1) {
        const middle = (lower + upper) >> 1;
        if (lowerEdge(middle) < value) lower = middle;
        else upper = middle;
      }
      return lower;
    },
    valueOf: (bin) => levels[bin]!,
    lowerEdge,
    levels,
    step: 1,
    offset: 0,
  };
}

function levelsOf(levels: unknown, density: CodingDensity | undefined): Float64Array {
  if (levels === "modes") {
    if (typeof density?.modes !== "function")
      throw new DensityError("argument", 'levels "modes" needs a density that tells its modes');
    return checkedLevels(Float64Array.from(density.modes(), ({ value }) => value));
  }
  if (typeof levels !== "object" || levels === null || !("length" in levels))
    throw new DensityError("argument", 'levels must be an array of numbers or "modes"');
  return checkedLevels(Float64Array.from(levels as ArrayLike<number>));
}

/** @throws {@link DensityError} `argument` for levels that are not finite and strictly increasing. */
function checkedLevels(levels: Float64Array): Float64Array {
  if (levels.length === 0) throw new DensityError("argument", "there must be a level at least");
  levels.forEach((level, i) => {
    if (!Number.isFinite(level) || (i > 0 && level <= levels[i - 1]!))
      throw new DensityError("argument", `levels must be finite and increase: level ${i} is ${level}`, i);
  });
  return levels;
}
