export {
  encodeParts,
  type EncodeStream,
  encodeStream,
  encodeTransform,
  type StreamOptions,
} from "./stream/encode-stream.ts";
