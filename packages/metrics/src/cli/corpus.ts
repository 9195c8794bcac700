import { at, integerOption, listing } from "@lemmata/filter";
import { bootstrap, type Interval, pairedBootstrap } from "../text/bootstrap.ts";
import type { SegmentCounts } from "../text/segment-counts.ts";
import { formatOf, print } from "./output.ts";
import { fileOf, type Segment, segmentOptions, segmentsOf } from "./segments.ts";

/** The options of measures of a corpus, for `parseArgs`. */
export const corpusOptions = {
  ...segmentOptions,
  baseline: { type: "string" },
  confidence: { type: "boolean", default: false },
  samples: { type: "string", default: "1000" },
  seed: { type: "string", default: "12345" },
  format: { type: "string", default: "text" },
} as const;

/** What `--help` says of resampling. */
export const resamplingHelp = `  --confidence      adds the 95 % confidence interval, by bootstrap resampling
  --baseline FILE   compares with another system by paired bootstrap resampling: with the lines of FILE, or in lines of
                    JSON with their field FILE; gives the intervals of both, and a p-value
  --samples N       how many corpora to resample; 1000 if left out
  --seed N          for resampling, with the meaning that sacrebleu gives it; 12345 if left out`;

/** What `parseArgs` found of {@link corpusOptions}. */
interface CorpusValues {
  readonly reference: readonly string[];
  readonly "hypothesis-field": string;
  readonly "references-field": string;
  readonly baseline?: string | undefined;
  readonly confidence: boolean;
  readonly samples: string;
  readonly seed: string;
  readonly format: string;
}

/** A score of a corpus, whatever the measure. */
interface CorpusScore {
  readonly score: number;
  readonly signature: string;
}

/** Names and values. */
type Rows = readonly (readonly [name: string, value: string])[];

/** A measure of a corpus. */
export interface Measure<Score extends CorpusScore> {
  readonly counts: SegmentCounts<Score>;
  readonly nameOf: (score: Score) => string;
  /** What it has to say besides the score, as text. */
  readonly details: (score: Score) => Rows;
}

/**
 * Scores a corpus and prints the score. The segments are held in memory only if they are to be resampled.
 *
 * @throws `UsageError`; `DataError` for segments that cannot be used, or if there are none.
 */
export async function scoreCorpus<Score extends CorpusScore>(
  { counts, nameOf, details }: Measure<Score>,
  values: CorpusValues,
  positionals: readonly string[],
): Promise<void> {
  const format = formatOf(values.format);
  const file = fileOf(positionals);
  const { reference: references, baseline, confidence } = values;
  const resampling = {
    samples: integerOption("samples", values.samples, 1, 1e6),
    seed: integerOption("seed", values.seed, 0),
  };
  const kept: Segment[] = [];
  let segments = 0;
  for await (const segment of segmentsOf({
    file,
    references,
    baseline,
    hypothesisField: values["hypothesis-field"],
    referencesField: values["references-field"],
  })) {
    at(segment.place, () => counts.add(segment.hypothesis, segment.references));
    segments++;
    if (confidence || baseline !== undefined) kept.push(segment);
  }
  const score = at(file ?? "standard input", () => counts.finish());
  const measure = nameOf(score);
  const { signature, rows, about } =
    kept.length === 0
      ? { signature: score.signature, rows: [[measure, score.score.toFixed(2)]] as Rows, about: {} }
      : resampled(measure, counts, kept, resampling);
  await print(format, { measure, segments, ...score, ...about }, () =>
    listing([...rows, ["segments", String(segments)], ...details(score), ["signature", signature]]),
  );
}

/** What resampling adds: the interval of a score, or its comparison with that of a baseline. */
function resampled(
  measure: string,
  counts: SegmentCounts<CorpusScore>,
  segments: readonly Segment[],
  options: { readonly samples: number; readonly seed: number },
): { readonly signature: string; readonly rows: Rows; readonly about: object } {
  const hypotheses = segments.map(({ hypothesis }) => hypothesis);
  const references = segments.map((segment) => segment.references);
  const baselines = segments.flatMap(({ baseline }) => baseline ?? []);
  if (baselines.length === 0) {
    const interval = bootstrap(counts, hypotheses, references, options);
    return { signature: interval.signature, rows: [[measure, asText(interval)]], about: { interval } };
  }
  const about = pairedBootstrap(counts, baselines, hypotheses, references, options);
  const { system, baseline, pValue } = about;
  return {
    signature: system.signature,
    rows: [
      [measure, asText(system)],
      ["baseline", asText(baseline)],
      ["p-value", pValue.toFixed(4)],
    ],
    about,
  };
}

function asText({ score, mean, margin }: Interval): string {
  return `${score.toFixed(2)} ± ${margin.toFixed(2)} (95 %, mean ${mean.toFixed(2)})`;
}
