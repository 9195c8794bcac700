import { createRequire } from "node:module";
import { runCommand, runProgram } from "@lemmata/filter";
import { bleuCommand } from "./commands/bleu.ts";
import { chrfCommand } from "./commands/chrf.ts";
import { cosineCommand } from "./commands/cosine.ts";
import { longbenchCommand } from "./commands/longbench.ts";
import { rougeCommand } from "./commands/rouge.ts";

/** Does what the arguments say, and sets the exit code. */
export function main(args: readonly string[]): Promise<void> {
  const program = "lemmata-metrics";
  const commands = [bleuCommand, chrfCommand, rougeCommand, longbenchCommand, cosineCommand];
  const example = "lemmata-metrics bleu --reference references.txt hypotheses.txt";
  return runProgram(program, () => runCommand({ program, version: version(), commands, example }, args));
}

function version(): string {
  const require = createRequire(import.meta.url);
  return (require("@lemmata/metrics/package.json") as { version: string }).version;
}
