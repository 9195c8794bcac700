import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { examplesIn, runExample } from "../src/readme-examples.ts";

const here = fileURLToPath(new URL("..", import.meta.url));
const fence = "```";
const example = (code: string) => ({ line: 1, code, printed: [] });

test("an example is a block fenced as ts, with its line and what its comments say", () => {
  const readme = `# Title\n\n${fence}sh\nnpm install x\n${fence}\n\n${fence}ts\nconsole.log(1); // → 1\n// → two words\n${fence}\n`;
  expect(examplesIn(readme)).toEqual([
    { line: 7, code: "console.log(1); // → 1\n// → two words\n", printed: ["1", "two words"] },
  ]);
});

test("an example runs as TypeScript, and imports the package by its name", () => {
  const code = `import { summaryLine } from "@lemmata/testing";
    const counts: { passed: number; failed: number; skipped: number } = { passed: 2, failed: 0, skipped: 1 };
    console.log(summaryLine(counts)); console.log([1.5, "a"]);`;
  expect(runExample(here, example(code))).toEqual([
    "2 passed, 0 failed, 1 skipped",
    `[ 1.5, "a" ]`.replaceAll('"', "'"),
  ]);
});

test("an example that throws fails with its error", () => {
  expect(() => runExample(here, example(`throw new RangeError("planted");`))).toThrow(/RangeError: planted/);
});

test("an example that prints something else than it says differs from it", () => {
  const [wrong] = examplesIn(`${fence}ts\nconsole.log(1 + 1); // → 3\n${fence}\n`);
  expect(wrong).toBeDefined();
  expect(wrong && runExample(here, wrong)).not.toEqual(wrong?.printed);
});
