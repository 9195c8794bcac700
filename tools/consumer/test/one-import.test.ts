import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { build as esbuild, transform } from "esbuild";
import { rollup } from "rollup";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import webpack from "webpack";
import { ConsumerProject } from "../src/project.ts";
import { entriesOf, publishedPackages, specifierOf } from "../src/published.ts";

const { manifest } = publishedPackages().find(({ name }) => name === "@lemmata/metrics")!;
const entries = entriesOf(manifest).map((entry) => specifierOf(manifest.name, entry));
const files = new Map(
  entriesOf(manifest).map((entry) => [
    specifierOf(manifest.name, entry),
    `dist/${entry === "." ? "index" : entry.slice(2)}.js`,
  ]),
);

let project: ConsumerProject;
beforeAll(async () => {
  project = new ConsumerProject(inject("registry"));
  await project.install("@lemmata/metrics");
  project.write("cosine.js", `export { cosine } from "@lemmata/metrics";`);
  const everything = entries.map((entry, i) => `export * as entry${i} from "${entry}";`);
  project.write("everything.js", everything.join("\n"));
});
afterAll(() => project.remove());

/** Each bundles and minifies a file of the project; returns the code. */
const bundlers: Record<string, (directory: string, file: string) => Promise<string>> = {
  async esbuild(directory, file) {
    const { outputFiles } = await esbuild({
      entryPoints: [join(directory, file)],
      bundle: true,
      minify: true,
      format: "esm",
      target: "es2022",
      write: false,
    });
    return outputFiles[0]!.text;
  },
  async rollup(directory, input) {
    // By itself it does not look into node_modules.
    const resolveId = (id: string): string | null => {
      const file = files.get(id);
      return file === undefined ? null : join(directory, "node_modules/@lemmata/metrics", file);
    };
    const bundle = await rollup({ input: join(directory, input), plugins: [{ name: "resolve", resolveId }] });
    const { output } = await bundle.generate({ format: "es" });
    return (await transform(output[0].code, { minify: true, format: "esm", target: "es2022" })).code;
  },
  async webpack(directory, file) {
    const compiler = webpack({
      mode: "production",
      context: directory,
      entry: `./${file}`,
      experiments: { outputModule: true },
      output: { path: join(directory, "webpack"), filename: file, library: { type: "module" } },
    });
    const stats = await promisify(compiler.run.bind(compiler))();
    expect(stats?.hasErrors()).toBe(false);
    return readFileSync(join(directory, "webpack", file), "utf8");
  },
};

describe.each(Object.entries(bundlers))("with %s, cosine alone", (name, bundle) => {
  let code: string;
  beforeAll(async () => {
    code = await bundle(project.directory, "cosine.js");
  });

  test("is less than 1 kB compressed", () => {
    expect(gzipSync(code, { level: 9 }).length).toBeLessThan(1000);
  });

  test("brings nothing of what else the package has", () => {
    expect(code).not.toMatch(
      /WebAssembly|bigint|BigInt|groups|distribution|constant|sketch|samples|query|Math\.log/i,
    );
  });

  test("works", async () => {
    project.write(`${name}.bundle.js`, code);
    const { cosine } = (await import(pathToFileURL(join(project.directory, `${name}.bundle.js`)).href)) as {
      cosine: (x: number[], y: number[]) => number;
    };
    expect(cosine([1, 1], [1, 2])).toBeCloseTo(3 / Math.sqrt(10), 15);
  });
});

test.each(Object.entries(bundlers))(
  "with %s, the whole package is less than 25 kB compressed",
  async (name, bundle) => {
    const code = await bundle(project.directory, "everything.js");
    expect(gzipSync(code, { level: 9 }).length).toBeLessThan(25_000);
    project.write(`${name}.everything.js`, code);
    const url = pathToFileURL(join(project.directory, `${name}.everything.js`)).href;
    const bundled = (await import(url)) as Record<string, Record<string, unknown>>;
    expect(entries).toContain("@lemmata/metrics/text");
    // It is all there.
    for (const [i, entry] of entries.entries()) {
      const own = (await import(
        pathToFileURL(join(project.directory, "node_modules/@lemmata/metrics", files.get(entry)!)).href
      )) as object;
      expect(Object.keys(bundled[`entry${i}`]!)).toEqual(Object.keys(own));
    }
  },
);

/** A word that only the code of an entry has, whatever a minifier does with its names. */
const marks: Readonly<Record<string, RegExp>> = {
  "@lemmata/metrics": /cosine-sketch/,
  "@lemmata/metrics/kernel": /WebAssembly/,
  "@lemmata/metrics/longbench": /passage_retrieval/,
  "@lemmata/metrics/sparsity": /neither sparse nor dense/,
  "@lemmata/metrics/tests": /degree of freedom/,
  "@lemmata/metrics/text": /skipped/,
};

test.each(Object.keys(marks))("what %s exports brings nothing of the other entries", async (entry) => {
  project.write("entry.js", `export * from "${entry}";`);
  const code = await bundlers["esbuild"]!(project.directory, "entry.js");
  expect(Object.keys(marks).toSorted()).toEqual(entries.toSorted());
  expect(Object.keys(marks).filter((other) => marks[other]!.test(code))).toEqual([entry]);
});
