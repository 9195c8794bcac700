import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import { type Counts, reportFile } from "../src/index.ts";

const root = fileURLToPath(new URL("planted", import.meta.url));
const report = `${root}/${reportFile}`;
const vitest = fileURLToPath(new URL("../vitest.mjs", import.meta.resolve("vitest")));

/** Runs vitest for itself over one of the files in planted/. */
function runPlanted(name: string): { counts: Counts | undefined; status: number | null } {
  const { status } = spawnSync(process.execPath, [vitest, "run", "--root", root, name], { encoding: "utf8" });
  return {
    status,
    counts: existsSync(report) ? (JSON.parse(readFileSync(report, "utf8")) as Counts) : undefined,
  };
}

afterEach(() => rmSync(report, { force: true }));

test.each([
  ["each test counts by its outcome", "outcomes", { passed: 2, failed: 1, skipped: 2 }],
  ["a file that cannot be imported is one failure", "bad-import", { passed: 0, failed: 1, skipped: 0 }],
  ["a hook that throws is one failure", "bad-hook", { passed: 0, failed: 1, skipped: 1 }],
  ["a file without a test is one failure", "empty", { passed: 0, failed: 1, skipped: 0 }],
  ["an error outside of any test is one failure", "late-error", { passed: 1, failed: 1, skipped: 0 }],
])("%s", (_, name, counts) => {
  expect(runPlanted(name)).toEqual({ status: 1, counts });
});

test("all of them together add up", () => {
  expect(runPlanted("planted")).toEqual({ status: 1, counts: { passed: 3, failed: 5, skipped: 3 } });
});

test("counts of an earlier run do not survive one that finds no tests", () => {
  writeFileSync(report, "{}");
  expect(runPlanted("no-such-file")).toEqual({ status: 1, counts: { passed: 0, failed: 0, skipped: 0 } });
});
