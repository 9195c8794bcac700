import { UsageError } from "@lemmata/filter";

/** What a command line names that begins with a density: its file, and those of numbers; `-` is standard input. */
export function densityArgs(positionals: readonly string[]): { density: string; paths: readonly string[] } {
  const [density, ...paths] = positionals;
  if (density === undefined) throw new UsageError("the file of a density is needed, or - for standard input");
  return { density, paths };
}

/** @throws {@link UsageError} where standard input is to be both the density and the numbers. */
export function requireOneInput(density: string, paths: readonly string[]): void {
  const inputs = [density, ...(paths.length === 0 ? ["-"] : paths)];
  if (inputs.filter((path) => path === "-").length > 1)
    throw new UsageError("standard input can be read only once");
}
