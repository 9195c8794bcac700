import { MetricsError } from "../metrics-error.ts";
import { type References, referencesOf } from "../text/references.ts";
import { textOf } from "../text-of.ts";
import type { Segment } from "./chinese-words.ts";
import { classificationScore } from "./classification-score.ts";
import { codeSimScore } from "./code-sim-score.ts";
import {
  datasetOf,
  firstLineDatasets,
  type LongbenchDataset,
  longbenchDatasets,
  type LongbenchScorer,
} from "./datasets.ts";
import { countScore, retrievalScore, retrievalZhScore } from "./number-scores.ts";
import { qaF1Score, qaF1ZhScore } from "./qa-f1-score.ts";
import { rougeScore, rougeZhScore } from "./rouge-score.ts";

/** What some scorers need. */
export interface LongbenchContext {
  /** The names of all classes, for `trec` and `lsht`. */
  readonly classes?: readonly string[];
  /** How Chinese is cut into words: `chineseWords` if left out. */
  readonly segment?: Segment;
}

/**
 * The score of one prediction for a dataset of LongBench (Bai et al., 2023), in [0, 1]: the best over the answers, of the
 * first line alone where LongBench takes that.
 *
 * @throws {@link MetricsError} `argument`, `text`, `empty` if there is no answer.
 */
export function longbenchScore(
  dataset: LongbenchDataset,
  prediction: string,
  answers: References,
  context: LongbenchContext = {},
): number {
  const score = scorers[longbenchDatasets[datasetOf(dataset)]];
  const text = textOf(prediction, "the prediction");
  const scored = firstLineDatasets.has(dataset) ? text.replace(/^\n+/, "").split("\n", 1)[0]! : text;
  return Math.max(...referencesOf(answers).map((answer) => score(scored, answer, context)));
}

type Score = (prediction: string, answer: string, context: LongbenchContext) => number;

const scorers: Readonly<Record<LongbenchScorer, Score>> = {
  qaF1: qaF1Score,
  qaF1Zh: (prediction, answer, { segment }) => qaF1ZhScore(prediction, answer, segment),
  rouge: rougeScore,
  rougeZh: (prediction, answer, { segment }) => rougeZhScore(prediction, answer, segment),
  classification: (prediction, answer, { classes }) => {
    if (classes === undefined)
      throw new MetricsError("argument", "this dataset needs the names of its classes");
    return classificationScore(prediction, answer, classes);
  },
  retrieval: retrievalScore,
  retrievalZh: retrievalZhScore,
  count: countScore,
  codeSim: codeSimScore,
};
