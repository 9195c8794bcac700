import { writeFileSync } from "node:fs";
import { commandAt, temporaryDirectory } from "@lemmata/testing/command";
import { FourierDensity } from "../../src/index.ts";

export { temporaryDirectory } from "@lemmata/testing/command";

export const { run, start } = commandAt(new URL("../../src/cli.ts", import.meta.url));

/** What the command line writes to standard output; it must have nothing to complain of. */
export function written(args: readonly string[], input?: string | Uint8Array): string {
  const { status, text, stderr } = run(args, input);
  if (status !== 0) throw new Error(`${status}: ${stderr}`);
  return text;
}

/** The numbers that it writes in lines. */
export function numbersWritten(args: readonly string[], input?: string | Uint8Array): number[] {
  return written(args, input).trimEnd().split("\n").map(Number);
}

/** Runs it on files of the current test alone, named by arguments; their directory is left out of what it says. */
export function runOn(
  files: Readonly<Record<string, string | Uint8Array>>,
  args: readonly string[],
  input?: string | Uint8Array,
) {
  const path = temporaryDirectory();
  for (const [name, content] of Object.entries(files)) writeFileSync(path(name), content);
  const placed = args.map((arg) => (Object.hasOwn(files, arg) || arg.startsWith("out.") ? path(arg) : arg));
  const { status, text, stderr } = run(placed, input);
  return { status, text, stderr: stderr.replaceAll(path("/"), ""), path };
}

/** Numbers as plain lines. */
export function lines(numbers: ArrayLike<number>): string {
  return Array.from(numbers, (number) => `${number}\n`).join("");
}

/** The quantiles of a law at the middles of n equal shares: samples without chance. */
export function stratified(n: number, quantile: (u: number) => number): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => quantile((i + 0.5) / n));
}

/** A density with nothing to fit, as its file: uniform on an interval. */
export function uniformFile(lower: number, upper: number): string {
  const support = { kind: "interval", map: "linear", lower, upper } as const;
  return JSON.stringify(new FourierDensity(support, { re: [1], im: [0] }));
}
