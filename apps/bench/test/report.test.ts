import { expect, test } from "vitest";
import { figure, markdownTable, report, type SuiteResult } from "../src/report.ts";

const even = (median: number) => ({ median, low: median, high: median });
const sample = { round: 0, passes: 1, cpu: 0.5, wall: 0.5, peakMemory: 20e6 };

const result: SuiteResult = {
  name: "encode",
  claim: "Ours is faster.",
  measure: "rate",
  process: "kept",
  baselines: ["ours"],
  ratio: "times",
  notes: ["Read this."],
  environment: {
    date: "2026-01-02T03:04:05.000Z",
    cpu: "Some CPU",
    cores: 2,
    memory: 8e9,
    system: "linux",
    node: "24.0.0",
    v8: "13",
    commit: "abc",
  },
  effort: { rounds: 3, warmUp: 1, turn: 1, limit: 1 },
  inputs: [
    {
      name: "English",
      description: "A text",
      bytes: 1e6,
      lines: 10,
      load: [0, 0.5],
      rows: [
        {
          contestant: "ours",
          ours: true,
          versions: { mine: "1.0.0" },
          cpu: even(0.5),
          wall: even(0.5),
          ratio: { ours: even(1) },
          samples: [sample],
        },
        {
          contestant: "theirs",
          ours: false,
          remark: "a|b",
          versions: { yours: "2.0.0" },
          check: { lines: 10, differing: 1, examples: [], note: "all ties of score" },
          cpu: { median: 1, low: 0.8, high: 1.25 },
          wall: even(2),
          ratio: { ours: { median: 2, low: 1.9, high: 2.1 } },
          samples: [sample],
        },
        {
          contestant: "missing",
          ours: false,
          versions: {},
          failure: "needs g++",
          cpu: even(Number.NaN),
          wall: even(Number.NaN),
          ratio: {},
          samples: [],
        },
      ],
    },
  ],
};

test("a report puts ratios first and says who could not take part", () => {
  const lines = report(result).split("\n");
  expect(lines).toContain("|  | time ÷ `ours` | MB/s | MB/s by the clock | peak MB | same output |");
  expect(lines).toContain("| **ours** | 1 | 2.00 (2.00–2.00) | 2.00 (2.00–2.00) | 20.0 |  |");
  expect(lines).toContain(
    "| theirs (a\\|b) | 2.00× (1.90–2.10) | 1.00 (0.800–1.25) | 0.500 (0.500–0.500) | 20.0 | 1 of 10 lines differ; all ties of score |",
  );
  expect(lines).toContain("Not measured: missing: needs g++");
  expect(lines).toContain("- mine 1.0.0, yours 2.0.0.");
});

test("a report tells what outputs are worth, where they need not be alike", () => {
  const [input] = result.inputs;
  const rows = [{ ...input!.rows[0]!, quality: "2.68" }];
  const lines = report({ ...result, quality: "loss", inputs: [{ ...input!, rows }] }).split("\n");
  expect(lines).toContain("|  | time ÷ `ours` | MB/s | MB/s by the clock | peak MB | loss |");
  expect(lines).toContain("| **ours** | 1 | 2.00 (2.00–2.00) | 2.00 (2.00–2.00) | 20.0 | 2.68 |");
});

test("a report of times gives milliseconds for the input", () => {
  expect(report({ ...result, measure: "time" })).toContain("| **ours** | 1 | 500 (500–500) |");
});

test("a report of first passes tells what they leave in memory, where that is known", () => {
  const [input] = result.inputs;
  const rows = input!.rows.map((row, i) => ({
    ...row,
    samples: row.samples.map((one) => ({ ...one, addedMemory: i === 0 ? 3e6 : null })),
  }));
  const text = report({ ...result, process: "fresh", inputs: [{ ...input!, rows }] });
  expect(text).toContain("| MB/s by the clock | adds MB | peak MB |");
  expect(text).toContain("| 2.00 (2.00–2.00) | 3.00 (3.00–3.00) | 20.0 |");
  expect(text).toContain("| 0.500 (0.500–0.500) | – | 20.0 |");
});

test("a figure has three digits that count, and no exponent", () => {
  expect([0.0214, 0.5, 2.345, 56.78, 1234.5].map(figure)).toEqual(["0.021", "0.500", "2.35", "56.8", "1235"]);
});

test("markdownTable is flush right after the first column", () => {
  expect(markdownTable(["a", "b"], [["1", "2"]])).toBe("| a | b |\n| --- | ---: |\n| 1 | 2 |");
});
