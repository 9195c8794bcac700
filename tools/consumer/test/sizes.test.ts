import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { excesses, measureSizes, type Sizes } from "../src/sizes.ts";

const manifest = { name: "planted", version: "1.0.0", exports: { ".": { default: "./index.js" } } };

let project: string;
let measured: Sizes;
beforeAll(async () => {
  project = mkdtempSync(join(tmpdir(), "lemmata-sizes-"));
  mkdirSync(join(project, "node_modules/planted"), { recursive: true });
  writeFileSync(join(project, "node_modules/planted/package.json"), JSON.stringify(manifest));
  writeFileSync(
    join(project, "node_modules/planted/index.js"),
    `export const x = "${"0123456789".repeat(100)}";`,
  );
  measured = await measureSizes(project, manifest);
});
afterAll(() => rmSync(project, { recursive: true }));

test("what is measured is the files installed, and the compressed bundle", () => {
  const written = JSON.stringify(manifest).length + `export const x = "";`.length + 1000;
  expect(measured.installedBytes).toBe(written);
  expect(measured.gzipBytes["."]).toBeGreaterThan(40);
  expect(measured.gzipBytes["."]).toBeLessThan(200);
});

test("a package at its bounds is within them", () => {
  expect(excesses(measured, measured)).toEqual([]);
});

test("one byte over a bound fails, and says which", () => {
  const { installedBytes, gzipBytes } = measured;
  expect(excesses(measured, { installedBytes: installedBytes - 1, gzipBytes })).toEqual([
    `installed is ${installedBytes} bytes, over its bound of ${installedBytes - 1}`,
  ]);
  const size = gzipBytes["."]!;
  expect(excesses(measured, { installedBytes, gzipBytes: { ".": size - 1 } })).toEqual([
    `"." compressed is ${size} bytes, over its bound of ${size - 1}`,
  ]);
});

test("an entry without a bound fails", () => {
  expect(excesses(measured, { ...measured, gzipBytes: {} })).toEqual([
    expect.stringMatching(/has no bound$/),
  ]);
});
