import { execFile } from "node:child_process";
import { delimiter } from "node:path";
import { promisify } from "node:util";

const execute = promisify(execFile);

/**
 * Runs a program as a user would, outside of this workspace: with the Node and the npm that the machine has, not those
 * under `node_modules/.bin`, an empty home, and no setting that reached us through the environment. Returns what it prints.
 */
export async function runOnHost(home: string, program: string, args: readonly string[]): Promise<string> {
  try {
    const { stdout } = await execute(program, [...args], {
      cwd: home,
      env: { HOME: home, USERPROFILE: home, PATH: hostPath(process.env["PATH"] ?? "") },
    });
    return stdout;
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    throw new Error(`${program} ${args.join(" ")} failed\n${stdout ?? ""}${stderr ?? ""}`, { cause: error });
  }
}

/** A PATH without the directories that package managers put in front of it while they run a script. */
export function hostPath(path: string): string {
  return path
    .split(delimiter)
    .filter((directory) => !/[/\\]node_modules([/\\]|$)|[/\\]node-gyp-bin$/.test(directory))
    .join(delimiter);
}
