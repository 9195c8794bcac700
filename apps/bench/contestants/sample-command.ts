// The command line `lemmata-sample`, as built for users, in processes of its own.
import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import manifest from "@lemmata/sampling/package.json" with { type: "json" };
import type { Prepare } from "../src/task.ts";

const program = fileURLToPath(
  new URL(manifest.bin["lemmata-sample"], import.meta.resolve("@lemmata/sampling/package.json")),
);

function start(args: readonly string[], stdout: "ignore" | "pipe"): ChildProcess {
  return spawn(process.execPath, [program, "--alpha", "0.1", ...args], {
    stdio: ["ignore", stdout, "inherit"],
  });
}

/** Command lines that run at once, each over its part of the text. */
function commands(argumentsOf: (work: Parameters<Prepare>[0]) => string[][]): Prepare {
  return (work) => {
    const parts = argumentsOf(work).map((args) => ["--model", work.modelFile, ...args]);
    return {
      versions: { "@lemmata/sampling": manifest.version },
      async run() {
        const ends = parts.map(async (args) => await once(start(args, "ignore"), "exit"));
        for (const [code] of await Promise.all(ends))
          if (code !== 0) throw new Error(`lemmata-sample ended with ${String(code)}`);
      },
      async output() {
        const digests = new Digests();
        for (const args of parts) await digests.add(start(args, "pipe").stdout!);
        return digests.finish();
      },
    };
  };
}

/** Lines of so much text are too many to keep: for each thousand stands a digest. */
class Digests {
  private readonly found: string[] = [];
  private hash = createHash("sha256");
  private lines = 0;

  async add(output: Readable): Promise<void> {
    for await (const line of createInterface({ input: output })) {
      this.hash.update(`${line}\n`);
      this.lines++;
      if (this.lines % 1000 === 0) this.next();
    }
  }

  finish(): string[] {
    this.next();
    return this.found;
  }

  private next(): void {
    this.found.push(`${this.lines} ${this.hash.digest("hex")}`);
    this.hash = createHash("sha256");
  }
}

export const thread1 = commands(({ textFile }) => [[textFile]]);
export const threads2 = commands(({ textFile }) => [["--threads", "2", textFile]]);

/** Each half of the text in a process with one thread. */
export const processes2 = commands(({ textFile, lines }) => {
  const half = lines.length >> 1;
  const write = (file: string, part: readonly string[]): string => {
    if (!existsSync(file)) writeFileSync(file, part.map((line) => `${line}\n`).join(""));
    return file;
  };
  return [
    [write(`${textFile}.1`, lines.slice(0, half))],
    ["--first-line", String(half), write(`${textFile}.2`, lines.slice(half))],
  ];
});
