// The command line `lemmata-sample`, as built for users, in processes of its own.
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import manifest from "@lemmata/sampling/package.json" with { type: "json" };
import type { Prepare } from "../src/task.ts";

const program = fileURLToPath(
  new URL(manifest.bin["lemmata-sample"], import.meta.resolve("@lemmata/sampling/package.json")),
);

/** Starts the command line; what it prints, once it has ended. */
function sample(args: readonly string[]): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, "--alpha", "0.1", ...args], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const parts: Buffer[] = [];
    child.stdout.on("data", (part: Buffer) => parts.push(part));
    child.on("error", reject);
    child.on("close", (code) =>
      code === 0 ? resolve(Buffer.concat(parts)) : reject(new Error(`lemmata-sample ended with ${code}`)),
    );
  });
}

const linesOf = (output: Buffer): string[] => output.toString().split("\n").slice(0, -1);

/** The whole text in so many threads. */
function threads(count: number): Prepare {
  return ({ modelFile, textFile }) => {
    const run = (): Promise<Buffer> => sample(["--model", modelFile, "--threads", String(count), textFile]);
    return {
      versions: { "@lemmata/sampling": manifest.version },
      run,
      output: async () => linesOf(await run()),
    };
  };
}

export const thread1 = threads(1);
export const threads2 = threads(2);

/** Each half of the text in a process with one thread, both at once: what the machine has to give. */
export const processes2: Prepare = ({ modelFile, textFile, lines }) => {
  const half = lines.length >> 1;
  const parts = [
    { file: `${textFile}.1`, firstLine: 0, lines: lines.slice(0, half) },
    { file: `${textFile}.2`, firstLine: half, lines: lines.slice(half) },
  ];
  for (const part of parts) writeFileSync(part.file, part.lines.map((line) => `${line}\n`).join(""));
  const run = (): Promise<Buffer[]> =>
    Promise.all(
      parts.map(({ file, firstLine }) =>
        sample(["--model", modelFile, "--first-line", String(firstLine), file]),
      ),
    );
  return {
    versions: { "@lemmata/sampling": manifest.version },
    run,
    output: async () => (await run()).flatMap(linesOf),
  };
};
