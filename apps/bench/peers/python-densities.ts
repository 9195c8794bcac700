import { fileURLToPath } from "node:url";
import type { Contestant } from "../src/suite.ts";
import { pythonWith } from "./python-with.ts";

/** A Python package that estimates densities, on one thread: see density_peer.py. */
export function pythonDensity(
  contestant: Omit<Contestant, "launch" | "ours">,
  estimator: "mixture" | "kernels",
  job: "fit" | "evaluate",
): Contestant {
  const needed = { mixture: "sklearn", kernels: "scipy" }[estimator];
  return {
    ...contestant,
    ours: false,
    launch: async ({ modelFile, textFile }) => ({
      command: await pythonWith(needed),
      args: [fileURLToPath(new URL("density_peer.py", import.meta.url)), estimator, job, modelFile, textFile],
      env: { OPENBLAS_NUM_THREADS: "1", OMP_NUM_THREADS: "1" },
    }),
  };
}
