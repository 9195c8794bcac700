import { MARGIN, NEAR_WEIGHT, nearSum, Plane } from "./plane.ts";
import { medianEdge, Predictor, PREDICTORS } from "./predictors.ts";
import { type LawShape, ResidualLaws } from "./residual-law.ts";

/** Frequencies of a pixel's values sum to 2^PRECISION. */
export const PRECISION = 20;
const TOTAL = 2 ** PRECISION;
/**
 * What all values have together, however unlikely they are: at least so much of {@link TOTAL}. So a pixel takes at the
 * least LEAST_BITS bits, and a file cannot stand for more pixels than its length allows.
 */
const SHARED = 2 ** 10;
export const LEAST_BITS = 0.0006;

/** How a channel is modelled. */
export interface Modelling {
  /** `mixed`: three predictors by least squares, their blend, and the blend less its bias. `median`: one alone, and in
   * colour what the first channel differs from its. */
  readonly predictor: "mixed" | "median";
  readonly law: LawShape;
}

/**
 * What a pixel of a channel is likely to be, given those before it: a mixture of laws about several predictions. To be
 * asked by {@link PixelLaw.cumulative} and told by {@link PixelLaw.learn}, pixel by pixel, row by row.
 *
 * Everything is learnt from pixels that a decoder has, by arithmetic that gives the same everywhere.
 */
export class PixelLaw {
  readonly plane: Plane;
  /** Values are 0 … levels − 1. */
  readonly #levels: number;
  readonly #others: readonly PixelLaw[];
  readonly #predictors: readonly Predictor[];
  readonly #laws: readonly ResidualLaws[];
  /** What every value has of {@link TOTAL} at the least. */
  readonly #least: number;
  /** For each law, the sizes of its errors and its shares in what came, in this row and the two above. */
  readonly #sizes: readonly Float64Array[];
  readonly #shares: readonly Float64Array[];
  /** The sizes of the last law's errors in the whole plane, for channels that come after; empty if there can be none. */
  readonly #allSizes: Float64Array;
  readonly #predictions: Float64Array;
  readonly #weights: Float64Array;
  readonly #bias: Bias;
  #column = 0;
  /** Where the pixel stands in the plane, and in the recent rows. */
  #at = 0;
  #recent = 0;
  #base = 0;
  #blend = 0;

  constructor(
    width: number,
    height: number,
    levels: number,
    others: readonly PixelLaw[],
    isAskedFor: boolean,
    { predictor, law }: Modelling,
  ) {
    this.plane = new Plane(width, height, Math.floor(levels / 2));
    this.#levels = levels;
    this.#others = others;
    const planes = others.map(({ plane }) => plane);
    this.#predictors =
      predictor === "median"
        ? []
        : PREDICTORS[others.length]!.map((shape) => new Predictor(this.plane, planes, shape));
    const count = predictor === "median" ? 1 : this.#predictors.length + 2;
    this.#predictions = new Float64Array(count);
    this.#weights = new Float64Array(count);
    const contexts = Float64Array.from({ length: SIZE_LEVELS.length + 1 }, (_, i) => SIZE_LEVELS[i] ?? 256);
    const sizes = new Float64Array(contexts.length * CHANNEL_CONTEXTS);
    for (let c = 0; c < CHANNEL_CONTEXTS; c++) sizes.set(contexts, c * contexts.length);
    const length = 3 * this.plane.stride;
    this.#laws = Array.from({ length: count }, () => new ResidualLaws(law, sizes));
    this.#sizes = Array.from({ length: count }, () => new Float64Array(length));
    this.#shares = Array.from({ length: count }, () => new Float64Array(length).fill(1 / count));
    this.#allSizes = new Float64Array(isAskedFor ? this.plane.data.length : 0);
    this.#least = Math.ceil(SHARED / levels);
    this.#bias = new Bias();
  }

