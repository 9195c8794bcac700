import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ModelName } from "@lemmata/data";
import { onTestFinished } from "vitest";

const program = fileURLToPath(new URL("../../src/cli.ts", import.meta.url));
const flags = ["--conditions=lemmata-source", "--no-warnings", program];

/** The path of a bundled model file. */
export const modelPath = (name: ModelName): string =>
  fileURLToPath(import.meta.resolve(`@lemmata/data/models/${name}.model`));

/** Runs the command line from its source; `stderr` without the line end. */
export function run(
  args: readonly string[],
  input: string | Uint8Array = "",
): { status: number | null; stdout: Buffer; text: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...flags, ...args], {
    input,
    maxBuffer: 1 << 28,
  });
  return { status, stdout, text: stdout.toString(), stderr: stderr.toString().replace(/\n$/, "") };
}

/** Starts the command line, to be talked to. */
export function start(args: readonly string[]): {
  child: ChildProcessWithoutNullStreams;
  exit: Promise<number | null>;
} {
  const child = spawn(process.execPath, [...flags, ...args]);
  child.stdin.on("error", () => {}); // it may go before it has heard all
  return { child, exit: new Promise((resolve) => child.once("exit", resolve)) };
}

/** A directory for the current test alone. */
export function temporaryDirectory(): (name: string) => string {
  const directory = mkdtempSync(join(tmpdir(), "lemmata-cli-"));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return (name) => join(directory, name);
}
