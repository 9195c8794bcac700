import { MetricsError } from "../metrics-error.ts";
import { numpyIntegers } from "./numpy-random.ts";
import { type References, referencesOf, requireSegments } from "./references.ts";
import { textOf } from "../text-of.ts";
import { SegmentCounts } from "./segment-counts.ts";
import { wholeNumber } from "./settings.ts";

/** How to resample. */
export interface BootstrapOptions {
  /** How many corpora to draw; 1000 if left out. */
  readonly samples?: number;
  /** 12345, sacrebleu's, if left out. The same seed draws the same segments as NumPy does there. */
  readonly seed?: number;
}

/** A score, and how sure it is. */
export interface Interval {
  /** The score of the corpus as it is. */
  readonly score: number;
  /** The mean score of the resampled corpora. */
  readonly mean: number;
  /** Half the width of the interval that holds 95 % of them. */
  readonly margin: number;
  /** sacrebleu's signature: report it with the numbers. */
  readonly signature: string;
}

/** Two systems on the same segments, and whether their difference may be chance. */
export interface PairedComparison {
  readonly baseline: Interval;
  readonly system: Interval;
  /** How often resampling alone makes a difference as large as the one found, in (0, 1]. */
  readonly pValue: number;
}

/**
 * A score with its 95 % confidence interval by bootstrap resampling (Koehn, 2004): segments are drawn with replacement, the
 * score of each such corpus taken. As sacrebleu gives it, but for the single precision of its sums.
 *
 * @param counts the measure: an accumulator, of which only the settings matter.
 * @param references the references of each hypothesis, at its place.
 * @throws {@link MetricsError} `length`, `empty`, `argument`, `text`.
 * @remarks O(samples · segments), after the texts have been counted once.
 */
export function bootstrap(
  counts: SegmentCounts<{ readonly score: number }>,
  hypotheses: readonly string[],
  references: readonly References[],
  options: BootstrapOptions = {},
): Interval {
  const { samples, seed } = checked(options);
  const rows = rowsOf(counts, hypotheses, references);
  return intervalOf(rows, rows.scores(samples, numpyIntegers(seed)), samples, seed);
}

/**
 * Compares a system with a baseline on the same segments by paired bootstrap resampling (Koehn, 2004). As sacrebleu's
 * `PairedTest` of type `bs`, but for the single precision of its sums.
 *
 * @param counts the measure: an accumulator, of which only the settings matter.
 * @param references the references of each segment, at its place.
 * @throws {@link MetricsError} `length`, `empty`, `argument`, `text`.
 * @remarks O(samples · segments), after the texts have been counted once.
 */
export function pairedBootstrap(
  counts: SegmentCounts<{ readonly score: number }>,
  baseline: readonly string[],
  system: readonly string[],
  references: readonly References[],
  options: BootstrapOptions = {},
): PairedComparison {
  const { samples, seed } = checked(options);
  const baselineRows = rowsOf(counts, baseline, references);
  const systemRows = rowsOf(counts, system, references);
  // The same seed for both: each resampled corpus is of the same segments.
  const baselineScores = baselineRows.scores(samples, numpyIntegers(seed));
  const systemScores = systemRows.scores(samples, numpyIntegers(seed));
  const differences = systemScores.map((score, i) => Math.abs(score - baselineScores[i]!));
  const mean = meanOf(differences);
  const found = Math.abs(systemRows.score - baselineRows.score);
  const larger = differences.filter((difference) => difference - mean > found).length;
  return {
    baseline: intervalOf(baselineRows, baselineScores, samples, seed),
    system: intervalOf(systemRows, systemScores, samples, seed),
    pValue: (larger + 1) / (samples + 1),
  };
}

function checked({ samples = 1000, seed = 12345 }: BootstrapOptions): { samples: number; seed: number } {
  return {
    samples: wholeNumber(samples, "samples", 1, 1e6),
    seed: wholeNumber(seed, "seed", 0, Number.MAX_SAFE_INTEGER),
  };
}

/** The counts of each segment, a row each. */
interface Rows {
  readonly score: number;
  /** `nrefs` of the signature, and the rest. */
  signature(resampled: string): string;
  /** The scores of corpora drawn from the rows. */
  scores(samples: number, integers: (limit: number) => number): Float64Array;
}

function rowsOf(
  counts: SegmentCounts<{ readonly score: number }>,
  hypotheses: readonly string[],
  references: readonly References[],
): Rows {
  requireSegments(hypotheses, references);
  if (!(counts instanceof SegmentCounts))
    throw new MetricsError("argument", "the measure must be an accumulator: a BleuCounts or ChrfCounts");
  const { width } = counts;
  const rows = new Float64Array(width * hypotheses.length);
  let number = 0;
  hypotheses.forEach((hypothesis, i) => {
    const list = referencesOf(references[i]!);
    number = i === 0 || number === list.length ? list.length : -1;
    counts.countSegment(textOf(hypothesis, "a hypothesis", i), list, rows, i * width);
  });
  const sums = new Float64Array(width);
  const addRow = (row: number): void => {
    for (let i = 0; i < width; i++) sums[i]! += rows[row * width + i]!;
  };
  hypotheses.forEach((_, i) => addRow(i));
  return {
    score: counts.scoreOf(sums).score,
    signature: (resampled) => counts.signature(number, resampled),
    scores: (samples, integers) =>
      Float64Array.from({ length: samples }, () => {
        sums.fill(0);
        for (let i = 0; i < hypotheses.length; i++) addRow(integers(hypotheses.length));
        return counts.scoreOf(sums).score;
      }),
  };
}

function intervalOf(rows: Rows, scores: Float64Array, samples: number, seed: number): Interval {
  const sorted = scores.toSorted();
  const cut = Math.floor(samples / 40);
  return {
    score: rows.score,
    mean: meanOf(sorted),
    margin: (sorted[samples - 1 - cut]! - sorted[cut]!) / 2,
    signature: rows.signature(`bs:${samples}|seed:${seed}`),
  };
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
