import { readFileSync } from "node:fs";

/**
 * Imports a package that is installed here if at all, and so has no types; `T` says what is used of it.
 */
export async function installed<T>(specifier: string): Promise<T> {
  return (await import(specifier)) as T;
}

/** Name and version of an installed package, for the table. */
export function versionOf(name: string): Record<string, string> {
  const manifest = readFileSync(new URL(`node_modules/${name}/package.json`, import.meta.url), "utf8");
  return { [name]: (JSON.parse(manifest) as { version: string }).version };
}
