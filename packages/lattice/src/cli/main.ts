import { createRequire } from "node:module";
import { runCommand, runProgram } from "@lemmata/filter";
import { convertCommand } from "./commands/convert.ts";
import { decodeCommand } from "./commands/decode.ts";
import { encodeCommand } from "./commands/encode.ts";
import { inspectCommand } from "./commands/inspect.ts";
import { latticeCommand } from "./commands/lattice.ts";

/** Does what the arguments say, and sets the exit code. */
export function main(args: readonly string[]): Promise<void> {
  const program = "lemmata-lattice";
  const commands = [encodeCommand, decodeCommand, latticeCommand, inspectCommand, convertCommand];
  const example = 'echo "Hello world" | lemmata-lattice encode --model en.model';
  return runProgram(program, () => runCommand({ program, version: version(), commands, example }, args));
}

function version(): string {
  const require = createRequire(import.meta.url);
  return (require("@lemmata/lattice/package.json") as { version: string }).version;
}
