import { UsageError } from "./faults.ts";
import { toStdout } from "./stdout.ts";

/** One of the things that the command line does. */
export interface Command {
  readonly name: string;
  /** What it does, in a few words. */
  readonly summary: string;
  /** All that `--help` says. */
  readonly help: string;
  run(args: readonly string[]): Promise<void>;
}

/** A command line whose first argument says which of several things it does. */
export interface CommandSet {
  /** What it is called. */
  readonly program: string;
  readonly version: string;
  readonly commands: readonly Command[];
  /** One call of it, for its help. */
  readonly example: string;
}

/**
 * Does what the arguments say.
 *
 * @throws {@link UsageError} for a command that there is not.
 */
export async function runCommand(set: CommandSet, [name, ...args]: readonly string[]): Promise<void> {
  const { version, commands } = set;
  if (name === "--version") return await toStdout(`${version}\n`);
  if (name === "--help" || name === "-h" || name === "help") return await toStdout(overview(set));
  const command = commands.find((one) => one.name === name);
  if (command === undefined) {
    const names = commands.map((one) => one.name).join(", ");
    throw new UsageError(`${name === undefined ? "no command" : `no command "${name}"`}; there are ${names}`);
  }
  if (args.includes("--help") || args.includes("-h")) return await toStdout(command.help);
  return await command.run(args);
}

function overview({ program, commands, example }: CommandSet): string {
  const width = 2 + Math.max(...commands.map(({ name }) => name.length));
  return `Usage: ${program} COMMAND [options]

Commands
${commands.map(({ name, summary }) => `  ${name.padEnd(width)}${summary}`).join("\n")}

"${program} COMMAND --help" tells more of one; "${program} --version" prints the version.

Example
  ${example}
`;
}
