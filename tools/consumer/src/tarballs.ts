import { execFile } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { type Manifest, type Published, readJson } from "./published.ts";

const execute = promisify(execFile);

/** A package as it would be published. */
export interface Tarball {
  readonly manifest: Manifest;
  readonly file: string;
}

/** Packs the given packages, and whatever else from the registry they need at run time, into a directory. */
export async function packWithDependencies(packages: readonly Published[], into: string): Promise<Tarball[]> {
  const ours = packages.map(({ directory }) => directory);
  const foreign = new Set(ours.flatMap((directory) => [...installedClosure(directory)]));
  for (const directory of ours) foreign.delete(directory);
  return await Promise.all([
    ...ours.map((directory) => packOurs(directory, into)),
    ...[...foreign].map((directory) => packInstalled(directory, into)),
  ]);
}

/** Where the run-time dependencies of an installed package are, and theirs, and so on. */
function installedClosure(directory: string, found: Set<string> = new Set()): Set<string> {
  const { dependencies = {} } = readJson(directory, "package.json") as Manifest;
  for (const name of Object.keys(dependencies)) {
    const candidates = createRequire(join(directory, "package.json")).resolve.paths(name) ?? [];
    const place = candidates.map((modules) => join(modules, name)).find(existsSync);
    if (place === undefined) throw new Error(`${name}, which ${directory} depends on, is not installed`);
    const real = realpathSync(place);
    if (!found.has(real)) installedClosure(real, found.add(real));
  }
  return found;
}

/** `pnpm pack` writes versions for `workspace:` and `catalog:`, and publishes what `publishConfig` says. */
async function packOurs(directory: string, into: string): Promise<Tarball> {
  const args = ["pack", "--json", "--ignore-scripts", "--pack-destination", into];
  const { stdout } = await execute("pnpm", args, { cwd: directory });
  const { filename } = JSON.parse(stdout) as { filename: string };
  const manifest = await execute("tar", ["-xzOf", filename, "package/package.json"]);
  return { file: filename, manifest: JSON.parse(manifest.stdout) as Manifest };
}

/** A package that came from a registry goes back into a tarball as it lies there. */
async function packInstalled(directory: string, into: string): Promise<Tarball> {
  const manifest = readJson(directory, "package.json") as Manifest;
  const file = join(into, `${manifest.name.replace("/", "-")}-${manifest.version}.tgz`);
  await execute("tar", ["-czf", file, "-C", dirname(directory), basename(directory)]);
  return { file, manifest };
}
