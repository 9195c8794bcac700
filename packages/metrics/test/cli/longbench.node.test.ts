import { writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type LongbenchDataset, longbenchDatasets, LongbenchTotals } from "../../src/longbench.ts";
import { golden, jsonLines, printed, run, temporaryDirectory } from "./run.ts";

// Made by tools/golden/make_longbench.py with LongBench's metrics.py and eval.py (2e00731).
const { datasets } = golden("longbench") as {
  readonly datasets: readonly {
    dataset: LongbenchDataset;
    examples: { prediction: string; answers: string[]; classes: string[] | null; length: number }[];
    score: number;
    byLength: Record<string, number | null>;
  }[];
};
/** As LongBench writes them. */
const rowsOf = ({ examples }: (typeof datasets)[number]): string =>
  jsonLines(
    examples.map(({ prediction, answers, classes, length }) => ({
      pred: prediction,
      answers,
      all_classes: classes,
      length,
    })),
  );

test("files as LongBench writes them get the scores that it gives; those in Chinese, the library's", () => {
  const path = temporaryDirectory();
  const files = datasets.map((one) => {
    writeFileSync(path(`${one.dataset}.jsonl`), rowsOf(one));
    return path(`${one.dataset}.jsonl`);
  });
  const want = datasets.map(({ dataset, examples, score, byLength }) => {
    if (!longbenchDatasets[dataset].endsWith("Zh") || longbenchDatasets[dataset] === "retrievalZh")
      return { dataset, score, examples: examples.length, byLength };
    const totals = new LongbenchTotals(dataset);
    for (const { prediction, answers, length } of examples) totals.add({ prediction, answers, length });
    return JSON.parse(
      JSON.stringify({ dataset, ...totals.finish() }, (_, value: unknown) => value ?? null),
    ) as object;
  });
  expect(want).toHaveLength(21);
  expect(printed(["longbench", ...files])).toEqual(want);
});

test("one dataset from standard input, or from plain lines, is shown as a table", () => {
  const trec = datasets.find(({ dataset }) => dataset === "lsht")!;
  expect(run(["longbench", "--dataset", "lsht"], rowsOf(trec)).text).toBe(
    `dataset  score  examples   0-4k   4-8k  8k+
lsht     14.29         7  11.11  16.67    –
`,
  );
  const path = temporaryDirectory();
  writeFileSync(path("answers"), "Paris\nRome\n");
  writeFileSync(path("others"), "the city\nthe capital\n");
  const answers = ["--reference", path("answers"), "--reference", path("others")];
  expect(run(["longbench", "--dataset", "hotpotqa", ...answers], "It was Paris.\ncapital\n").text).toBe(
    `dataset   score  examples  0-4k  4-8k  8k+
hotpotqa  75.00         2     –     –    –
`,
  );
});

describe("data that cannot be used gets one line, which says where it is, and exit code 1", () => {
  const row = '{"pred":"a","answers":["a"],"all_classes":null,"length":1}\n';

  test.each([
    ["trec", row, "line 1: this dataset needs the names of its classes (argument)"],
    ["trec", '{"pred":"a","answers":["a"],"all_classes":"a"}', 'line 1: "all_classes" is no list of texts'],
    ["qasper", `${row}{"pred":"a","answers":["a"],"length":"5"}`, 'line 2: "length" is no number'],
    [
      "qasper",
      `${row}{"pred":"a","answers":["a"],"length":-5}`,
      "line 2: length is -5; want a number ≥ 0 (argument)",
    ],
    [
      "qasper",
      `${row}{"prediction":"a","answers":["a"]}`,
      'line 2: no field "pred"; there are "prediction", "answers"',
    ],
    ["qasper", `${row}{"pred":"a","answers":[]}`, "line 2: a segment has no reference (empty)"],
    ["qasper", `${row}{`, "line 2: no JSON: "],
  ])("%s %s", (dataset, input, message) => {
    const { status, text, stderr } = run(["longbench", "--dataset", dataset], input);
    expect(stderr).toContain(`lemmata-metrics: standard input, ${message}`);
    expect(stderr).toMatch(/^lemmata-metrics: [^\n]+$/);
    expect({ status, text }).toEqual({ status: 1, text: "" });
  });

  test("no examples", () => {
    const { status, stderr } = run(["longbench", "--dataset", "qasper"], "");
    expect(stderr).toBe("lemmata-metrics: standard input: there are no examples (empty)");
    expect(status).toBe(1);
  });
});
