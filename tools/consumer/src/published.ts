import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The workspace's root directory. */
export const root: string = fileURLToPath(new URL("../../..", import.meta.url));

/** What of a package.json matters here. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly bin?: Readonly<Record<string, string>>;
  readonly exports?: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
}

/** What a package promises its users that it costs them: the committed `footprint.json`, which the tests enforce. */
export interface Footprint {
  /** All that `npm install` of this package brings, itself included, in alphabetical order. */
  readonly installs: readonly string[];
  /** The most that those may occupy in `node_modules`. */
  readonly installedBytes: number;
  /** The most that a web page loads, minified and compressed, that imports everything of an entry. */
  readonly gzipBytes: Readonly<Record<string, number>>;
}

/** A package of this workspace that is published. */
export interface Published {
  readonly name: string;
  readonly directory: string;
  readonly manifest: Manifest;
  readonly footprint: Footprint;
}

/** Every package of this workspace that is published. */
export function publishedPackages(): Published[] {
  return globSync("packages/*/package.json", { cwd: root })
    .map((path) => dirname(join(root, path)))
    .map((directory) => ({ directory, manifest: readJson(directory, "package.json") as Manifest }))
    .filter(({ manifest }) => manifest.private !== true)
    .map(({ directory, manifest }) => ({
      name: manifest.name,
      directory,
      manifest,
      footprint: readJson(directory, "footprint.json") as Footprint,
    }));
}

/** The entries of a package that code can import: `.`, `./sub-path`, … */
export function entriesOf({ exports = {} }: Manifest): string[] {
  return Object.keys(exports).filter((entry) => typeof exports[entry] !== "string");
}

/** How users import an entry: `./rope` of `@lemmata/attention` is `@lemmata/attention/rope`. */
export function specifierOf(name: string, entry: string): string {
  return name + entry.slice(1);
}

/** Reads a JSON file of a directory. */
export function readJson(directory: string, file: string): unknown {
  return JSON.parse(readFileSync(join(directory, file), "utf8"));
}
