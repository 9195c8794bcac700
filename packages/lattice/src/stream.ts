export {
  encodeParts,
  type EncodeStream,
  encodeStream,
  encodeTransform,
  type StreamOptions,
} from "./stream/encode-stream.ts";
export { type Keep, keptPathStream } from "./stream/kept-path-stream.ts";
export type { PendingOptions } from "./stream/pending.ts";
export { idsOfParts, transformOf } from "./stream/stream-adapters.ts";
