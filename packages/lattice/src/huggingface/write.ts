import { LatticeError } from "../lattice-error.ts";
import { type Model, pieceStrings, requireModel } from "../model/model.ts";
import type { AddedToken } from "../model/pipeline.ts";
import { vocabularyOf } from "./disassemble-model.ts";
import { sentencePieceSteps } from "./sentencepiece-steps.ts";
import { writeDecoder } from "./write-decoder.ts";
import { writeNormalizer } from "./write-normalizer.ts";
import { writePostProcessor } from "./write-post-processor.ts";
import { writePreTokenizer } from "./write-pre-tokenizer.ts";
import { writePadding, writeTruncation } from "./write-truncation.ts";
import { writeVocabulary } from "./write-vocabulary.ts";

/**
 * Writes a model as a `tokenizer.json` that Hugging Face's `tokenizers` reads and segments alike with. Of a model of
 * {@link readTokenizerJson} it has all that was read. One of SentencePiece, or of one's own pieces, has its normaliser
 * written as steps, without anything around a text, and the merges of BPE in an order that its scores tell:
 *
 * - beginning and end of sentence are no more than control pieces, and padding is known by the name `<pad>` alone;
 * - control pieces and the unknown piece become special added tokens, whose names in a text stand for them, as with all
 *   files of that kind; the name of a byte piece in a text may also;
 * - the character map is applied as Hugging Face does, grapheme by grapheme, so that a mark after a character that it
 *   rewrites may get lost;
 * - decoding leaves out the unknown piece like other special tokens, and a run of bytes that is not UTF-8 as a whole
 *   becomes U+FFFD for each byte.
 *
 * @throws {@link LatticeError} `unsupported`, by name, for what the format cannot hold (at: piece id): unused pieces,
 * marks after words, a denormaliser, user-defined symbols that the model's own rules would rewrite, an unknown piece
 * of another score than 10 below the lowest, two pieces of one name; of BPE, pieces of equal scores whose merges get in
 * each other's way, and user-defined symbols beside a piece that no merges make.
 */
export function writeTokenizerJson(model: Model): string {
  const { pipeline: steps, kind, byteLevel, special } = requireModel(model);
  if (byteLevel && kind === "unigram")
    throw new LatticeError("unsupported", "a tokenizer.json has no room for unigram pieces of bytes");
  const { vocabulary, pipeline } =
    steps === null ? sentencePieceSteps(model) : { vocabulary: vocabularyOf(model), pipeline: steps };
  const names = pieceStrings(model);
  return JSON.stringify({
    version: "1.0",
    truncation: writeTruncation(pipeline.truncation),
    padding: writePadding(pipeline.padding, special.pad, names),
    added_tokens: writeAddedTokens(names, pipeline.added),
    normalizer: writeNormalizer(pipeline.normalizers),
    pre_tokenizer: writePreTokenizer(pipeline.splitters, byteLevel),
    post_processor: writePostProcessor(pipeline.template),
    decoder: writeDecoder(pipeline.decoders),
    model: writeVocabulary(vocabulary),
  });
}

function writeAddedTokens(names: readonly string[], added: readonly AddedToken[]): object[] {
  return added.map(({ id, normalized, lstrip, rstrip, singleWord, special }) => ({
    id,
    content: names[id]!,
    single_word: singleWord,
    lstrip,
    rstrip,
    normalized,
    special,
  }));
}
