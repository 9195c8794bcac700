import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { publishedPackages } from "../src/published.ts";
import { serveRegistry } from "../src/registry.ts";
import { packWithDependencies } from "../src/tarballs.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The address of the registry that has all our packages. */
    registry: string;
    /** The file of each package's tarball, by the package's name. */
    tarballs: Record<string, string>;
  }
}

/** Packs everything once, for all the tests. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = mkdtempSync(join(tmpdir(), "lemmata-tarballs-"));
  const tarballs = await packWithDependencies(publishedPackages(), directory);
  const registry = await serveRegistry(tarballs);
  project.provide("registry", registry.url);
  project.provide(
    "tarballs",
    Object.fromEntries(tarballs.map(({ manifest, file }) => [manifest.name, file])),
  );
  return async () => {
    await registry.close();
    rmSync(directory, { recursive: true });
  };
}
