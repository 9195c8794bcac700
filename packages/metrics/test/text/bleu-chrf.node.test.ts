import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { bleuTokenizers } from "../../src/text/bleu-tokenizers.ts";
import { trimEnd } from "../../src/text/white-space.ts";
import {
  bleu,
  BleuCounts,
  bootstrap,
  pairedBootstrap,
  type Interval,
  type BleuOptions,
  type BleuTokenizer,
  chrf,
  ChrfCounts,
  type ChrfOptions,
  sentenceBleu,
  sentenceChrf,
} from "../../src/text.ts";

// Made by tools/golden/make_bleu_chrf.py with sacrebleu 2.6.0.
interface Result {
  readonly metric: "bleu" | "chrf";
  readonly options: BleuOptions & ChrfOptions;
  readonly score: number;
  readonly signature: string;
  readonly [part: string]: unknown;
}
interface Golden {
  readonly tokens: readonly { tokenizer: BleuTokenizer; text: string; tokens: string[] }[];
  readonly corpora: Readonly<Record<string, { hypotheses: string[]; references: string[][] }>>;
  readonly corpus: readonly (Result & { corpus: string })[];
  readonly paired: readonly (Result & {
    corpus: string;
    system: string[];
    baselineResult: Interval;
    systemResult: Interval;
    pValue: number;
  })[];
  readonly sentences: readonly (Result & { hypothesis: string; references: string[] })[];
}
const golden = JSON.parse(
  gunzipSync(readFileSync(new URL("../golden/bleu-chrf.json.gz", import.meta.url))).toString(),
) as Golden;

/** Expects every part that the reference has, numbers to 13 digits. */
function expectParts(got: object, want: Result, parts: readonly string[]): void {
  for (const part of parts) {
    const [ours, theirs] = [(got as Result)[part], want[part]].map((value) =>
      typeof value === "number" ? [value] : value,
    );
    if (typeof theirs === "string") expect(ours).toBe(theirs);
    else
      (theirs as number[]).forEach((number, i) =>
        expect(Math.abs((ours as number[])[i]! - number)).toBeLessThanOrEqual(1e-13 * Math.abs(number)),
      );
  }
}
const partsOf = (metric: string): string[] =>
  metric === "bleu"
    ? ["score", "signature", "precisions", "brevityPenalty", "hypothesisLength", "referenceLength"]
    : ["score", "signature", "name"];
const countsOf = ({ metric, options }: Result): BleuCounts | ChrfCounts =>
  metric === "bleu" ? new BleuCounts(options) : new ChrfCounts(options);

describe("sacrebleu 2.6.0", () => {
  test("cuts lines into the same words", () => {
    expect(golden.tokens.length).toBeGreaterThan(200);
    for (const { tokenizer, text, tokens } of golden.tokens)
      expect([tokenizer, text, bleuTokenizers[tokenizer](trimEnd(text))]).toEqual([tokenizer, text, tokens]);
  });

  test.each(Object.keys(golden.corpora))("gives the same scores and signatures for: %s", (corpus) => {
    const { hypotheses, references } = golden.corpora[corpus]!;
    const rows = golden.corpus.filter((row) => row.corpus === corpus);
    expect(rows.length).toBeGreaterThan(20);
    for (const row of rows) {
      const score = (row.metric === "bleu" ? bleu : chrf)(hypotheses, references, row.options);
      expectParts(score, row, partsOf(row.metric));
    }
  });

  test("gives the same scores for single sentences", () => {
    expect(golden.sentences.length).toBeGreaterThan(100);
    for (const row of golden.sentences) {
      const score = (row.metric === "bleu" ? sentenceBleu : sentenceChrf)(
        row.hypothesis,
        row.references,
        row.options,
      );
      expectParts(score, row, partsOf(row.metric));
    }
  });

  test("and so does any split of a corpus, merged in any order, through JSON", () => {
    for (const row of golden.corpus.filter(({ corpus }) => corpus === "one to three references")) {
      const { hypotheses, references } = golden.corpora[row.corpus]!;
      const parts = [0, 1, 2].map(() => countsOf(row));
      hypotheses.forEach((hypothesis, i) => parts[(i * i) % 3]!.add(hypothesis, references[i]!));
      const [a, b, c] = parts as [BleuCounts, BleuCounts, BleuCounts];
      const whole = (countsOf(row) as BleuCounts).merge(JSON.parse(JSON.stringify(c))).merge(a.merge(b));
      expect(whole.finish()).toEqual(
        (row.metric === "bleu" ? bleu : chrf)(hypotheses, references, row.options),
      );
    }
  });

  test("gives the same confidence intervals for the same seed, but for its single precision", () => {
    const rows = golden.corpus.filter((row) => "mean" in row);
    expect(rows.length).toBeGreaterThan(30);
    for (const row of rows) {
      const { hypotheses, references } = golden.corpora[row.corpus]!;
      const interval = bootstrap(countsOf(row), hypotheses, references, { samples: 200 });
      expect(Math.abs(interval.mean - (row["mean"] as number))).toBeLessThanOrEqual(1e-5);
      expect(Math.abs(interval.margin - (row["margin"] as number))).toBeLessThanOrEqual(1e-5);
      expect(interval.signature).toBe(row["resampledSignature"]);
      expect(interval.score).toBe(
        (row.metric === "bleu" ? bleu : chrf)(hypotheses, references, row.options).score,
      );
    }
  });

  test("finds the same differences between systems significant", () => {
    for (const row of golden.paired) {
      const { hypotheses, references } = golden.corpora[row.corpus]!;
      const compared = pairedBootstrap(countsOf(row), hypotheses, row.system, references, { samples: 500 });
      expect(compared.pValue).toBeCloseTo(row.pValue, 12);
      for (const name of ["baseline", "system"] as const) {
        const want = row[`${name}Result`];
        for (const part of ["score", "mean", "margin"] as const)
          expect(Math.abs(compared[name][part] - want[part])).toBeLessThanOrEqual(1e-5);
      }
    }
  });
});
