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

let project: ConsumerProject;
beforeAll(async () => {
  project = new ConsumerProject(inject("registry"));
  await project.install("@lemmata/metrics");
  project.write("cosine.js", `export { cosine } from "@lemmata/metrics";`);
});
afterAll(() => project.remove());

/** Each bundles and minifies `cosine.js` of the project; returns the code. */
const bundlers: Record<string, (directory: string) => Promise<string>> = {
  async esbuild(directory) {
    const { outputFiles } = await esbuild({
      entryPoints: [join(directory, "cosine.js")],
      bundle: true,
      minify: true,
      format: "esm",
      target: "es2022",
      write: false,
    });
    return outputFiles[0]!.text;
  },
  async rollup(directory) {
    // By itself it does not look into node_modules.
    const metrics = join(directory, "node_modules/@lemmata/metrics/dist/index.js");
    const plugin = {
      name: "resolve",
      resolveId: (id: string) => (id === "@lemmata/metrics" ? metrics : null),
    };
    const bundle = await rollup({ input: join(directory, "cosine.js"), plugins: [plugin] });
    const { output } = await bundle.generate({ format: "es" });
    return (await transform(output[0].code, { minify: true, format: "esm", target: "es2022" })).code;
  },
  async webpack(directory) {
    const compiler = webpack({
      mode: "production",
      context: directory,
      entry: "./cosine.js",
      experiments: { outputModule: true },
      output: { path: join(directory, "webpack"), filename: "cosine.js", library: { type: "module" } },
    });
    const stats = await promisify(compiler.run.bind(compiler))();
    expect(stats?.hasErrors()).toBe(false);
    return readFileSync(join(directory, "webpack/cosine.js"), "utf8");
  },
};

describe.each(Object.entries(bundlers))("with %s, cosine alone", (name, bundle) => {
  let code: string;
  beforeAll(async () => {
    code = await bundle(project.directory);
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
