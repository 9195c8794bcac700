import type { Check } from "./suite.ts";

const EXAMPLES = 5;

/** Counts the lines that differ, and keeps the first few. */
export function equalLines(expected: readonly string[], got: readonly string[]): Check {
  const examples: Check["examples"][number][] = [];
  let differing = 0;
  for (let i = 0; i < Math.max(expected.length, got.length); i++) {
    if (expected[i] === got[i]) continue;
    differing++;
    if (examples.length < EXAMPLES)
      examples.push({ line: i + 1, expected: expected[i] ?? "(no line)", got: got[i] ?? "(no line)" });
  }
  return { lines: expected.length, differing, examples };
}

/** For lines that are numbers: differing are those that are more than 1e-9 apart, and the note tells the largest distance. */
export function nearNumbers(expected: readonly string[], got: readonly string[]): Check {
  const distances = expected.map((line, i) => Math.abs(Number(line) - Number(got[i])));
  const near = expected.map((line, i) => (distances[i]! <= 1e-9 ? line : (got[i] ?? "(no line)")));
  return { ...equalLines(expected, near), note: `off by ${Math.max(...distances).toExponential(1)}` };
}

/**
 * For outputs of chance: each line is the number of its pieces, a tab, and its pieces joined. The joined text must be
 * equal, and the note tells how far the total number of pieces is from the expected one's.
 */
export function equalTexts(expected: readonly string[], got: readonly string[]): Check {
  const text = (line: string): string => line.slice(line.indexOf("\t") + 1);
  const pieces = (lines: readonly string[]): number =>
    lines.reduce((sum, line) => sum + Number.parseInt(line, 10), 0);
  const change = 100 * (pieces(got) / pieces(expected) - 1);
  const signed = `${change < 0 ? "−" : "+"}${Math.abs(change).toFixed(2)} %`;
  return { ...equalLines(expected.map(text), got.map(text)), note: `pieces drawn ${signed}` };
}
