import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/**
 * Installs the npm packages in `peers/`, exactly as its lockfile says. They are no part of the workspace, so that only
 * who runs the benchmarks downloads them.
 *
 * @returns Why it did not work; nothing if it did. Without them the run has fewer rows.
 */
export function installPeers(): string | undefined {
  const directory = fileURLToPath(new URL("../peers", import.meta.url));
  const { status, error, stdout, stderr } = spawnSync(
    "pnpm",
    ["install", "--ignore-workspace", "--frozen-lockfile", "--ignore-scripts", "--dir", directory],
    { encoding: "utf8", cwd: directory },
  );
  if (status === 0) return undefined;
  return error?.message ?? `${stdout}${stderr}`.trim().split("\n").at(-1);
}
