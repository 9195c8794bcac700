import { readFileSync } from "node:fs";
import { join } from "node:path";
import { defineConfig, type Options } from "tsup";

interface Manifest {
  readonly exports: Readonly<Record<string, string | { "lemmata-source"?: string; default?: string }>>;
  readonly bin?: Readonly<Record<string, string>>;
}

/**
 * The tsup configuration of the package in the current directory. Its entries are read from the `exports` of its
 * package.json, so that the public surface is written down once: `./dist/x.js` is built from the `lemmata-source` beside it.
 * A package with a `bin` has a command line, `dist/cli.js`, built from `src/cli.ts` with all that it uses in one file:
 * what others import does not change with it.
 */
export function packageBuild(directory: string = process.cwd()): ReturnType<typeof defineConfig> {
  const common: Options = { format: "esm", target: "es2022" };
  const library: Options = {
    ...common,
    entry: entriesOf(directory),
    platform: "neutral",
    dts: true,
    sourcemap: true,
    splitting: true,
    clean: ["!cli.js"], // all else
  };
  const commandLine: Options = {
    ...common,
    entry: { cli: "src/cli.ts" },
    platform: "node",
    removeNodeProtocol: false,
  };
  return defineConfig(manifestOf(directory).bin === undefined ? library : [library, commandLine]);
}

/** Output name → source file, for each sub-path that is built. */
export function entriesOf(directory: string): Record<string, string> {
  const entries: Record<string, string> = {};
  for (const target of Object.values(manifestOf(directory).exports)) {
    if (typeof target === "string") continue;
    const { "lemmata-source": source, default: built } = target;
    if (source === undefined || built === undefined)
      throw new Error(`${directory}: an export lacks its source or its default`);
    entries[built.replace(/^\.\/dist\//, "").replace(/\.js$/, "")] = source;
  }
  return entries;
}

function manifestOf(directory: string): Manifest {
  return JSON.parse(readFileSync(join(directory, "package.json"), "utf8")) as Manifest;
}
