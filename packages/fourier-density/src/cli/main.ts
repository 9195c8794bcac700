import { createRequire } from "node:module";
import { runCommand, runProgram } from "@lemmata/filter";
import { compressCommand } from "./commands/compress.ts";
import { decompressCommand } from "./commands/decompress.ts";
import { evalCommand } from "./commands/eval.ts";
import { fitCommand } from "./commands/fit.ts";
import { plotCommand } from "./commands/plot.ts";
import { sampleCommand } from "./commands/sample.ts";
import { joinNegativeNumbers } from "./negative-numbers.ts";

/** Does what the arguments say, and sets the exit code. */
export function main(args: readonly string[]): Promise<void> {
  const program = "lemmata-density";
  const commands = [fitCommand, evalCommand, sampleCommand, plotCommand, compressCommand, decompressCommand];
  const example = "lemmata-density fit --column height people.csv --output height.json";
  return runProgram(program, () =>
    runCommand({ program, version: version(), commands, example }, joinNegativeNumbers(args)),
  );
}

function version(): string {
  const require = createRequire(import.meta.url);
  return (require("@lemmata/fourier-density/package.json") as { version: string }).version;
}
