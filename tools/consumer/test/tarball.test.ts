import { execFileSync } from "node:child_process";
import { existsSync, globSync, mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { type Manifest, publishedPackages, readJson } from "../src/published.ts";

const attw = fileURLToPath(new URL("../node_modules/.bin/attw", import.meta.url));

describe.each(publishedPackages())("the tarball of $name", ({ name, directory }) => {
  const file = () => inject("tarballs")[name]!;
  let contents: string;
  beforeAll(() => {
    contents = mkdtempSync(join(tmpdir(), "lemmata-tarball-"));
    execFileSync("tar", ["-xzf", file(), "-C", contents, "--strip-components", "1"]);
  });
  afterAll(() => rmSync(contents, { recursive: true }));

  test("is one that publint has nothing to say about", async () => {
    const { messages, pkg } = await publint({
      pack: { tarball: Uint8Array.from(readFileSync(file())).buffer },
      strict: true,
    });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });

  test("has right types wherever ESM is resolved", () => {
    expect(() => execFileSync(attw, [file(), "--profile", "esm-only"], { stdio: "pipe" })).not.toThrow();
  });

  test("holds what is built, the README, the licence and notices, and nothing else", () => {
    const files = globSync("**/*", { cwd: contents, withFileTypes: true }).filter((entry) => entry.isFile());
    const paths = files.map((entry) => relative(contents, join(entry.parentPath, entry.name)));
    const beside = paths.filter((path) => !/^dist\/.*\.(js|js\.map|d\.ts)$/.test(path));
    const notices = beside.filter((path) => path === "THIRD-PARTY-NOTICES.md"); // of what the bundle contains
    expect(beside.toSorted()).toEqual(["LICENSE", "README.md", ...notices, "package.json"]);
  });

  test("imports what it declares, and declares what it imports", () => {
    const { dependencies = {} } = readJson(contents, "package.json") as Manifest;
    const imported = packagesImportedBy(contents, "dist/**/*.{js,d.ts}");
    expect(imported).toEqual(Object.keys(dependencies).toSorted());
  });

  test("has the notices of whatever else the build took in", () => {
    const takenIn = takenInBy(directory);
    const path = join(contents, "THIRD-PARTY-NOTICES.md");
    const notices = existsSync(path) ? readFileSync(path, "utf8") : "";
    expect(takenIn.filter((other) => !notices.includes(other))).toEqual([]);
  });
});

/** The packages whose code the build of a directory takes in. In place of a private member of ours, those that it takes in. */
function takenInBy(directory: string): string[] {
  const { name: own, dependencies = {} } = readJson(directory, "package.json") as Manifest;
  return packagesImportedBy(directory, "src/**/*.ts")
    .filter((other) => other !== own && !(other in dependencies))
    .flatMap((other) => {
      const place = join(directory, "node_modules", other);
      return other.startsWith("@lemmata/") ? takenInBy(realpathSync(place)) : [other];
    });
}

/** The packages that files of a directory import, in alphabetical order. */
function packagesImportedBy(directory: string, files: string): string[] {
  const imported = globSync(files, { cwd: directory })
    .map((path) => ts.preProcessFile(readFileSync(join(directory, path), "utf8"), true, true))
    .flatMap(({ importedFiles }) => importedFiles.map(({ fileName }) => fileName))
    .filter((specifier) => !/^(\.|node:)/.test(specifier))
    // `@scope/name` of `@scope/name/sub/path`
    .map((specifier) => specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/"));
  return [...new Set(imported)].toSorted();
}
