// A tokenizer.json of a few pieces, by hand.

export interface SmallOptions {
  readonly vocab?: readonly unknown[];
  readonly model?: object;
  readonly added?: readonly object[];
  readonly normalizer?: unknown;
  readonly pre_tokenizer?: unknown;
  readonly post_processor?: unknown;
  readonly decoder?: unknown;
}

export const metaspace = { type: "Metaspace", replacement: "▁", prepend_scheme: "always" };

/** An added token with nothing special about it but what is given. */
export function added(content: string, id: number, more: object = {}): object {
  const flags = { single_word: false, lstrip: false, rstrip: false, normalized: false, special: true };
  return { id, content, ...flags, ...more };
}

export const smallVocab = [
  ["<unk>", 0],
  ["▁a", -1],
  ["▁", -2],
  ["a", -2.5],
  ["b", -2],
  ["ab", -3],
  ["▁ab", -4],
  ["漢", -3],
  ["a▁b", -0.5],
] as const;

/** The document as `JSON.parse` would give it. */
export function small({
  vocab = smallVocab,
  model = {},
  added: tokens = [],
  ...parts
}: SmallOptions = {}): object {
  return {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: tokens,
    normalizer: null,
    pre_tokenizer: metaspace,
    post_processor: null,
    decoder: null,
    ...parts,
    model: { type: "Unigram", unk_id: 0, vocab, byte_fallback: false, ...model },
  };
}
