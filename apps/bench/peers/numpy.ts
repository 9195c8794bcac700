import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Contestant, type Launch, Unavailable } from "../src/suite.ts";

const run = promisify(execFile);

/** numpy's three inner products of float32, on one thread. */
export const numpyCosine: Contestant = {
  name: "numpy, three dots",
  ours: false,
  async launch({ modelFile, textFile }): Promise<Launch> {
    const script = fileURLToPath(new URL("numpy_cosine.py", import.meta.url));
    const env = { OPENBLAS_NUM_THREADS: "1", OMP_NUM_THREADS: "1" };
    try {
      await run("python3", ["-c", "import numpy"]);
    } catch {
      throw new Unavailable("needs python3 with the package numpy");
    }
    return { command: "python3", args: [script, modelFile, textFile], env };
  },
};
