import { JsonField } from "./huggingface/json-field.ts";
import { parsedJson } from "./huggingface/parsed-json.ts";
import { readAddedTokens } from "./huggingface/read-added-tokens.ts";
import { readDecoder } from "./huggingface/read-decoder.ts";
import { readNormalizer } from "./huggingface/read-normalizer.ts";
import { readPadding, readPadId } from "./huggingface/read-padding.ts";
import { readPostProcessor } from "./huggingface/read-post-processor.ts";
import { isByteLevel, readPreTokenizer } from "./huggingface/read-pre-tokenizer.ts";
import { readTruncation } from "./huggingface/read-truncation.ts";
import { readVocabulary } from "./huggingface/read-vocabulary.ts";
import { assembleModel } from "./huggingface/assemble-model.ts";
import { assembleSubword } from "./huggingface/assemble-subword.ts";
import { enableTokenizerJson } from "./pipeline/provide.ts";
import type { Model } from "./model/model.ts";

export { enableTokenizerJson };
export { writeTokenizerJson } from "./huggingface/write.ts";

/**
 * Reads a `tokenizer.json` of Hugging Face's `tokenizers`: its model (Unigram, BPE or WordPiece), normalizer, pre-tokenizer, added tokens,
 * post-processor and decoder. Ids, pieces and offsets are those of that library. `truncation` and `padding` are what
 * `modelInputs` of @lemmata/lattice/inputs does if not told otherwise; `encode` and its like give texts whole. The padding
 * piece is that of `padding`, else the special token named `<pad>` or `[PAD]`.
 *
 * @param json - The file's text or bytes, or what `JSON.parse` made of it; nothing of it is kept.
 * @throws {@link LatticeError} `format`, with the place in the document, for what is not such a file or contradicts
 * itself; `unsupported`, by name, for a model type or a step that is not known; `argument` if `json` is none of the three.
 */
export function readTokenizerJson(json: string | Uint8Array | object): Model {
  const file = new JsonField(parsedJson(json));
  const vocabulary = readVocabulary(file.at("model"));
  const normalizers = readNormalizer(file.at("normalizer"));
  const added = readAddedTokens(file.at("added_tokens"), vocabulary.idOf, normalizers);
  const size = vocabulary.idOf.size + added.names.length;
  const pipeline = {
    added: added.tokens,
    normalizers,
    splitters: readPreTokenizer(file.at("pre_tokenizer")),
    template: readPostProcessor(file.at("post_processor"), size),
    decoders: readDecoder(file.at("decoder")),
    truncation: readTruncation(file.at("truncation")),
    padding: readPadding(file.at("padding")),
  };
  enableTokenizerJson();
  const byteLevel = isByteLevel(file.at("pre_tokenizer"));
  if (byteLevel && vocabulary.kind === "unigram")
    throw file.at("pre_tokenizer").unsupported("ByteLevel before Unigram");
  const model =
    vocabulary.kind === "unigram"
      ? assembleModel(vocabulary, added.names, pipeline)
      : assembleSubword(vocabulary, added.names, pipeline, byteLevel);
  const pad = readPadId(file.at("padding"), size, added.tokens);
  return { ...model, special: { bos: -1, eos: -1, pad } };
}
