import type { SubwordVocabulary } from "./read-merges.ts";
import type { Vocabulary } from "./read-vocabulary.ts";

/** The `model` of a tokenizer.json. */
export function writeVocabulary(vocabulary: Vocabulary | SubwordVocabulary): object {
  switch (vocabulary.kind) {
    case "unigram":
      return writeUnigram(vocabulary);
    case "bpe":
      return writeBpe(vocabulary);
    default:
      return writeWordPiece(vocabulary);
  }
}

function writeUnigram({ idOf, scores, unkId, byteFallback }: Vocabulary): object {
  return {
    type: "Unigram",
    unk_id: unkId < 0 ? null : unkId,
    vocab: Array.from(idOf.keys(), (piece, id) => [piece, scores[id]]),
    byte_fallback: byteFallback,
  };
}

function writeBpe({ idOf, unkId, byteFallback, subword }: SubwordVocabulary): object {
  const names = [...idOf.keys()];
  const { left, right, rank } = subword.merges;
  const order = Array.from(rank.keys()).sort((a, b) => rank[a]! - rank[b]!);
  return {
    type: "BPE",
    dropout: null,
    unk_token: names[unkId] ?? null,
    continuing_subword_prefix: utf8.decode(subword.continuing) || null,
    end_of_word_suffix: utf8.decode(subword.ending) || null,
    fuse_unk: subword.fuseUnknown,
    byte_fallback: byteFallback,
    ignore_merges: subword.wholeFirst,
    vocab: Object.fromEntries(idOf),
    merges: order.map((merge) => [names[left[merge]!], names[right[merge]!]]),
  };
}

function writeWordPiece({ idOf, unkId, subword }: SubwordVocabulary): object {
  return {
    type: "WordPiece",
    unk_token: [...idOf.keys()][unkId],
    continuing_subword_prefix: utf8.decode(subword.continuing),
    max_input_chars_per_word: subword.longestWord,
    vocab: Object.fromEntries(idOf),
  };
}

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
