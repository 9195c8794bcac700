import { readFileSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "tsup";

type Exports = Record<string, string | { "lemmata-source"?: string; default?: string }>;

/**
 * The tsup configuration of the package in the current directory. Its entries are read from the `exports` of its
 * package.json, so that the public surface is written down once: `./dist/x.js` is built from the `lemmata-source` beside it.
 */
export function packageBuild(directory: string = process.cwd()): ReturnType<typeof defineConfig> {
  return defineConfig({
    entry: entriesOf(directory),
    format: "esm",
    target: "es2022",
    platform: "neutral",
    dts: true,
    sourcemap: true,
    splitting: true,
    clean: true,
  });
}

/** Output name → source file, for each sub-path that is built. */
export function entriesOf(directory: string): Record<string, string> {
  const manifest = JSON.parse(readFileSync(join(directory, "package.json"), "utf8")) as { exports: Exports };
  const entries: Record<string, string> = {};
  for (const target of Object.values(manifest.exports)) {
    if (typeof target === "string") continue;
    const { "lemmata-source": source, default: built } = target;
    if (source === undefined || built === undefined)
      throw new Error(`${directory}: an export lacks its source or its default`);
    entries[built.replace(/^\.\/dist\//, "").replace(/\.js$/, "")] = source;
  }
  return entries;
}
