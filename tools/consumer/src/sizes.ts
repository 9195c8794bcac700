import { globSync, statSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { entriesOf, type Footprint, type Manifest, specifierOf } from "./published.ts";

/** The two costs that a footprint bounds. */
export type Sizes = Pick<Footprint, "installedBytes" | "gzipBytes">;

/** What an installed package costs: on the disk with all it brought, and on a web page, entry by entry. */
export async function measureSizes(project: string, manifest: Manifest): Promise<Sizes> {
  const gzipBytes: Record<string, number> = {};
  for (const entry of entriesOf(manifest))
    gzipBytes[entry] = await gzipSize(project, specifierOf(manifest.name, entry));
  return { installedBytes: directorySize(join(project, "node_modules")), gzipBytes };
}

/** The bytes of a minified bundle of all that an entry exports, with what it imports, as a server would send it. */
async function gzipSize(project: string, specifier: string): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents: `export * from "${specifier}";`, resolveDir: project },
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    write: false,
    logLevel: "silent",
  });
  return gzipSync(outputFiles[0]!.contents, { level: 9 }).length;
}

function directorySize(directory: string): number {
  const paths = globSync("**/*", { cwd: directory }).filter((path) => !path.startsWith(".")); // npm's own notes
  return paths
    .map((path) => statSync(join(directory, path)))
    .reduce((sum, file) => sum + (file.isFile() ? file.size : 0), 0);
}

/** One sentence for each bound that is exceeded, or that is missing. */
export function excesses(measured: Sizes, promised: Sizes): string[] {
  const pairs = [
    ["installed", measured.installedBytes, promised.installedBytes] as const,
    ...Object.entries(measured.gzipBytes).map(
      ([entry, bytes]) => [`"${entry}" compressed`, bytes, promised.gzipBytes[entry]] as const,
    ),
  ];
  return pairs.flatMap(([what, bytes, bound]) => {
    if (bound === undefined) return [`${what} is ${bytes} bytes, and has no bound`];
    return bytes > bound ? [`${what} is ${bytes} bytes, over its bound of ${bound}`] : [];
  });
}
