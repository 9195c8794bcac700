import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { run, start, temporaryDirectory } from "./run.ts";

const names = ["bleu", "chrf", "rouge", "longbench", "cosine"];
const manifest = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
  version: string;
};

describe("help", () => {
  test.each(["--help", "-h", "help"])("%s lists the commands", (flag) => {
    const { status, text } = run([flag]);
    expect(status).toBe(0);
    for (const command of names) expect(text).toContain(`  ${command}`);
  });

  test.each(names)("%s --help gives usage, options, an example", (name) => {
    const { status, text, stderr } = run([name, "--help"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(text).toMatch(new RegExp(`^Usage: lemmata-metrics ${name} `));
    expect(text).toMatch(/\nOptions\n/);
    expect(text).toMatch(new RegExp(`\nExample\n  lemmata-metrics ${name} `));
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(120);
  });

  test("--version is the package's", () => {
    expect(run(["--version"]).text).toBe(`${manifest.version}\n`);
  });
});

describe("a command line that cannot be understood gets one line and exit code 2", () => {
  test.each([
    [[], "no command; there are bleu, chrf, rouge, longbench, cosine"],
    [["blue"], 'no command "blue"'],
    [["bleu", "--referense", "a"], "Unknown option '--referense'"],
    [["bleu", "a", "b"], "one file is wanted, got 2"],
    [["bleu", "--reference", "-", "-"], "standard input can be read only once"],
    [["bleu", "--format", "csv"], 'no format "csv"; there are text, json'],
    [["bleu", "--tokenize", "mecab"], "tokenize is mecab; want one of none, char, intl, 13a, zh"],
    [["bleu", "--smooth", "some"], "smooth is some; want one of exp, floor, add-k, none"],
    [["bleu", "--smooth", "floor", "--smooth-value=-1"], "smoothValue is -1; want a number ≥ 0"],
    [["bleu", "--smooth-value", "a"], '--smooth-value must be a number, got "a"'],
    [["bleu", "--max-order", "17"], "maxOrder is 17; want a whole number from 1 to 16"],
    [["bleu", "--confidence", "--samples", "0"], "--samples must be an integer from 1 to 1000000"],
    [["chrf", "--seed", "1.5"], "--seed must be an integer from 0"],
    [["chrf", "--char-order", "0"], "charOrder is 0; want a whole number from 1 to 64"],
    [["chrf", "--beta", "0.5"], "beta is 0.5; want a whole number"],
    [["rouge", "--types", "rouge1,rouge10"], "rouge10 is no type of ROUGE"],
    [["rouge", "--types", ""], " is no type of ROUGE"],
    [
      ["longbench"],
      "standard input is not called after a dataset: --dataset NAME is needed, one of narrativeqa,",
    ],
    [["longbench", "hotpot.jsonl"], "hotpot.jsonl is not called after a dataset"],
    [["longbench", "--dataset", "toString"], 'LongBench has no dataset "toString"; there are narrativeqa,'],
    [["longbench", "--dataset", "qasper", "--reference", "a", "b", "c"], "one file is wanted, got 2"],
    [["cosine", "a.npy"], "two file names are needed, X and Y; got 1"],
    [["cosine", "a", "b", "c"], "two file names are needed, X and Y; got 3"],
    [
      ["cosine", "a", "b", "--dtype", "float8"],
      'no type "float8"; there are float64, float32, float16, bfloat16',
    ],
  ])("%j", (args, message) => {
    const { status, text, stderr } = run(args, '{"hypothesis":"a","references":"a"}');
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/^lemmata-metrics: [^\n]+ \(--help tells more\)$/);
    expect({ status, text }).toEqual({ status: 2, text: "" });
  });
});

describe("a file that cannot be read gets one line and exit code 1", () => {
  test.each([
    ["bleu", ["--reference", "missing"]],
    ["rouge", ["missing"]],
    ["cosine", ["missing.npy", "missing.npy"]],
  ])("%s, one that is missing", (name, args) => {
    const { status, text, stderr } = run([name, ...args], "a\n");
    expect(stderr).toMatch(/^lemmata-metrics: no such file or directory, (?:stat|open) 'missing(?:\.npy)?'$/);
    expect({ status, text }).toEqual({ status: 1, text: "" });
  });

  test("a directory", () => {
    const path = temporaryDirectory();
    mkdirSync(path("d.npy"));
    expect(run(["bleu", path("d.npy")])).toMatchObject({
      status: 1,
      stderr: `lemmata-metrics: ${path("d.npy")} is a directory`,
    });
    const { status, stderr } = run(["cosine", path("d.npy"), path("d.npy")]);
    expect(stderr).toMatch(/^lemmata-metrics: [^\n]+$/);
    expect(status).toBe(1);
  });
});

test.each([["--help"], ["rouge", "--reference"]])(
  "when the reader of its output has gone, it ends in silence: %s",
  async (...args) => {
    const path = temporaryDirectory();
    writeFileSync(path("a"), "a b c\n".repeat(1000));
    const { child, exit } = start(args.length === 1 ? args : [...args, path("a"), path("a")]);
    let said = "";
    child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
    child.stdout.destroy();
    expect({ status: await exit, said }).toEqual({ status: 0, said: "" });
  },
);
