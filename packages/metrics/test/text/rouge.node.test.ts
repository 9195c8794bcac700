import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { porterStem } from "../../src/text/porter-stemmer.ts";
import { MetricsError } from "../../src/index.ts";
import { rouge, type RougeScore, type RougeType, setRouge, type SetRougeScore } from "../../src/text.ts";

// Made by tools/golden/make_rouge.py with rouge_score 0.1.2, rouge 1.0.1 and NLTK 3.10.4.
type Scores = Readonly<Record<string, readonly [precision: number, recall: number, fmeasure: number]>>;
interface Golden {
  readonly stems: Readonly<Record<string, string>>;
  readonly pairs: readonly {
    prediction: string;
    reference: string;
    plain: Scores;
    stemmed: Scores;
    sets: Readonly<Record<"rouge-1" | "rouge-2" | "rouge-l", SetRougeScore>> | null;
  }[];
  readonly multi: readonly { prediction: string; references: string[]; stemmed: Scores }[];
}
const golden = JSON.parse(
  gunzipSync(readFileSync(new URL("../golden/rouge.json.gz", import.meta.url))).toString(),
) as Golden;
const types = Object.keys(golden.pairs[0]!.plain) as RougeType[];

function expectScores(got: Readonly<Record<RougeType, RougeScore>>, want: Scores): void {
  for (const type of types) {
    const { precision, recall, fmeasure } = got[type];
    expect([type, precision, recall, fmeasure]).toEqual([type, ...want[type]!]);
  }
}

describe("rouge_score 0.1.2", () => {
  test("gives the same scores to the bit, with words and with stems", () => {
    expect(golden.pairs.length).toBeGreaterThan(100);
    for (const { prediction, reference, plain, stemmed } of golden.pairs) {
      expectScores(rouge(prediction, reference, { types }), plain);
      expectScores(rouge(prediction, [reference], { types, stemmer: true }), stemmed);
    }
  });

  test("takes the best of several references, type by type", () => {
    for (const { prediction, references, stemmed } of golden.multi)
      expectScores(rouge(prediction, references, { types, stemmer: true }), stemmed);
  });
});

test("NLTK gives the same stems", () => {
  expect(Object.keys(golden.stems).length).toBeGreaterThan(5000);
  const ours = Object.fromEntries(Object.keys(golden.stems).map((word) => [word, porterStem(word)]));
  expect(ours).toEqual(golden.stems);
});

test("the package rouge 1.0.1 gives the same scores to the bit, and fails where we refuse", () => {
  for (const { prediction, reference, sets } of golden.pairs) {
    if (sets === null) expect(() => setRouge(prediction, reference)).toThrow(MetricsError);
    else expect(setRouge(prediction, reference)).toEqual(sets);
  }
});
