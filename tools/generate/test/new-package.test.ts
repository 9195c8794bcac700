import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { newPackage } from "../src/new-package.ts";

const workspace = fileURLToPath(new URL("../../..", import.meta.url));
const description = "Sums and means of numbers";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "lemmata-generate-"));
  for (const path of ["packages", ".changeset"]) mkdirSync(join(root, path));
  for (const path of [
    "LICENSE",
    "tsconfig.base.json",
    "tools/browser/package.json",
    "tools/consumer/package.json",
  ])
    cpSync(join(workspace, path), join(root, path));
});
afterEach(() => rmSync(root, { recursive: true }));

const read = (path: string) => readFileSync(join(root, path), "utf8");

test("a new package type-checks, builds, and passes the tests it comes with", { timeout: 60_000 }, () => {
  const directory = newPackage(root, "moments", description);
  // What `pnpm install` would link there is what this tool depends on.
  symlinkSync(join(workspace, "tools/generate/node_modules"), join(directory, "node_modules"));
  for (const command of ["tsc", "tsup", "vitest run --coverage"]) {
    const [program, ...args] = command.split(" ");
    execFileSync(join(directory, "node_modules/.bin", program!), args, { cwd: directory, stdio: "pipe" });
  }
});

test("a new package carries its name and its purpose, and no placeholder", () => {
  newPackage(root, "two-words", description);
  expect(JSON.parse(read("packages/two-words/package.json"))).toMatchObject({
    name: "@lemmata/two-words",
    description,
    repository: { directory: "packages/two-words" },
  });
  expect(read("packages/two-words/README.md")).toContain("npm install @lemmata/two-words\n");
  expect(read("packages/two-words/LICENSE")).toBe(read("LICENSE"));
  for (const file of ["README.md", "package.json", "footprint.json", "CHANGELOG.md", "bench/index.ts"])
    expect(read(`packages/two-words/${file}`)).not.toContain("__");
});

test("a new package is announced, and known to the members that work on every package", () => {
  newPackage(root, "moments", description);
  expect(read(".changeset/first-moments.md")).toContain(`"@lemmata/moments": minor`);
  for (const member of ["browser", "consumer"]) {
    const { devDependencies } = JSON.parse(read(`tools/${member}/package.json`)) as {
      devDependencies: object;
    };
    expect(devDependencies).toMatchObject({ "@lemmata/moments": "workspace:*" });
    expect(Object.keys(devDependencies)).toEqual(Object.keys(devDependencies).toSorted());
  }
});

test.each(["Moments", "mo_ments", "-moments", "moments-", "../moments", "mo--ments", ""])(
  "%j is no name",
  (name) => {
    expect(() => newPackage(root, name, description)).toThrow(/is no name/);
  },
);

test.each(["", "lower case", "Ends with a stop.", 'Has "quotes"', "Two\nlines"])(
  "%j is no description",
  (text) => {
    expect(() => newPackage(root, "moments", text)).toThrow(/description/);
  },
);

test("a package that is there is left alone", () => {
  newPackage(root, "moments", description);
  const before = read("packages/moments/package.json");
  expect(() => newPackage(root, "moments", "Something else")).toThrow(/there already/);
  expect(read("packages/moments/package.json")).toBe(before);
});