  nextRow(y: number): void {
    this.plane.beginRow(y);
    for (const rows of [...this.#sizes, ...this.#shares]) rows.copyWithin(0, this.plane.stride);
    for (const predictor of this.#predictors) predictor.nextRow();
  }

  /** Prepares the law of a pixel. */
  begin(x: number, y: number): void {
    const { plane } = this;
    const { data, stride } = plane;
    const at = plane.index(x, y);
    const most = this.#levels - 1;
    const predictions = this.#predictions;
    const count = this.#predictors.length;
    this.#column = x;
    this.#at = at;
    const recent = plane.index(x, 2 - MARGIN);
    this.#recent = recent;
    this.#base = medianEdge(plane, at);
    let spread = 0;
    if (count === 0) predictions[0] = within(this.#base + this.#firstOff(at), most);
    else {
      let sum = 0;
      let weights = 0;
      for (let i = 0; i < count; i++) {
        const prediction = within(this.#predictors[i]!.predict(x, at, this.#base), most);
        predictions[i] = prediction;
        const size = 0.3 + nearSum(this.#sizes[i]!, recent, stride);
        sum += prediction / (size * size);
        weights += 1 / (size * size);
      }
      const blend = sum / weights;
      for (let i = 0; i < count; i++) spread += absolute(predictions[i]! - blend) / count;
      this.#blend = blend;
      predictions[count] = blend;
      predictions[count + 1] = within(
        blend + this.#bias.of(plane, at, blend, nearSum(this.#sizes[count]!, recent, stride) / NEAR_WEIGHT),
        most,
      );
    }

    const left = data[at - 1]!;
    const above = data[at - stride]!;
    const corner = data[at - stride - 1]!;
    const steepness =
      absolute(left - corner) + absolute(above - corner) + absolute(above - data[at - stride + 1]!);
    const channel = this.#channelContext(at);
    let total = 0;
    for (let i = 0; i < this.#laws.length; i++) {
      const expected = nearSum(this.#sizes[i]!, recent, stride) / NEAR_WEIGHT + spread / 2 + steepness / 30;
      this.#laws[i]!.use(channel * (SIZE_LEVELS.length + 1) + sizeLevel(expected), predictions[i]!);
      this.#weights[i] = 0.05 + nearSum(this.#shares[i]!, recent, stride);
      total += this.#weights[i]!;
    }
    for (let i = 0; i < this.#laws.length; i++) this.#weights[i]! /= total;
  }

  /** The sum of the frequencies of all values below one; 0 for 0, 2^20 for the number of levels, and rising between. */
  cumulative(value: number): number {
    if (value <= 0) return 0;
    if (value >= this.#levels) return TOTAL;
    let below = 0;
    for (let i = 0; i < this.#laws.length; i++)
      below += this.#weights[i]! * this.#laws[i]!.below(value - 0.5);
    // Rounding may take one away between two values, and no more: frequencies are #least − 1 and more.
    return Math.floor(below * (TOTAL - this.#least * this.#levels)) + this.#least * value;
  }

  /** Takes in what the pixel was. */
  learn(value: number): void {
    const { stride, data } = this.plane;
    const at = this.#at;
    const recent = this.#recent;
    const lower = value === 0 ? -Infinity : value - 0.5;
    const upper = value === this.#levels - 1 ? Infinity : value + 0.5;
    let total = 0;
    for (let i = 0; i < this.#laws.length; i++) {
      const law = this.#laws[i]!;
      const share = this.#weights[i]! * (1e-6 + absolute(law.below(upper) - law.below(lower)));
      this.#shares[i]![recent] = share;
      total += share;
    }
    for (let i = 0; i < this.#laws.length; i++) {
      const error = absolute(value - this.#predictions[i]!);
      this.#shares[i]![recent]! /= total;
      this.#sizes[i]![recent] = error;
      this.#laws[i]!.learn(lower, upper, error);
    }
    if (this.#allSizes.length > 0) this.#allSizes[at] = this.#sizes.at(-1)![recent]!;
    const count = this.#predictors.length;
    if (count > 0) {
      const near = nearSum(this.#sizes[count]!, recent, stride) / NEAR_WEIGHT;
      this.#bias.learn(value - this.#blend);
      // Where errors are large anyway, one tells less.
      const weight = 1 / (2 + (0.3 + near) * (0.3 + near));
      for (const predictor of this.#predictors) predictor.learn(this.#column, value - this.#base, weight);
    }
    data[at] = value;
    if (this.#column === this.plane.width - 1) this.plane.endRow(Math.floor(at / stride) - MARGIN);
  }

  /** By how much the first channel differs here from its median edge prediction; 0 for the first itself. */
  #firstOff(at: number): number {
    const plane = this.#others[0]?.plane;
    return plane === undefined ? 0 : plane.data[at]! - medianEdge(plane, at);
  }

  /** How the channels before erred here, against how they do around: 0 for less, 2 for more. */
  #channelContext(at: number): number {
    if (this.#others.length === 0) return 0;
    let here = 0;
    let around = 0;
    for (const other of this.#others) {
      here += other.#allSizes[at]!;
      around += nearSum(other.#allSizes, at, this.plane.stride) / NEAR_WEIGHT;
    }
    return here < 0.6 * around ? 0 : here > 1.4 * around + 0.5 ? 2 : 1;
  }
}

const CHANNEL_CONTEXTS = 3;

/** The bounds of the contexts by expected size of errors: a third of an octave each. */
const SIZE_LEVELS = thirdsOfOctaves(0.1, 33);

function thirdsOfOctaves(first: number, count: number): Float64Array {
  const levels = new Float64Array(count).fill(first);
  for (let i = 1; i < count; i++) levels[i] = levels[i - 1]! * 1.2599210498948732;
  return levels;
}

function sizeLevel(size: number): number {
  let lower = 0;
  let upper = SIZE_LEVELS.length;
  while (lower < upper) {
    const middle = (lower + upper) >> 1;
    if (SIZE_LEVELS[middle]! < size) lower = middle + 1;
    else upper = middle;
  }
  return lower;
}

/** By how much predictions are wrong on average where a pixel's surroundings look alike. */
class Bias {
  readonly #sum = new Float64Array(64 * 8);
  readonly #count = new Float64Array(64 * 8);
  #context = 0;

  of({ data, stride }: Plane, at: number, prediction: number, near: number): number {
    const left = data[at - 1]!;
    const above = data[at - stride]!;
    let level = 0;
    for (let bound = 0.5; level < 7 && near > bound; bound *= 2) level++;
    this.#context =
      8 *
        (Number(left > prediction) +
          2 * Number(above > prediction) +
          4 * Number(data[at - stride - 1]! > prediction) +
          8 * Number(data[at - stride + 1]! > prediction) +
          16 * Number(2 * above - data[at - 2 * stride]! > prediction) +
          32 * Number(2 * left - data[at - 2]! > prediction)) +
      level;
    return this.#sum[this.#context]! / (this.#count[this.#context]! + 4);
  }

  learn(error: number): void {
    const context = this.#context;
    this.#sum[context]! += error;
    this.#count[context]! += 1;
    if (this.#count[context]! < 256) return;
    this.#sum[context]! /= 2;
    this.#count[context]! /= 2;
  }
}

function within(value: number, most: number): number {
  return value < 0 ? 0 : value > most ? most : value;
}

function absolute(x: number): number {
  return x < 0 ? -x : x;
}
