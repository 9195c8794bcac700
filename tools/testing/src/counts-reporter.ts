import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Reporter, TestModule, Vitest } from "vitest/node";
import { type Counts, reportFile } from "./counts.ts";

/**
 * Writes what came of the tests to {@link reportFile}. A test file that did not load, a hook that threw and an error
 * outside of any test hold no failed test, so each counts as one: the numbers must not look better than the run was.
 */
export class CountsReporter implements Reporter {
  #file = reportFile;

  onInit(vitest: Vitest): void {
    this.#file = join(vitest.config.root, reportFile);
    rmSync(this.#file, { force: true }); // a run that dies leaves no counts, not those of the run before
  }

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const counts = countTests(modules, unhandledErrors);
    writeFileSync(this.#file, `${JSON.stringify(counts)}\n`);
  }
}

function countTests(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): Counts {
  const counts = { passed: 0, failed: unhandledErrors.length, skipped: 0 };
  for (const module of modules) {
    const failuresBefore = counts.failed;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      if (state === "pending") counts.failed += 1; // the run ended before the test did
      else counts[state] += 1;
    }
    for (const suite of [module, ...module.children.allSuites()]) {
      if (suite.errors().length > 0) counts.failed += 1;
    }
    if (!module.ok() && counts.failed === failuresBefore) counts.failed += 1;
  }
  return counts;
}
