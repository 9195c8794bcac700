import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { compileKernel, flags } from "./compile.ts";

const { version } = createRequire(import.meta.url)("assemblyscript/package.json") as { version: string };

/**
 * Writes `src/<name>.gen.ts`, which exports `wasmBase64`, for each `assembly/<name>.ts` of a package, and returns the
 * paths written. A file that came from the same sources is left as it is, so that this may run before any other task.
 */
export async function generateKernels(directory: string): Promise<string[]> {
  const sources = globSync("assembly/**/*.ts", { cwd: directory }).toSorted();
  const stamp = `// Generated from assembly/ (${fingerprint(directory, sources)}). Do not edit.\n`;
  const written: string[] = [];
  for (const source of sources.filter((path) => dirname(path) === "assembly")) {
    const target = join(directory, source.replace(/^assembly/, "src").replace(/\.ts$/, ".gen.ts"));
    if (existsSync(target) && readFileSync(target, "utf8").startsWith(stamp)) continue;
    const wasm = await compileKernel(join(directory, source));
    writeFileSync(
      target,
      `${stamp}export const wasmBase64: string =\n  "${Buffer.from(wasm).toString("base64")}";\n`,
    );
    written.push(target);
  }
  return written;
}

/** What the generated files depend on, in short: every source (kernels may share files), the compiler and its flags. */
function fingerprint(directory: string, sources: readonly string[]): string {
  const hash = createHash("sha256").update(`assemblyscript ${version} ${flags.join(" ")}`);
  for (const source of sources) hash.update(source).update(readFileSync(join(directory, source)));
  return hash.digest("hex").slice(0, 16);
}
