import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { Unavailable } from "../src/suite.ts";

const run = promisify(execFile);

/**
 * The first Python 3 that has a package.
 *
 * @throws {@link Unavailable} if none has it.
 */
export async function pythonWith(name: string): Promise<string> {
  for (const command of ["python3", "/usr/bin/python3"])
    if (
      await run(command, ["-c", `import ${name}`]).then(
        () => true,
        () => false,
      )
    )
      return command;
  throw new Unavailable(`needs python3 with the package ${name}`);
}
