import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { modelBytes } from "@lemmata/data";
import { expect, onTestFinished, test } from "vitest";
import { fetchModel } from "../../src/formats.ts";
import { readSentencePiece } from "../../src/sentencepiece.ts";

const file = modelBytes("spm_test_model");
const model = readSentencePiece(file);

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => server.close().closeAllConnections());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/resolve/main/en.model`;
}

test("a file comes over the network, by a redirection, compressed on the way", async () => {
  const url = await serve((request, response) => {
    if (request.url === "/stored")
      response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(file));
    else response.writeHead(302, { location: "/stored" }).end();
  });
  expect(await fetchModel(url)).toEqual(model);
});

test("one that is too large is not fetched to its end", async () => {
  let closed = false;
  const url = await serve((_, response) => {
    response.on("close", () => (closed = !response.writableFinished));
    const more = (): void => {
      while (response.write(Buffer.alloc(1 << 16)));
      response.once("drain", more);
    };
    more();
  });
  await expect(fetchModel(url, { maxBytes: 1e6 })).rejects.toMatchObject({ code: "fetch" });
  await expect.poll(() => closed).toBe(true);
});

test("one that announces too much is not fetched at all", async () => {
  const url = await serve((_, response) => response.writeHead(200, { "content-length": 1e9 }).write("x"));
  await expect(fetchModel(url, { maxBytes: 1e6 })).rejects.toThrow("more than 1000000 bytes");
});

test("a connection that breaks off, or is refused, is a failure of fetching", async () => {
  const broken = await serve((_, response) => {
    response.writeHead(200, { "content-length": file.length }).write(file.subarray(0, 1000));
    setTimeout(() => response.destroy(), 20);
  });
  await expect(fetchModel(broken)).rejects.toMatchObject({ name: "LatticeError", code: "fetch" });
  await expect(fetchModel("http://127.0.0.1:1/")).rejects.toMatchObject({
    name: "LatticeError",
    code: "fetch",
  });
  await expect(fetchModel("en.model")).rejects.toMatchObject({ name: "LatticeError", code: "fetch" });
});

test("a signal ends a download", async () => {
  const url = await serve((_, response) => response.writeHead(200).write("\n"));
  await expect(fetchModel(url, { signal: AbortSignal.timeout(50) })).rejects.toMatchObject({
    name: "TimeoutError",
  });
});
