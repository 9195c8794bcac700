import { fileURLToPath } from "node:url";
import type { Contestant, Launch } from "./suite.ts";

/** What a contestant written in JavaScript is given. */
export interface Work {
  readonly model: Uint8Array;
  readonly modelFile: string;
  readonly textFile: string;
  readonly lines: readonly string[];
}

/** A contestant written in JavaScript, ready to work. */
export interface Task {
  /** Versions of the packages that do the work. */
  readonly versions: Readonly<Record<string, string>>;
  /**
   * One pass over the whole input. What it returns keeps the work from being optimised away, and is held until the next
   * pass: a suite about loading returns what was loaded, and so measures what it takes.
   */
  run(): unknown;
  /** The output for each line of text. */
  output(): readonly string[] | Promise<readonly string[]>;
}

/** Sets a contestant up; this part is not timed. */
export type Prepare = (work: Work) => Task | Promise<Task>;

/** A contestant that is the export `call` of a module, a {@link Prepare}, in a Node process of its own. */
export function inNode(
  contestant: Omit<Contestant, "launch">,
  module: URL,
  call: string,
  env?: Launch["env"],
): Contestant {
  const runner = fileURLToPath(new URL("task-process.ts", import.meta.url));
  return {
    ...contestant,
    collects: true,
    launch: ({ modelFile, textFile }) => ({
      command: process.execPath,
      args: ["--no-warnings", runner, module.href, call, modelFile, textFile],
      ...(env === undefined ? {} : { env }),
    }),
  };
}
