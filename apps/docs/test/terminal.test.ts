import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { encodeBatch } from "@lemmata/lattice";
import stringWidth from "string-width";
import { afterAll, describe, expect, test } from "vitest";
import { scenes } from "../scenes/index.ts";
import { setStage } from "../scenes/stage.ts";
import { readings } from "../scenes/two-scripts.ts";
import { corpus, writeIds } from "../scenes/whole-corpus.ts";
import { table } from "../terminal/table.ts";

const out = mkdtempSync(join(tmpdir(), "lemmata-docs-"));
afterAll(() => rmSync(out, { recursive: true }));
const stage = setStage(out);

/** Runs `start` as a user's shell does: on the built packages, with no terminal. */
function start(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, ["start.ts", ...args], {
    cwd: fileURLToPath(new URL("..", import.meta.url)),
    encoding: "utf8",
    env: { ...process.env, NODE_OPTIONS: "" },
  });
}

describe("pnpm start", () => {
  test.each([[["--no-serve"]], [[]]])("with %j and no terminal prints the main job and ends", (args) => {
    const { status, stdout, stderr } = start(...args);
    expect(stderr).toBe("");
    expect(status).toBe(0);
    expect(stdout).toContain(`"understanding" · 570 segmentations · alpha = 0.1 · 20,000 draws`);
    expect(stdout).toMatch(/^▁understanding +22\.0% +2[12]\.\d% +5[345]\.\d% +◄$/m);
    expect(stdout).toMatch(/^distance from exact +– +\.0[345]\d +\.5[345]\d +\(noise floor \.044\)$/m);
    expect(stdout).toMatch(/^watch\|ing +33\.3% +3[234]\.\d% +(49|50)\.\d% +◄$/m);
    for (const { sentence } of readings) expect(stdout).toContain(sentence);
    expect(stdout).toMatch(/^together +1\.99 +[\d,]+ +\d+\.\d$/m);
    expect(stdout).not.toContain("\u001B");
    for (const line of stdout.split("\n")) expect(stringWidth(line), line).toBeLessThanOrEqual(80);
  });

  test("prints what it takes", () => {
    const { status, stdout } = start("--help");
    expect(status).toBe(0);
    expect(stdout).toContain("--no-serve");
  });

  test.each([["--serve-not"], ["-x"], ["site"]])("answers %s with one line, and fails", (argument) => {
    const { status, stdout, stderr } = start(argument);
    expect(status).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toMatch(/^start: .*--help\n$/);
  });
});

test("a scene gives the same lines again, but for times", () => {
  // A rate may have a digit more, and its column be wider.
  const withoutTimes = (line: string): string => line.replaceAll(/ +\d+\.\d/g, "").replaceAll(/ +/g, " ");
  for (const scene of scenes) {
    expect(scene.play(stage).map(withoutTimes), scene.name).toEqual(scene.play(stage).map(withoutTimes));
  }
});

test.each(readings)("the sentence of $title stands in its book", ({ text, sentence }) => {
  expect(stage.text(text).some((line) => line.includes(sentence))).toBe(true);
});

test.each(corpus)("the file of $text holds its ids, and nothing unfinished is left", ({ text, model }) => {
  const { ids } = encodeBatch(stage.model(model), stage.text(text));
  const bytes = readFileSync(writeIds(out, text, ids));
  expect(bytes).toHaveLength(2 * ids.length);
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  expect(ids.every((id, i) => view.getUint16(2 * i, true) === id)).toBe(true);
  expect(readdirSync(out).filter((name) => name.endsWith(".tmp"))).toEqual([]);
});

describe("a table", () => {
  const columns = [{ align: "left" }, { align: "right" }, { align: "left" }] as const;
  test("gives a wide character two places, and ends no line in spaces", () => {
    const rows = [
      ["猫", "1", ""],
      ["cats", "10", "many"],
    ];
    expect(table(columns, rows, 1)).toEqual(["猫    1", "cats 10 many"]);
  });
  test("colours a cell without its space", () => {
    const red = { align: "right", ink: (text: string) => `<${text}>` } as const;
    expect(table([red], [["1"], ["10"]])).toEqual([" <1>", "<10>"]);
  });
});
