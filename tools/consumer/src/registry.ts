import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { basename } from "node:path";
import type { Tarball } from "./tarballs.ts";

/** A registry that runs. */
export interface Registry {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves tarballs as an npm registry does, on the loopback interface. It knows nothing else and takes nothing in. */
export async function serveRegistry(tarballs: readonly Tarball[]): Promise<Registry> {
  const files = new Map(tarballs.map(({ file }) => [`/-/${basename(file)}`, readFileSync(file)]));
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? "/");
    const file = files.get(path);
    if (file) return response.end(file);
    const versions = tarballs.filter(({ manifest }) => `/${manifest.name}` === path);
    if (versions.length === 0) return response.writeHead(404).end("{}");
    return response.end(JSON.stringify(describe(versions, `http://${request.headers.host}`)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** What a registry answers when asked for a package: all its versions, and where their tarballs are. */
function describe(versions: readonly Tarball[], origin: string): object {
  const entries = versions.map(({ manifest, file }) => {
    const integrity = `sha512-${createHash("sha512").update(readFileSync(file)).digest("base64")}`;
    return [
      manifest.version,
      { ...manifest, dist: { integrity, tarball: `${origin}/-/${basename(file)}` } },
    ] as const;
  });
  const [latest, { name }] = entries.at(-1)!;
  return { name, "dist-tags": { latest }, versions: Object.fromEntries(entries) };
}
