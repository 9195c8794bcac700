import { copyFileSync, cpSync, existsSync, globSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const template = fileURLToPath(new URL("../template", import.meta.url));

/** Members that work on every package: what they depend on tells turbo when to run their tests again. */
const watchers = ["tools/browser", "tools/consumer"];

/**
 * Starts `packages/<name>` in the workspace at `root`: a package that builds, is tested, and whose first release is
 * announced. Returns its directory.
 *
 * @throws if the name is not one, is taken, or if the description is not one plain line.
 */
export function newPackage(root: string, name: string, description: string): string {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name))
    throw new Error(`"${name}" is no name: want words-like-this`);
  if (!/^[A-Z][^\n"\\]*[^\n"\\.]$/.test(description))
    throw new Error(
      "the description must be one line that begins with a capital, without quotes or a full stop",
    );
  const directory = join(root, "packages", name);
  if (existsSync(directory)) throw new Error(`packages/${name} is there already`);

  cpSync(template, directory, { recursive: true });
  for (const path of globSync("**/*", { cwd: directory }).map((file) => join(directory, file))) {
    if (!statSync(path).isFile()) continue;
    const text = readFileSync(path, "utf8");
    writeFileSync(path, text.replaceAll("__name__", name).replaceAll("__description__", description));
  }
  copyFileSync(join(root, "LICENSE"), join(directory, "LICENSE"));
  for (const member of watchers) addDependency(join(root, member, "package.json"), `@lemmata/${name}`);
  writeFileSync(
    join(root, ".changeset", `first-${name}.md`),
    `---\n"@lemmata/${name}": minor\n---\n\nFirst release. ${description}.\n`,
  );
  return directory;
}

function addDependency(file: string, name: string): void {
  const manifest = JSON.parse(readFileSync(file, "utf8")) as { devDependencies: Record<string, string> };
  const dependencies = Object.entries({ ...manifest.devDependencies, [name]: "workspace:*" });
  dependencies.sort(([a], [b]) => (a < b ? -1 : 1));
  manifest.devDependencies = Object.fromEntries(dependencies);
  writeFileSync(file, `${JSON.stringify(manifest, null, 2)}\n`);
}
