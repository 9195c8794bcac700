import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { entriesOf, type Manifest, publishedPackages, readJson, root } from "../src/published.ts";

const packages = publishedPackages();
const license = readFileSync(join(root, "LICENSE"), "utf8");

describe.each(packages)("$name", ({ name, directory, manifest, footprint }) => {
  const path = `packages/${basename(directory)}`;

  test("is like every other package", () => {
    expect(manifest).toMatchObject({
      name: `@lemmata/${basename(directory)}`,
      description: expect.stringMatching(/^[A-Z].*[^.]$/),
      keywords: expect.arrayContaining([expect.any(String)]),
      license: "Apache-2.0",
      repository: { type: "git", url: "git+https://github.com/lemmata/lemmata.git", directory: path },
      type: "module",
      sideEffects: false,
      engines: { node: ">=20.19" },
      files: expect.arrayContaining(["dist"]),
      publishConfig: { access: "public" },
    });
    expect(readFileSync(join(directory, "LICENSE"), "utf8")).toBe(license);
  });

  test("publishes the exports that the workspace has, without their sources", () => {
    const { publishConfig } = manifest as Manifest & { publishConfig: Pick<Manifest, "exports"> };
    const withoutSources = Object.entries(manifest.exports ?? {}).map(([entry, target]) => {
      if (typeof target === "string") return [entry, target];
      const { "lemmata-source": source, ...published } = target;
      expect(existsSync(join(directory, source!))).toBe(true);
      return [entry, published];
    });
    expect(publishConfig.exports).toEqual(Object.fromEntries(withoutSources));
    expect(Object.keys(footprint.gzipBytes)).toEqual(entriesOf(manifest));
  });

  test("tells in its README how to install it", () => {
    const [command = ""] = /^npm install .*$/m.exec(readFileSync(join(directory, "README.md"), "utf8")) ?? [];
    expect(command.split(" ")).toContain(name);
  });
});

test.each(["browser", "consumer"])(
  "tools/%s declares every package, so that turbo reruns its tests",
  (tool) => {
    const { devDependencies } = readJson(join(root, "tools", tool), "package.json") as {
      devDependencies: object;
    };
    expect(Object.keys(devDependencies)).toEqual(expect.arrayContaining(packages.map(({ name }) => name)));
  },
);
