import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { runTests } from "../src/run.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "lemmata-run-"));
  for (const name of ["a", "b", "untested"]) mkdirSync(join(root, name));
  vi.stubEnv("PATH", `${root}${delimiter}${process.env["PATH"]}`);
  vi.spyOn(console, "error").mockImplementation(() => {});
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  rmSync(root, { recursive: true });
});

const report = (passed: number, failed = 0, skipped = 0) => JSON.stringify({ passed, failed, skipped });

/** Puts a `turbo` on the PATH that plans the tests of a and b, and whose run leaves these reports and this status. */
function plantTurbo(reports: Record<string, string>, status: number): void {
  const tasks = ["a", "b", "untested"].map((name) => ({
    task: "test",
    package: name,
    directory: name,
    command: name === "untested" ? "<NONEXISTENT>" : "vitest run",
  }));
  const program = `#!/usr/bin/env node
    if (process.argv.includes("--dry=json")) console.log(${JSON.stringify(JSON.stringify({ tasks }))});
    else {
      for (const [name, text] of Object.entries(${JSON.stringify(reports)})) require("fs").writeFileSync(name + "/test-report.json", text);
      process.exit(${status});
    }`;
  writeFileSync(join(root, "turbo"), program);
  chmodSync(join(root, "turbo"), 0o755);
}

test("the counts of all members are added up", () => {
  plantTurbo({ a: report(3), b: report(4, 2, 1) }, 1);
  expect(runTests(root, [])).toEqual({ passed: 7, failed: 2, skipped: 1 });
});

test("a member that reports nothing is one failure, and its report of an earlier run does not count", () => {
  writeFileSync(join(root, "b/test-report.json"), report(100));
  plantTurbo({ a: report(3) }, 0);
  expect(runTests(root, [])).toEqual({ passed: 3, failed: 1, skipped: 0 });
});

test("a run that fails although no test did is one failure", () => {
  plantTurbo({ a: report(3), b: report(4) }, 1);
  expect(runTests(root, [])).toEqual({ passed: 7, failed: 1, skipped: 0 });
});
