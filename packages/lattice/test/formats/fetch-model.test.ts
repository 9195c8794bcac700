import { describe, expect, test } from "vitest";
import { fetchModel, loadModel, type ModelCache } from "../../src/formats.ts";
import { small } from "../huggingface/small.ts";

const body = JSON.stringify(small());
const model = loadModel(body);
const address = "https://example.org/resolve/main/tokenizer.json";

/** A server of one file, that counts its calls. */
function server(text = body): { calls: string[]; fetch: (url: string) => Promise<Response> } {
  const calls: string[] = [];
  return {
    calls,
    fetch: (url) => {
      calls.push(url);
      return Promise.resolve(new Response(text));
    },
  };
}

function memory(): ModelCache & { readonly kept: Map<string, Uint8Array<ArrayBuffer>> } {
  const kept = new Map<string, Uint8Array<ArrayBuffer>>();
  return {
    kept,
    match: (url) => Promise.resolve(kept.has(url) ? new Response(kept.get(url)) : undefined),
    put: async (url, response) => {
      kept.set(url, new Uint8Array(await response.arrayBuffer()));
    },
  };
}

const hash = async (text: string): Promise<string> => {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
};

describe("a cache", () => {
  test("of one's own is asked first, and given what was fetched", async () => {
    const { calls, fetch } = server();
    const cache = memory();
    expect(await fetchModel(new URL(address), { fetch, cache })).toEqual(model);
    expect(await fetchModel(address, { fetch, cache })).toEqual(model);
    expect(calls).toEqual([address]);
    expect(new TextDecoder().decode(cache.kept.get(address))).toBe(body);
  });

  test("of the browser is the default, where there is one", async () => {
    const hasCaches = "caches" in globalThis;
    if (hasCaches) await caches.delete("lemmata-models");
    const { calls, fetch } = server();
    for (let i = 0; i < 2; i++) expect(await fetchModel(address, { fetch })).toEqual(model);
    expect(calls.length).toBe(hasCaches ? 1 : 2);
    expect(await fetchModel(address, { fetch, cache: null })).toEqual(model);
    expect(calls.length).toBe(hasCaches ? 2 : 3);
    if (hasCaches) expect(await caches.delete("lemmata-models")).toBe(true);
  });

  test("that fails is done without", async () => {
    const fails = (): Promise<never> => Promise.reject(new Error("no room"));
    expect(await fetchModel(address, { ...server(), cache: { match: fails, put: fails } })).toEqual(model);
  });

  test("does not get what is no model, and what it has that is none is fetched anew", async () => {
    const cache = memory();
    await expect(fetchModel(address, { ...server("<html>"), cache })).rejects.toThrow("a web page");
    expect(cache.kept.size).toBe(0);
    cache.kept.set(address, Uint8Array.of(1, 2, 3));
    expect(await fetchModel(address, { ...server(), cache })).toEqual(model);
    expect(cache.kept.get(address)!.length).toBe(new TextEncoder().encode(body).length);
  });

  test("whose file has another hash is passed over", async () => {
    const cache = memory();
    await fetchModel(address, { ...server(`${body} `), cache });
    const { calls, fetch } = server();
    const sha256 = await hash(body);
    for (let i = 0; i < 2; i++) expect(await fetchModel(address, { fetch, cache, sha256 })).toEqual(model);
    expect(calls.length).toBe(1);
  });
});

describe("what is fetched is checked", () => {
  test("against a hash", async () => {
    const right = await hash(body);
    expect(await fetchModel(address, { ...server(), cache: null, sha256: right.toUpperCase() })).toEqual(
      model,
    );
    const wrong = `0${right.slice(1)}`.replace(/^00/, "01");
    await expect(fetchModel(address, { ...server(), cache: null, sha256: wrong })).rejects.toMatchObject({
      code: "fetch",
      message: `${address}: the file has the SHA-256 ${right}, not ${wrong}`,
    });
  });

  test("against a size, which need not be announced", async () => {
    const size = new TextEncoder().encode(body).length;
    const { fetch } = server();
    expect(await fetchModel(address, { fetch, cache: null, maxBytes: size })).toEqual(model);
    await expect(fetchModel(address, { fetch, cache: null, maxBytes: size - 1 })).rejects.toMatchObject({
      code: "fetch",
      message: `${address}: the file has more than ${size - 1} bytes, the limit of maxBytes`,
    });
  });

  test.each([
    [404, "Not Found", "HTTP 404 Not Found"],
    [401, "", "HTTP 401"],
    [503, "Service Unavailable", "HTTP 503"],
  ])("against status %i", async (status, statusText, message) => {
    const fetch = (): Promise<Response> => Promise.resolve(new Response(body, { status, statusText }));
    await expect(fetchModel(address, { fetch, cache: null })).rejects.toMatchObject({
      code: "fetch",
      message: expect.stringContaining(`${address}: ${message}`) as string,
    });
  });

  test("and a model that cannot be read is named with its address", async () => {
    await expect(fetchModel(address, { ...server('{"model": 3}'), cache: null })).rejects.toMatchObject({
      code: "format",
      message: expect.stringMatching(/^https:\S+: model is 3/) as string,
    });
    await expect(fetchModel(address, { ...server(""), cache: null })).rejects.toThrow("empty");
  });
});

test("a signal ends the call with its reason, before it and during it", async () => {
  const reason = new Error("enough");
  const { calls, fetch } = server();
  await expect(fetchModel(address, { fetch, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  expect(calls).toEqual([]);
  const controller = new AbortController();
  const slow = (_url: string, { signal }: { signal?: AbortSignal }): Promise<Response> =>
    new Promise((_resolve, reject) => {
      signal!.addEventListener("abort", () => reject(new TypeError("aborted")));
      controller.abort(reason);
    });
  await expect(fetchModel(address, { fetch: slow, cache: null, signal: controller.signal })).rejects.toBe(
    reason,
  );
});

test.each<[string, unknown, object]>([
  ["url", 3, {}],
  ["url", null, {}],
  ["sha256", address, { sha256: "abc" }],
  ["maxBytes", address, { maxBytes: 0 }],
  ["maxBytes", address, { maxBytes: Number.NaN }],
])("%s that is none is refused: %j", async (name, url, options) => {
  await expect(fetchModel(url as string, options)).rejects.toMatchObject({
    code: "argument",
    message: expect.stringContaining(name) as string,
  });
});
