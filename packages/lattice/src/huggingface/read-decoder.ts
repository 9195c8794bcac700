import type { DecodeStep } from "../model/pipeline.ts";
import type { JsonField } from "./json-field.ts";
import { readMetaspace } from "./read-pre-tokenizer.ts";
import { readPattern } from "./ruby-pattern.ts";

/** No piece is that long. */
const MAX_STRIP = 2 ** 31;

/** The decoder of a tokenizer.json as steps; null for null. */
export function readDecoder(field: JsonField): DecodeStep[] | null {
  return field.isMissing ? null : readSteps(field);
}

function readSteps(field: JsonField): DecodeStep[] {
  const type = field.at("type").text();
  switch (type) {
    case "Sequence":
      return field.at("decoders").items().flatMap(readSteps);
    case "Metaspace": {
      const { mark, prepend } = readMetaspace(field);
      return [{ type: "metaspace", mark, prefixed: prepend !== "never" }];
    }
    case "Replace":
      return [
        {
          type: "replace",
          pattern: readPattern(field.at("pattern")),
          content: field.at("content").text(),
        },
      ];
    case "Fuse":
      return [{ type: "fuse" }];
    case "Strip":
      return [
        {
          type: "strip",
          content: field.at("content").character(),
          start: field.at("start").index(MAX_STRIP),
          stop: field.at("stop").index(MAX_STRIP),
        },
      ];
    case "ByteLevel":
      return [{ type: "byteLevel" }];
    case "WordPiece":
      return [
        {
          type: "wordPiece",
          prefix: field.at("prefix").text(),
          cleanup: field.at("cleanup").boolean(),
        },
      ];
    case "BPEDecoder":
      return [{ type: "suffix", suffix: field.at("suffix").text() }];
    case "ByteFallback":
      return [{ type: "bytes" }];
    default:
      throw field.unsupported(`the decoder ${JSON.stringify(type)}`);
  }
}
