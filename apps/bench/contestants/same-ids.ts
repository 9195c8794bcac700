import { readSentencePiece } from "@lemmata/lattice/sentencepiece";
import { equalLines } from "../src/check.ts";
import type { Check, Input } from "../src/suite.ts";

/** Scores this near are one score to an implementation that adds in 32 bits. */
const TIE = 1e-4;

/**
 * Compares ids, and says of the lines that differ how many are ties: both segmentations have the same score, so that
 * either is a best one.
 */
export function sameIds(expected: readonly string[], got: readonly string[], input: Input): Check {
  const check = equalLines(expected, got);
  if (check.differing === 0) return check;
  const { labelScore } = readSentencePiece(input.model);
  const score = (line: string | undefined): number =>
    (line ?? "").split(" ").reduce((sum, id) => sum + (labelScore[Number(id)] ?? Number.NaN), 0);
  const ties = expected.filter(
    (line, i) => line !== got[i] && Math.abs(score(line) - score(got[i])) < TIE,
  ).length;
  return { ...check, note: ties === check.differing ? "all ties of score" : `${ties} ties of score` };
}
