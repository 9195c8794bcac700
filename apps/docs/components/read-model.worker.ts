import type { Model } from "@lemmata/lattice";
import { loadModel } from "@lemmata/lattice/formats";

/** What comes back for the bytes of a file: its model, or why there is none. */
export type Answer = { readonly model: Model } | { readonly reason: string };

self.addEventListener("message", ({ data }: MessageEvent<ArrayBuffer>) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker posts to its page alone
  self.postMessage(answer(data));
});

function answer(bytes: ArrayBuffer): Answer {
  try {
    return { model: loadModel(new Uint8Array(bytes)) };
  } catch (error) {
    return { reason: (error as Error).message };
  }
}
