import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { commandAt } from "@lemmata/testing/command";

export { temporaryDirectory } from "@lemmata/testing/command";

export const { run, start } = commandAt(new URL("../../src/cli.ts", import.meta.url));

/** What a file of golden data holds. */
export function golden(name: string): unknown {
  return JSON.parse(
    gunzipSync(readFileSync(new URL(`../golden/${name}.json.gz`, import.meta.url))).toString(),
  );
}

/** What the command line prints, in JSON, having nothing to complain of. */
export function printed(args: readonly string[], input?: string | Uint8Array): unknown {
  const { status, text, stderr } = run([...args, "--format", "json"], input);
  if (status !== 0 || stderr !== "") throw new Error(`${status}: ${stderr}`);
  return JSON.parse(text);
}

/** Rows as lines of JSON. */
export function jsonLines(rows: readonly object[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join("");
}
