import { createRequire } from "node:module";
import { constants } from "node:os";
import type { Command } from "./command.ts";
import { convertCommand } from "./commands/convert.ts";
import { decodeCommand } from "./commands/decode.ts";
import { encodeCommand } from "./commands/encode.ts";
import { inspectCommand } from "./commands/inspect.ts";
import { latticeCommand } from "./commands/lattice.ts";
import { UsageError, verdictOn } from "./faults.ts";
import { toStdout } from "./stdout.ts";

const commands: readonly Command[] = [
  encodeCommand,
  decodeCommand,
  latticeCommand,
  inspectCommand,
  convertCommand,
];

/** Does what the arguments say, and sets the exit code. */
export async function main(args: readonly string[]): Promise<void> {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.once(signal, () => process.exit(128 + constants.signals[signal]));
  try {
    await run(args);
  } catch (error) {
    const { message, exitCode } = verdictOn(error);
    if (message !== undefined) process.stderr.write(`lemmata-lattice: ${message}\n`);
    // At once: standard input may still be open.
    process.exit(exitCode);
  }
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
