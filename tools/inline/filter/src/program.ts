import { constants } from "node:os";
import { verdictOn } from "./faults.ts";

/** Runs a command line to its end, and sets the exit code. What goes wrong is said in one line, after `name`. */
export async function runProgram(name: string, run: () => Promise<void>): Promise<void> {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.once(signal, () => process.exit(128 + constants.signals[signal]));
  try {
    await run();
  } catch (error) {
    const { message, exitCode } = verdictOn(error);
    if (message !== undefined) process.stderr.write(`${name}: ${message}\n`);
    // At once: standard input may still be open.
    process.exit(exitCode);
  }
}
