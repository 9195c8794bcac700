// js-rouge, JavaScript: its tokenizer keeps punctuation and case.
import type { Prepare } from "../src/task.ts";
import { installed, versionOf } from "./installed.ts";

const { n, l } = await installed<{
  readonly n: (candidate: string, reference: string, options: { n: number }) => number;
  readonly l: (candidate: string, reference: string, options: object) => number;
}>("js-rouge");

const versions = versionOf("js-rouge");

export const rouge: Prepare = ({ lines }) => {
  const pairs = lines.map((line) => line.split("\t") as [string, string]);
  const scoresOf = ([candidate, reference]: [string, string]): number[] => [
    n(candidate, reference, { n: 1 }),
    n(candidate, reference, { n: 2 }),
    l(candidate, reference, {}),
  ];
  return {
    versions,
    run() {
      let sum = 0;
      for (const pair of pairs) sum += scoresOf(pair)[0]!;
      return sum;
    },
    output: () =>
      pairs.map((pair) =>
        scoresOf(pair)
          .map((score) => score.toFixed(6))
          .join(" "),
      ),
  };
};
