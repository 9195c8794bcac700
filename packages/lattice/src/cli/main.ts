import { createRequire } from "node:module";
import { runProgram, toStdout, UsageError } from "@lemmata/filter";
import type { Command } from "./command.ts";
import { convertCommand } from "./commands/convert.ts";
import { decodeCommand } from "./commands/decode.ts";
import { encodeCommand } from "./commands/encode.ts";
import { inspectCommand } from "./commands/inspect.ts";
import { latticeCommand } from "./commands/lattice.ts";

const commands: readonly Command[] = [
  encodeCommand,
  decodeCommand,
  latticeCommand,
  inspectCommand,
  convertCommand,
];

/** Does what the arguments say, and sets the exit code. */
export function main(args: readonly string[]): Promise<void> {
  return runProgram("lemmata-lattice", () => run(args));
}

async function run([name, ...args]: readonly string[]): Promise<void> {
  if (name === "--version") return await toStdout(`${version()}\n`);
  if (name === "--help" || name === "-h" || name === "help") return await toStdout(overview());
  const command = commands.find((one) => one.name === name);
  if (command === undefined) {
    const names = commands.map((one) => one.name).join(", ");
    throw new UsageError(`${name === undefined ? "no command" : `no command "${name}"`}; there are ${names}`);
  }
  if (args.includes("--help") || args.includes("-h")) return await toStdout(command.help);
  return await command.run(args);
}

function overview(): string {
  return `Usage: lemmata-lattice COMMAND [options]

Commands
${commands.map(({ name, summary }) => `  ${name.padEnd(9)}${summary}`).join("\n")}

"lemmata-lattice COMMAND --help" tells more of one; "lemmata-lattice --version" prints the version.

Example
  echo "Hello world" | lemmata-lattice encode --model en.model
`;
}

function version(): string {
  const require = createRequire(import.meta.url);
  return (require("@lemmata/lattice/package.json") as { version: string }).version;
}
