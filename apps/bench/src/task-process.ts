// The process of a contestant written in JavaScript: see contestant-process.ts for what it is asked.
// Arguments: URL of the module, name of its export, model file, text file.
import { readFileSync, writeFileSync, writeSync } from "node:fs";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Prepare, Task } from "./task.ts";

const [, , module = "", call = "", modelFile = "", textFile = ""] = process.argv;

function answer(value: object): void {
  writeSync(3, `${JSON.stringify(value)}\n`);
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What the last pass returned. */
const held: { value?: unknown } = {};

async function passes(task: Task, count: number): Promise<{ cpu: number; wall: number }> {
  const cpuBefore = process.cpuUsage();
  const before = performance.now();
  for (let i = 0; i < count; i++) held.value = await task.run();
  const wall = (performance.now() - before) / 1e3;
  const { user, system } = process.cpuUsage(cpuBefore);
  return { cpu: (user + system) / 1e6, wall };
}

/** Twice, since what is no more may have kept memory outside of the heap, which is given back meanwhile. */
async function collect(): Promise<object> {
  setFlagsFromString("--expose-gc");
  const gc = runInNewContext("gc") as () => void;
  gc();
  await wait(50);
  gc();
  await wait(50);
  return {};
}

async function obey(task: Task, command: string): Promise<object> {
  const [verb, argument = ""] = command.split(/ (.*)/s);
  if (verb === "pass") return passes(task, Number(argument));
  if (verb === "collect") return collect();
  if (verb !== "output") throw new Error(`unknown command ${command}`);
  writeFileSync(argument, (await task.output()).map((line) => `${line}\n`).join(""));
  return {};
}

try {
  const prepare = ((await import(module)) as Record<string, Prepare | undefined>)[call];
  if (prepare === undefined) throw new Error(`${module} has no export ${call}`);
  const lines = readFileSync(textFile, "utf8").split("\n").slice(0, -1);
  const model = new Uint8Array(readFileSync(modelFile));
  const task = await prepare({ model, modelFile, textFile, lines });
  answer({ versions: { node: process.versions.node, ...task.versions } });
  for await (const command of createInterface({ input: process.stdin })) {
    await obey(task, command).then(answer, (error: unknown) => answer({ error: reason(error) }));
  }
  process.exit();
} catch (error) {
  answer({ error: reason(error) });
  process.exit(1);
}
