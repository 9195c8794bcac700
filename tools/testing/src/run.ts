import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { addCounts, type Counts, reportFile } from "./counts.ts";

interface DryRun {
  readonly tasks: readonly { task: string; command: string; directory: string; package: string }[];
}

/** The members whose tests `turbo run test` with these arguments stands for, whether it runs them or recalls them. */
export function testedMembers(root: string, args: readonly string[]): { name: string; directory: string }[] {
  const dry = spawnSync("turbo", ["run", "test", "--dry=json", ...args], { cwd: root, encoding: "utf8" });
  if (dry.status !== 0) throw new Error(`turbo could not plan the tests\n${dry.stderr}`);
  const { tasks } = JSON.parse(dry.stdout) as DryRun;
  return tasks
    .filter(({ task, command }) => task === "test" && command !== "<NONEXISTENT>")
    .map((task) => ({ name: task.package, directory: join(root, task.directory) }));
}

/**
 * Runs the tests of all members, or of those that turbo's arguments select, to the end, and adds up what they report.
 * Reports of earlier runs are removed first. A member that leaves none counts as one failure, and so does a run that
 * fails although no test did (a coverage threshold, say).
 */
export function runTests(root: string, args: readonly string[]): Counts {
  const members = testedMembers(root, args);
  for (const { directory } of members) rmSync(join(directory, reportFile), { force: true });
  const command = ["run", "test", "--continue=always", "--output-logs=new-only", ...args];
  const { status } = spawnSync("turbo", command, { cwd: root, stdio: "inherit" });
  const reports = members.map(({ name, directory }) => readReport(name, join(directory, reportFile)));
  const total = addCounts(reports);
  if (status === 0 || total.failed > 0) return total;
  console.error("The tests passed and the run failed: see above.");
  return { ...total, failed: 1 };
}

function readReport(name: string, file: string): Counts {
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as Counts;
  console.error(`${name} reported no tests.`);
  return { passed: 0, failed: 1, skipped: 0 };
}
