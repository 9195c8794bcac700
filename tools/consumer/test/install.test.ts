import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { examplesIn } from "@lemmata/testing/readme";
import { build as esbuild } from "esbuild";
import { build as vite } from "vite";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { ConsumerProject } from "../src/project.ts";
import { entriesOf, publishedPackages, specifierOf } from "../src/published.ts";
import { excesses, measureSizes } from "../src/sizes.ts";

const compilers = { "TypeScript 6": "tsc6", "TypeScript 7": "tsc" };

/** Strict, and with `skipLibCheck` off, so that our declarations are checked as well as their use. */
const compilerOptions = {
  module: "nodenext",
  target: "es2022",
  lib: ["es2022", "dom"],
  types: [],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
};

describe.each(publishedPackages())("$name, installed alone", ({ name, directory, manifest, footprint }) => {
  const entries = entriesOf(manifest);
  const browserEntries = entries.filter((entry) => entry !== "./node");
  // What every reader of the README tries first; the package's own tests run the others.
  const [example] = examplesIn(readFileSync(join(directory, "README.md"), "utf8"));

  let project: ConsumerProject;
  let installed: string[];
  beforeAll(async () => {
    project = new ConsumerProject(inject("registry"));
    installed = await project.install(name);
    project.write("example.ts", example!.code);
    project.write("example.cts", example!.code);
    project.write(
      "entries.ts",
      keysOfEntries((i, of) => `import * as e${i} from "${of}";`),
    );
    project.write(
      "entries.cts",
      keysOfEntries((i, of) => `import e${i} = require("${of}");`),
    );
  });
  afterAll(() => project.remove());

  /** A program that prints, for each entry, what it exports. */
  function keysOfEntries(importing: (i: number, specifier: string) => string): string {
    const imports = entries.map((entry, i) => importing(i, specifierOf(name, entry)));
    const keys = entries.map((_, i) => `Object.keys(e${i}).filter((key) => key !== "__esModule").sort()`);
    return `${imports.join("\n")}\nconsole.log(JSON.stringify([${keys.join(", ")}]));\n`;
  }

  const printed = () => example!.printed.map((line) => `${line}\n`).join("");

  test("brings what it says, and nothing else", () => {
    expect(installed).toEqual(footprint.installs);
  });

  test("stays within its bounds on size", async () => {
    expect(excesses(await measureSizes(project.directory, manifest), footprint)).toEqual([]);
  });

  test.each(Object.entries(compilers))(
    "%s accepts it, and its output runs as ESM and with require",
    async (_, tsc) => {
      const files = ["example.ts", "example.cts", "entries.ts", "entries.cts"];
      project.write(
        "tsconfig.json",
        JSON.stringify({ compilerOptions: { ...compilerOptions, outDir: tsc }, files }),
      );
      await project.run(fileURLToPath(new URL(`../node_modules/.bin/${tsc}`, import.meta.url)));

      expect(await project.run("node", `${tsc}/example.js`)).toBe(printed());
      expect(await project.run("node", `${tsc}/example.cjs`)).toBe(printed());

      const exported = await project.run("node", `${tsc}/entries.js`);
      expect(JSON.parse(exported)).not.toContainEqual([]);
      expect(await project.run("node", `${tsc}/entries.cjs`)).toBe(exported);
    },
  );

  test("esbuild bundles it for the browser", async () => {
    const bundle = { bundle: true, format: "esm", platform: "browser", logLevel: "silent" } as const;
    const at = { absWorkingDir: project.directory, outdir: "esbuild" };
    await esbuild({ ...bundle, ...at, entryPoints: ["example.ts"] });
    expect(await project.run("node", "esbuild/example.js")).toBe(printed());

    const contents = browserEntries.map(
      (entry) => `export * as "${entry}" from "${specifierOf(name, entry)}";`,
    );
    await esbuild({
      ...bundle,
      ...at,
      stdin: { contents: contents.join("\n"), resolveDir: project.directory },
    });
  });

  test("Vite bundles it for the browser", async () => {
    await vite({
      root: project.directory,
      configFile: false,
      logLevel: "silent",
      build: { outDir: "vite", lib: { entry: "example.ts", formats: ["es"], fileName: "example" } },
    });
    expect(await project.run("node", "vite/example.js")).toBe(printed());
  });

  test.each(Object.keys(manifest.bin ?? {}))("the command %s explains itself", async (command) => {
    expect(await project.run(`node_modules/.bin/${command}`, "--help")).toMatch(/usage/i);
    expect(await project.run("npx", "--no-install", command, "--version")).toBe(`${manifest.version}\n`);
  });
});
