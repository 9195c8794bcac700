import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { bleu, chrf, meanRouge, type RougeScore } from "../../src/text.ts";
import { golden, jsonLines, printed, run, start, temporaryDirectory } from "./run.ts";

// Made by tools/golden/make_bleu_chrf.py with sacrebleu 2.6.0.
interface Result {
  readonly metric: "bleu" | "chrf";
  readonly options: Readonly<Record<string, string | number | boolean>>;
  readonly corpus: string;
  readonly score: number;
  readonly signature: string;
  readonly [part: string]: unknown;
}
const sacrebleu = golden("bleu-chrf") as {
  readonly corpora: Readonly<Record<string, { hypotheses: string[]; references: string[][] }>>;
  readonly corpus: readonly Result[];
  readonly paired: readonly (Result & { system: string[]; pValue: number })[];
};
/** Options as a user writes them. */
const asArgs = (options: Result["options"]): string[] =>
  Object.entries(options).flatMap(([name, value]) => {
    const flag = `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    return value === true ? [flag] : [flag, String(value)];
  });
const lines = (texts: readonly string[]): string => texts.map((text) => `${text}\n`).join("");
const expectNear = (got: number, want: number): void =>
  expect(Math.abs(got - want)).toBeLessThanOrEqual(1e-13 * Math.abs(want));

describe("BLEU and chrF are sacrebleu's", () => {
  test.each(
    sacrebleu.corpus.filter(
      ({ corpus, options }) =>
        corpus === "botchan, two references" &&
        !("smooth" in options && ("tokenize" in options || "effectiveOrder" in options)),
    ),
  )(
    "of plain lines with two files of references: $metric $options",
    ({ metric, options, corpus, score, signature }) => {
      const { hypotheses, references } = sacrebleu.corpora[corpus]!;
      const path = temporaryDirectory();
      for (const i of [0, 1]) writeFileSync(path(`${i}`), lines(references.map((one) => one[i]!)));
      const args = [metric, ...asArgs(options), "--reference", path("0"), "--reference", path("1")];
      const got = printed(args, lines(hypotheses)) as Result;
      expectNear(got.score, score);
      expect(got).toMatchObject({ signature, segments: 40 });
    },
  );

  test.each(
    sacrebleu.corpus.filter(
      ({ corpus, options }) =>
        corpus === "sanguo_40" && /^\{"(?:tokenize|charOrder)":[^,]+\}$/.test(JSON.stringify(options)),
    ),
  )("of a file of JSON, in Chinese: $metric $options", ({ metric, options, corpus, score, signature }) => {
    const { hypotheses, references } = sacrebleu.corpora[corpus]!;
    const path = temporaryDirectory();
    const rows = hypotheses.map((hypothesis, i) => ({ id: i, mt: hypothesis, ref: references[i]![0]! }));
    writeFileSync(path("rows.jsonl"), jsonLines(rows));
    const fields = ["--hypothesis-field", "mt", "--references-field", "ref"];
    const got = printed([metric, ...asArgs(options), ...fields, path("rows.jsonl")]) as Result;
    expectNear(got.score, score);
    expect(got.signature).toBe(signature);
  });

  test.each(["one to three references", "edges", "empty hypotheses"])(
    "of JSON with lists of references, from standard input: %s",
    (corpus) => {
      const { hypotheses, references } = sacrebleu.corpora[corpus]!;
      const rows = hypotheses.map((hypothesis, i) => ({ hypothesis, references: references[i]! }));
      for (const metric of ["bleu", "chrf"]) {
        const wanted = (row: Result): boolean =>
          row.corpus === corpus && row.metric === metric && Object.keys(row.options).length <= 1;
        const want = sacrebleu.corpus.find(wanted)!;
        const got = printed([metric, ...asArgs(want.options), "-"], jsonLines(rows)) as Result;
        expectNear(got.score, want.score);
        expect(got.signature).toBe(want.signature);
      }
    },
  );

  test("with confidence intervals of the same resampled corpora, but for its single precision", () => {
    const rows = sacrebleu.corpus.filter((row) => "mean" in row && row.corpus === "botchan").slice(0, 3);
    expect(rows).toHaveLength(3);
    const { hypotheses, references } = sacrebleu.corpora["botchan"]!;
    const input = jsonLines(hypotheses.map((hypothesis, i) => ({ hypothesis, references: references[i]! })));
    for (const { metric, options, ...want } of rows) {
      const args = [metric, ...asArgs(options), "--confidence", "--samples", "200"];
      const { interval } = printed(args, input) as { interval: Record<string, number> };
      expect(Math.abs(interval["mean"]! - (want["mean"] as number))).toBeLessThanOrEqual(1e-5);
      expect(Math.abs(interval["margin"]! - (want["margin"] as number))).toBeLessThanOrEqual(1e-5);
      expect(interval["signature"]).toBe(want["resampledSignature"]);
    }
  });

  test.each(["lines", "JSON"])("with the same p-values for two systems, of %s", (kind) => {
    for (const { metric, options, corpus, system, pValue } of sacrebleu.paired.slice(0, 2)) {
      const { hypotheses, references } = sacrebleu.corpora[corpus]!;
      const path = temporaryDirectory();
      const args = [metric, ...asArgs(options), "--samples", "500"];
      if (kind === "lines") {
        writeFileSync(path("baseline"), lines(hypotheses));
        writeFileSync(path("references"), lines(references.map(([one]) => one!)));
        args.push("--baseline", path("baseline"), "--reference", path("references"));
      } else args.push("--baseline", "old");
      const rows = system.map((hypothesis, i) => ({
        hypothesis,
        old: hypotheses[i]!,
        references: references[i]!,
      }));
      const got = printed(args, kind === "lines" ? lines(system) : jsonLines(rows)) as { pValue: number };
      expect(got.pValue).toBeCloseTo(pValue, 12);
    }
  });

  test("and are shown as text, two digits and the signature", () => {
    const { hypotheses, references } = sacrebleu.corpora["sacrebleu's own"]!;
    const input = jsonLines(hypotheses.map((hypothesis, i) => ({ hypothesis, references: references[i]! })));
    expect(run(["bleu"], input).text).toBe(`BLEU             48.53
segments         3
precisions       82.4 / 50.0 / 45.5 / 37.5
brevity penalty  0.9429
words            17, in references 18
signature        nrefs:2|case:mixed|eff:no|tok:13a|smooth:exp|version:2.6.0
`);
    expect(run(["chrf", "--word-order", "2"], input).text).toMatch(
      /^chrF2\+\+ +59\.15\nsegments +3\nsignature +nrefs:2\|case:mixed\|eff:yes\|nc:6\|nw:2\|space:no\|version:2\.6\.0\n$/,
    );
    expect(run(["bleu", "--confidence"], input).text).toMatch(
      /^BLEU +48\.53 ± [\d.]+ \(95 %, mean [\d.]+\)\n[^]*\nsignature +nrefs:2\|bs:1000\|seed:12345\|/,
    );
    expect(run(["bleu", "--baseline", "hypothesis"], input).text).toMatch(
      /^BLEU +48\.53 ± [\d.]+ [^\n]+\nbaseline +48\.53 ± [\d.]+ [^\n]+\np-value +[\d.]+\n/,
    );
  });
});

describe("ROUGE is rouge_score's", () => {
  // Made by tools/golden/make_rouge.py with rouge_score 0.1.2.
  type Scores = Readonly<Record<string, readonly [precision: number, recall: number, fmeasure: number]>>;
  const { pairs, multi } = golden("rouge") as {
    readonly pairs: readonly { prediction: string; reference: string; plain: Scores; stemmed: Scores }[];
    readonly multi: readonly { prediction: string; references: string[]; stemmed: Scores }[];
  };
  const types = Object.keys(pairs[0]!.plain).join(",");
  /** The mean of each number, in their order, as an accumulator gives it. */
  const meanOf = (rows: readonly Scores[]): Record<string, RougeScore> =>
    Object.fromEntries(
      types.split(",").map((type) => {
        const [precision, recall, fmeasure] = [0, 1, 2].map(
          (i) => rows.reduce((sum, row) => sum + row[type]![i]!, 0) / rows.length,
        ) as [number, number, number];
        return [type, { precision, recall, fmeasure }];
      }),
    );

  test.each(["plain", "stemmed"] as const)("of texts of several lines, as JSON: %s", (kind) => {
    const input = jsonLines(pairs.map(({ prediction, reference }) => ({ prediction, reference })));
    const fields = ["--hypothesis-field", "prediction", "--references-field", "reference"];
    const args = ["rouge", "--types", types, ...fields, ...(kind === "stemmed" ? ["--stemmer"] : [])];
    expect(printed(args, input)).toEqual({
      segments: pairs.length,
      stemmer: kind === "stemmed",
      scores: meanOf(pairs.map((pair) => pair[kind])),
    });
  });

  test("of plain lines", () => {
    const some = pairs.filter(({ prediction, reference }) => !/[\r\n]/.test(prediction + reference));
    expect(some.length).toBeGreaterThan(40);
    const path = temporaryDirectory();
    writeFileSync(path("reference"), lines(some.map(({ reference }) => reference)));
    writeFileSync(path("prediction"), lines(some.map(({ prediction }) => prediction)));
    const args = ["rouge", "--types", types, "--reference", path("reference"), path("prediction")];
    expect(printed(args)).toMatchObject({ scores: meanOf(some.map(({ plain }) => plain)) });
  });

  test("of several references, the best", () => {
    const input = jsonLines(
      multi.map(({ prediction, references }) => ({ hypothesis: prediction, references })),
    );
    expect(printed(["rouge", "--types", types, "--stemmer"], input)).toMatchObject({
      scores: meanOf(multi.map(({ stemmed }) => stemmed)),
    });
  });

  test("and is shown as a table", () => {
    expect(run(["rouge", "--stemmer"], '{"hypothesis":"The dogs bit","references":"a dog bit"}').text).toBe(
      `           precision  recall       F
rouge1        0.6667  0.6667  0.6667
rouge2        0.5000  0.5000  0.5000
rougeL        0.6667  0.6667  0.6667
rougeLsum     0.6667  0.6667  0.6667

segments         1
stemmer          yes
`,
    );
  });
});

describe("texts", () => {
  const some = sacrebleu.corpora["wagahaiwa_nekodearu"]!;

  test("may come in parts cut anywhere, inside a character too, and be more than is read at once", async () => {
    const hypotheses = Array.from({ length: 60 }, () => some.hypotheses).flat();
    const references = Array.from({ length: 60 }, () => some.references).flat();
    const path = temporaryDirectory();
    writeFileSync(path("references"), lines(references.map(([one]) => one!)));
    const { child, exit } = start(["chrf", "--format", "json", "--reference", path("references")]);
    const output: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
    const bytes = Buffer.from(hypotheses.join("\r\n"));
    expect(bytes.length).toBeGreaterThan(3e5);
    for (let at = 0, i = 0; at < bytes.length; i++) {
      const size = 1 + ((i * 7919) % 5000);
      if (!child.stdin.write(bytes.subarray(at, at + size))) await once(child.stdin, "drain");
      at += size;
    }
    child.stdin.end();
    expect(await exit).toBe(0);
    const { score, segments } = JSON.parse(Buffer.concat(output).toString()) as Record<string, number>;
    expect({ score, segments }).toEqual({
      score: chrf(hypotheses, references).score,
      segments: hypotheses.length,
    });
  });

  test("that are empty score as in the library", () => {
    const path = temporaryDirectory();
    writeFileSync(path("references"), "a b\n\nc d\n");
    const got = printed(["rouge", "--reference", path("references")], "\n\nc d") as { scores: object };
    expect(got.scores).toEqual(meanRouge(["", "", "c d"], ["a b", "", "c d"]));
  });

  test("may be JSON behind a mark of the byte order", () => {
    expect(run(["bleu"], '\ufeff{"hypothesis":"a b c d","references":"a b c d"}\r\n').text).toMatch(
      /^BLEU +100\.00\n/,
    );
  });
});

describe("data that cannot be used gets one line, which says where it is, and exit code 1", () => {
  const row = '{"hypothesis":"a","references":["a"]}\n';

  test.each<[string, string, string]>([
    [
      "no JSON",
      `${row}\n`,
      "line 2: no JSON: Unexpected end of JSON input (plain text needs --reference FILE)",
    ],
    [
      "plain text",
      "The dog",
      `line 1: no JSON: Unexpected token 'T', "The dog" is not valid JSON (plain text`,
    ],
    ["control characters", "\u001b[2J", "line 1: no JSON: Unexpected token '␛'"],
    ["JSON cut short", `${row}${row}{"hypothesis":"a`, "line 3: no JSON: Unterminated string"],
    [
      "half a character",
      String.raw`{"hypothesis":"a\ud83c","references":["a"]}`,
      "line 1: the hypothesis has a lone surrogate at 1: it was cut inside a character",
    ],
    ["no object", `${row}["a"]`, "line 2: JSON, and no object with fields"],
    ["null", "null", "line 1: JSON, and no object with fields"],
    [
      "a missing field",
      `${row}{"references":"a","\\u0007":1}`,
      'line 2: no field "hypothesis"; there are "references", "␇"',
    ],
    ["no fields", "{}", 'line 1: no field "hypothesis"; there are none'],
    ["a text that is none", '{"hypothesis":5,"references":"a"}', 'line 1: "hypothesis" is no text'],
    [
      "references that are none",
      `{"hypothesis":"a","references":{"0":"a"}}`,
      'line 1: "references" is no list of texts',
    ],
    [
      "a reference that is none",
      `{"hypothesis":"a","references":["a",null]}`,
      'line 1: "references" is no list of texts',
    ],
    [
      "no references",
      `${row}{"hypothesis":"a","references":[]}`,
      "line 2: a segment has no reference (empty)",
    ],
    ["nothing", "", "standard input: there are no segments (empty)"],
  ])("%s", (_, input, message) => {
    const { status, text, stderr } = run(["bleu"], input);
    const place = message.startsWith("line") ? "standard input, " : "";
    expect(stderr).toContain(`lemmata-metrics: ${place}${message}`);
    expect(stderr).toMatch(/^lemmata-metrics: [^\n]+$/);
    expect({ status, text }).toEqual({ status: 1, text: "" });
  });

  test("a field that only its prototype has", () => {
    expect(run(["bleu", "--hypothesis-field", "toString"], row).stderr).toContain('no field "toString"');
  });

  test.each([
    ["a\nb\nc\n", "a\nb\n", "references has 2 lines, hypotheses more: want one of each for each segment"],
    ["a\nb", "a\nb\n\n", "hypotheses has 2 lines, references more: want one of each for each segment"],
    ["a\n", "", "references has 0 lines, hypotheses more: want one of each for each segment"],
    ["", "", "hypotheses: there are no segments (empty)"],
  ])("files of different numbers of lines: %j and %j", (hypotheses, references, message) => {
    const path = temporaryDirectory();
    writeFileSync(path("hypotheses"), hypotheses);
    writeFileSync(path("references"), references);
    const { status, text, stderr } = run(["rouge", "--reference", path("references"), path("hypotheses")]);
    expect(stderr.replaceAll(path("/"), "")).toBe(`lemmata-metrics: ${message}`);
    expect({ status, text }).toEqual({ status: 1, text: "" });
  });
});
