import { existsSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import sirv from "sirv";

const site = fileURLToPath(new URL(".vitepress/dist", import.meta.url));

/** Serves the built site to this machine, on `port` or the first free one above it; port 0 takes any free one. */
export async function serveSite(port: number): Promise<{ url: string; close: () => void }> {
  if (!existsSync(`${site}/index.html`))
    throw new Error("the site is not built yet: run pnpm start in the repository");
  const notFound = readFileSync(`${site}/404.html`);
  const server = createServer(
    sirv(site, {
      dev: true, // looks for files when they are asked for, so that a new build can take the old one's place
      onNoMatch: (_, response) => response.writeHead(404, { "content-type": "text/html" }).end(notFound),
    }),
  );
  await listen(server, port);
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function listen(server: Server, port: number): Promise<void> {
  for (let at = port; ; at++) {
    try {
      await new Promise<void>((resolve, reject) => {
        server.once("error", reject);
        server.listen(at, "localhost", () => {
          server.off("error", reject);
          resolve();
        });
      });
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE" || at >= port + 100) throw error;
    }
  }
}
