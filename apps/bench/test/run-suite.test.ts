import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type InputResult, type Row, runInput } from "../src/run-suite.ts";
import { type Contestant, type Suite, Unavailable } from "../src/suite.ts";
import { inNode } from "../src/task.ts";

const directory = mkdtempSync(join(tmpdir(), "lemmata-bench-test-"));
afterAll(() => rmSync(directory, { recursive: true }));

const fake = (call: string): Contestant =>
  inNode({ name: call, ours: call === "shout" }, new URL("fake-tasks.ts", import.meta.url), call);

const suite: Suite = {
  name: "fake",
  claim: "",
  measure: "rate",
  process: "kept",
  ratio: "times",
  baselines: ["shout"],
  inputs: () => [],
  notes: [],
  contestants: [
    fake("shout"),
    fake("mumble"),
    fake("crash"),
    fake("refuse"),
    {
      name: "missing",
      ours: false,
      launch: () => {
        throw new Unavailable("needs a compiler");
      },
    },
    { name: "not there", ours: false, launch: () => ({ command: "/no/such/program", args: [] }) },
  ],
};
const input = {
  name: "Greek",
  description: "",
  model: new Uint8Array([1]),
  lines: ["alpha", "bêta", "gamma"],
};
const effort = { rounds: 4, warmUp: 1e-9, turn: 1e-9, limit: 20 };

function rowOf(result: InputResult, name: string): Row {
  const row = result.rows.find(({ contestant }) => contestant === name);
  if (row === undefined) throw new Error(`no row ${name}`);
  return row;
}

describe("runInput", () => {
  let result: InputResult;
  beforeAll(async () => {
    result = await runInput(suite, input, effort, directory, () => undefined);
  }, 60_000);

  test("measures each contestant once a round, in a process of its own", () => {
    const { samples, versions, failure } = rowOf(result, "shout");
    expect(samples.map(({ round }) => round)).toEqual([0, 1, 2, 3]);
    for (const { cpu, wall, peakMemory } of samples) {
      expect(cpu).toBeGreaterThanOrEqual(0);
      expect(wall).toBeGreaterThan(0);
      expect(peakMemory ?? 1e7).toBeGreaterThan(1e6);
    }
    expect(versions).toEqual({ fake: "1.2.3", node: process.versions.node });
    expect(failure).toBeUndefined();
  });

  test("tells the size of the input in bytes of UTF-8 and in lines", () => {
    expect(result).toMatchObject({ bytes: 15, lines: 3 });
  });

  test("still measures a contestant whose output differs, and counts the lines", () => {
    const { check, samples } = rowOf(result, "mumble");
    expect(check).toEqual({
      lines: 3,
      differing: 1,
      examples: [{ line: 1, expected: "ALPHA", got: "alpha" }],
    });
    expect(samples).toHaveLength(4);
  });

  test("goes on without a contestant that ends, and says why it ended", () => {
    const { failure, samples, check } = rowOf(result, "crash");
    expect(failure).toBe("ended with code 3: fatal error: out of ideas");
    expect(samples).toEqual([]);
    expect(check?.differing).toBe(0);
  });

  test("gives the reasons of those that never begin", () => {
    expect(rowOf(result, "refuse").failure).toBe("no such model");
    expect(rowOf(result, "missing").failure).toBe("needs a compiler");
    expect(rowOf(result, "not there").failure).toMatch(/ENOENT/);
  });

  test("does not wait for ever", async () => {
    const slow = { ...suite, contestants: [fake("sleep")] };
    const { rows } = await runInput(slow, input, { ...effort, limit: 1 }, directory, () => undefined);
    expect(rows[0]?.failure).toBe("no answer within 1 s");
  });

  test("starts a process for each round where a suite asks for fresh ones, so that only first passes count", async () => {
    const fresh: Suite = { ...suite, process: "fresh", contestants: [fake("crash")] };
    const { rows } = await runInput(fresh, input, effort, directory, () => undefined);
    expect(rows[0]?.failure).toBeUndefined();
    expect(rows[0]?.samples).toHaveLength(4);
  }, 60_000);

  test("tells what the first pass of a fresh process leaves in memory", async () => {
    const fresh: Suite = { ...suite, process: "fresh", contestants: [fake("hoard"), fake("shout")] };
    const { rows } = await runInput(fresh, input, { ...effort, rounds: 1 }, directory, () => undefined);
    const [hoarded, shouted] = rows.map(({ samples }) => samples[0]!.addedMemory ?? null);
    if (hoarded === null || shouted === null) return; // no Linux
    expect(hoarded! - shouted!).toBeGreaterThan(15e6);
    expect(hoarded! - shouted!).toBeLessThan(25e6);
  }, 60_000);

  test("tells what each output is worth, the first one's too, where outputs need not be alike", async () => {
    const quality = { heading: "", of: (output: readonly string[]) => output.join(" ") };
    const contestants = [fake("shout"), fake("mumble")];
    const { rows } = await runInput(
      { ...suite, contestants, quality },
      input,
      { ...effort, rounds: 1 },
      directory,
      () => undefined,
    );
    expect(rows.map((row) => [row.quality, row.check])).toEqual([
      ["ALPHA BÊTA GAMMA", undefined],
      ["alpha BÊTA GAMMA", undefined],
    ]);
  });
});
