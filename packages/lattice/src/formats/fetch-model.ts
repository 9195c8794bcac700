import { LatticeError } from "../lattice-error.ts";
import type { Model } from "../model/model.ts";
import { loadModel } from "./load-model.ts";

/** Where fetched files are kept: a `Cache` of the browser, or anything else that has these two methods. */
export interface ModelCache {
  match(url: string): Promise<Response | undefined>;
  put(url: string, response: Response): Promise<void>;
}

/** Options of {@link fetchModel}. */
export interface FetchModelOptions {
  /** Ends the call, which then throws the signal's reason. */
  readonly signal?: AbortSignal;
  /**
   * Where the file is looked for first, and kept afterwards; null for nowhere. If left out, the browser's cache named
   * `lemmata-models`; where there is no Cache API, as in Node or on a page without HTTPS, nowhere.
   */
  readonly cache?: ModelCache | null;
  /** What fetches, for headers or a proxy of one's own; the platform's `fetch` if left out. */
  readonly fetch?: (url: string, init: { readonly signal?: AbortSignal }) => Promise<Response>;
  /** The SHA-256 that the file must have, in 64 hexadecimal digits as `sha256sum` prints it; any if left out. */
  readonly sha256?: string;
  /** How many bytes the file may have, decompressed; 2²⁸ (256 MiB) if left out. */
  readonly maxBytes?: number;
}

/**
 * Fetches a file and reads the model in it: {@link loadModel} for an address, such as
 * `https://huggingface.co/google-t5/t5-small/resolve/main/tokenizer.json`.
 *
 * @throws {@link LatticeError} `fetch` if the file cannot be had (no connection, an HTTP status that is not 2xx), has more
 * than `maxBytes`, or another hash than `sha256`; what `loadModel` throws, with the address; `unsupported` for `sha256`
 * where there is no `crypto.subtle`, as on a page without HTTPS; `argument` for an option that is not one.
 * @remarks A file in the cache is not asked for again, even if another stands at the address by now: an address with a
 * commit in place of `main` always means the same. A file is kept once a model was read of it. A cache that fails or is
 * full is done without, and what it holds is fetched anew if it does not hold a model, or not the one of `sha256`.
 */
export async function fetchModel(url: string | URL, options: FetchModelOptions = {}): Promise<Model> {
  const { signal, fetch = globalThis.fetch, sha256, maxBytes = 2 ** 28 } = options;
  if (typeof url !== "string" && !(url instanceof URL))
    throw new LatticeError("argument", "url must be a string or a URL");
  if (sha256 !== undefined && !/^[\da-f]{64}$/i.test(sha256))
    throw new LatticeError("argument", "sha256 must be 64 hexadecimal digits");
  if (!(maxBytes > 0)) throw new LatticeError("argument", `maxBytes must be positive, got ${maxBytes}`);
  const address = String(url);
  const read = async (response: Response): Promise<{ bytes: Uint8Array<ArrayBuffer>; model: Model }> => {
    const bytes = await bodyOf(response, maxBytes);
    if (sha256 !== undefined) await requireHash(bytes, sha256.toLowerCase());
    return { bytes, model: loadModel(bytes) };
  };

  signal?.throwIfAborted();
  const cache = options.cache === undefined ? await unlessItFails(platformCache) : options.cache;
  const kept = await unlessItFails(async () => {
    const response = await cache?.match(address);
    return response && (await read(response));
  });
  if (kept !== undefined) return kept.model;
  try {
    const response = await fetch(address, signal === undefined ? {} : { signal });
    if (!response.ok)
      throw new LatticeError("fetch", `HTTP ${response.status} ${response.statusText}`.trim());
    const { bytes, model } = await read(response);
    await unlessItFails(() => cache?.put(address, new Response(bytes)));
    return model;
  } catch (error) {
    if (signal?.aborted === true) throw signal.reason;
    const known = error instanceof LatticeError;
    throw new LatticeError(
      known ? error.code : "fetch",
      `${address}: ${reasonOf(error)}`,
      known ? error.at : undefined,
    );
  }
}

async function platformCache(): Promise<ModelCache | undefined> {
  return "caches" in globalThis ? await caches.open("lemmata-models") : undefined;
}

/** What a cache gives; undefined if it fails, which a model is not to depend on. */
async function unlessItFails<T>(work: () => Promise<T> | undefined): Promise<T | undefined> {
  try {
    return await work();
  } catch {
    return undefined;
  }
}

async function bodyOf({ body, headers }: Response, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const tooLarge = new LatticeError(
    "fetch",
    `the file has more than ${maxBytes} bytes, the limit of maxBytes`,
  );
  const reader = body?.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (let claimed = Number(headers.get("content-length")); reader !== undefined; claimed = size) {
    if (claimed > maxBytes) {
      await reader.cancel();
      throw tooLarge;
    }
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    size += value.length;
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

async function requireHash(bytes: Uint8Array<ArrayBuffer>, sha256: string): Promise<void> {
  const subtle = globalThis.crypto?.subtle;
  if (subtle === undefined)
    throw new LatticeError("unsupported", "there is no crypto.subtle here to check sha256 with");
  const hash = new Uint8Array(await subtle.digest("SHA-256", bytes));
  const found = Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (found !== sha256) throw new LatticeError("fetch", `the file has the SHA-256 ${found}, not ${sha256}`);
}

/** What an error says, and what the platform says behind it: "fetch failed" alone tells little. */
function reasonOf(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error && cause.message !== "" ? `${message} (${cause.message})` : message;
}
