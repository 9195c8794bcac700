/** What came of the tests of one member of the workspace; with others' it adds up to the last line of `pnpm test`. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Where a member leaves its counts: in its own directory, ignored by git, kept by turbo with the other outputs. */
export const reportFile = "test-report.json";

/** The sum, number by number. */
export function addCounts(all: readonly Counts[]): Counts {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const counts of all) {
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped += counts.skipped;
  }
  return total;
}

/** `N passed, N failed`, and how many were skipped when some were. */
export function summaryLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}
