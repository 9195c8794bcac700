import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

/** A fenced block of TypeScript in a README: where it begins, its code, and the lines that it says it prints. */
export interface Example {
  readonly line: number;
  readonly code: string;
  readonly printed: readonly string[];
}

/**
 * The examples in a Markdown text: each block fenced as `ts`. What an example prints stands in its own comments, one
 * comment for each printed line, in the order of printing, behind the `console.log` or on the lines below it:
 *
 *     console.log(entropy([0.5, 0.5])); // → 0.6931471805599453
 *     for (const path of paths) console.log(path.join("|"));
 *     // → ▁un|der
 *     // → ▁u|nder
 */
export function examplesIn(markdown: string): Example[] {
  return [...markdown.matchAll(/^```ts\n(.*?)^```$/gms)].map((block) => {
    const code = block[1] ?? "";
    return {
      line: markdown.slice(0, block.index).split("\n").length,
      code,
      printed: [...code.matchAll(/\/\/ → ?(.*)$/gm)].map((comment) => (comment[1] ?? "").trimEnd()),
    };
  });
}

/** Runs an example as a module of the package in `directory`, which it imports by name; returns the lines it prints. */
export function runExample(directory: string, { code }: Example): string[] {
  const flags = ["--input-type=module-typescript", "--conditions=lemmata-source", "--no-warnings"];
  const { status, stdout, stderr } = spawnSync(process.execPath, flags, {
    cwd: directory,
    input: code,
    encoding: "utf8",
    env: { ...process.env, FORCE_COLOR: "0", NO_COLOR: "1", NODE_OPTIONS: "" },
  });
  if (status !== 0) throw new Error(`the example failed\n${stderr}`);
  return stdout
    .split("\n")
    .slice(0, -1)
    .map((line) => line.trimEnd());
}

/**
 * Declares one test for each example in the README.md of the package that a test file belongs to: it must run in Node
 * as it stands and print what its comments say (see {@link examplesIn}). Call it as `readmeExamples(import.meta.url)`
 * from `test/readme.node.test.ts`.
 */
export function readmeExamples(testFile: string): void {
  const directory = fileURLToPath(new URL("..", testFile));
  const examples = examplesIn(readFileSync(new URL("../README.md", testFile), "utf8"));
  describe("README.md", () => {
    test("has an example", () => expect(examples).not.toEqual([]));
    test.each(examples)("the example at line $line prints what it says", (example) => {
      expect(runExample(directory, example)).toEqual(example.printed);
    });
  });
}
