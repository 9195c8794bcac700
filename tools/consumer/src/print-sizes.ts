// Prints what each package costs its users, for READMEs and for the bounds in footprint.json. Build first.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ConsumerProject } from "./project.ts";
import { publishedPackages } from "./published.ts";
import { serveRegistry } from "./registry.ts";
import { measureSizes } from "./sizes.ts";
import { packWithDependencies } from "./tarballs.ts";

const directory = mkdtempSync(join(tmpdir(), "lemmata-tarballs-"));
const packages = publishedPackages();
const registry = await serveRegistry(await packWithDependencies(packages, directory));
for (const { name, manifest } of packages) {
  const project = new ConsumerProject(registry.url);
  const installs = await project.install(name);
  console.log(name, { installs, ...(await measureSizes(project.directory, manifest)) });
  project.remove();
}
await registry.close();
rmSync(directory, { recursive: true });
