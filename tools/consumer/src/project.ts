import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runOnHost } from "./host.ts";
import { readJson } from "./published.ts";

/** A user's project: a directory of its own, far from this workspace, with one package installed. */
export class ConsumerProject {
  readonly directory: string = mkdtempSync(join(tmpdir(), "lemmata-consumer-"));

  /** An empty project that knows no registry but the given one, and whose npm starts with an empty cache. */
  constructor(registry: string) {
    const settings = { registry, cache: join(this.directory, ".npm"), audit: false, fund: false };
    const lines = Object.entries({ ...settings, "update-notifier": false }).map((pair) => pair.join("="));
    this.write(".npmrc", lines.join("\n"));
    this.write("package.json", JSON.stringify({ private: true, type: "module" }));
  }

  write(file: string, text: string): void {
    writeFileSync(join(this.directory, file), text);
  }

  /** Runs a program in the project, as its user would; returns what it prints. */
  run(program: string, ...args: readonly string[]): Promise<string> {
    return runOnHost(this.directory, program, args);
  }

  /** `npm install <name>`; returns the names of all packages that it brought, in alphabetical order. */
  async install(name: string): Promise<string[]> {
    await this.run("npm", "install", name);
    const { packages } = readJson(this.directory, "node_modules/.package-lock.json") as { packages: object };
    return Object.keys(packages)
      .map((path) => path.replace(/^.*node_modules\//, ""))
      .toSorted();
  }

  remove(): void {
    rmSync(this.directory, { recursive: true });
  }
}
