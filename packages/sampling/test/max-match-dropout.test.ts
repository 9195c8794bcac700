import { encode, latticeOf, type Model, modelFromPieces } from "@lemmata/lattice";
import { readTokenizerJson } from "@lemmata/lattice/huggingface";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  createRng,
  type DropoutOptions,
  maxMatchDropout,
  sampleEncode,
  uniformSample,
} from "../src/index.ts";
import { decisionLaw, difference } from "./decisions.ts";
import { codeOf, gTest, lawOf } from "./oracle.ts";

/** Seeds are fixed, so the tests cannot fail by chance; with new seeds each would, once in a million. */
const FALSE_ALARM = 1e-6;

function wordPiece(pieces: readonly string[], longestWord = 100): Model {
  return readTokenizerJson({
    pre_tokenizer: { type: "WhitespaceSplit" },
    model: {
      type: "WordPiece",
      vocab: Object.fromEntries(["[UNK]", ...pieces].map((piece, id) => [piece, id])),
      unk_token: "[UNK]",
      continuing_subword_prefix: "##",
      max_input_chars_per_word: longestWord,
    },
  });
}

/** The law by its definition: of the pieces at a place, longest first, each is dropped with p but a single character. */
function lawByDefinition(word: string, pieces: readonly string[], p: number): Map<string, number> {
  const law = new Map<string, number>();
  const add = (name: string, chance: number): void => void law.set(name, (law.get(name) ?? 0) + chance);
  const matches = (at: number): string[] =>
    Array.from(
      { length: word.length - at },
      (_, i) => (at === 0 ? "" : "##") + word.slice(at, word.length - i),
    ).filter((piece) => pieces.includes(piece));
  const lengthOf = (piece: string): number => piece.length - (piece.startsWith("##") ? 2 : 0);
  const greedy = (at: number): string[] | undefined => {
    if (at === word.length) return [];
    const [longest] = matches(at);
    const rest = longest === undefined ? undefined : greedy(at + lengthOf(longest));
    return rest && [longest!, ...rest];
  };
  const stuck = greedy(0)?.join("|") ?? "[UNK]";
  const walk = (at: number, taken: readonly string[], chance: number): void => {
    if (at === word.length) return add(taken.join("|"), chance);
    let left = chance;
    for (const piece of matches(at)) {
      const keep = lengthOf(piece) === 1 ? 1 : 1 - p;
      walk(at + lengthOf(piece), [...taken, piece], left * keep);
      left *= 1 - keep;
    }
    if (left > 0) add(stuck, left);
  };
  walk(0, [], 1);
  return law;
}

const vocabulary = ["a", "b", "ab", "abc", "##a", "##b", "##c", "##bc", "##ca", "##cab", "##ab"];
const anyVocabulary = fc.uniqueArray(
  fc.tuple(
    fc.constantFrom("", "##"),
    fc.string({ unit: fc.constantFrom("a", "b"), minLength: 1, maxLength: 3 }),
  ).map(([prefix, letters]) => prefix + letters), { minLength: 3, maxLength: 14 }); // prettier-ignore
const anyWord = fc.string({ unit: fc.constantFrom("a", "b"), minLength: 1, maxLength: 7 });

describe("maxMatchDropout", () => {
  test("has the law of its definition, to 1e-12: words of two letters, any vocabulary, covered or not", () => {
    fc.assert(
      fc.property(anyVocabulary, anyWord, fc.constantFrom(0.1, 0.5, 0.9), (pieces, word, p) => {
        const model = wordPiece(pieces);
        const law = decisionLaw(p, (rng) =>
          maxMatchDropout(model, word, { dropout: p, rng }).pieces.join("|"),
        );
        const want = lawByDefinition(word, pieces, p);
        // A word that WordPiece cannot finish may be drawn by its pieces, if the vocabulary covers it.
        expect(difference(law, want)).toBeLessThan(1e-12);
      }),
      { numRuns: 200 },
    );
  });

  test("draws from it: G-tests, for every dropout", () => {
    const model = wordPiece(vocabulary);
    for (const dropout of [0.05, 0.3, 0.5, 0.8]) {
      const rng = createRng(1);
      const counts = new Map<string, number>();
      for (let i = 0; i < 4000; i++) {
        const drawn = maxMatchDropout(model, "abcabca", { dropout, rng }).pieces.join("|");
        counts.set(drawn, (counts.get(drawn) ?? 0) + 1);
      }
      expect(gTest(counts, lawByDefinition("abcabca", vocabulary, dropout))).toBeGreaterThan(FALSE_ALARM);
    }
  });

  test("is the model's own segmentation at 0, characters at 1", () => {
    fc.assert(
      fc.property(anyVocabulary, fc.array(anyWord, { maxLength: 4 }), (pieces, words) => {
        const model = wordPiece(pieces, 5);
        const text = words.join(" ");
        expect(maxMatchDropout(model, text, { dropout: 0 })).toEqual(encode(model, text));
      }),
    );
    const { pieces, ids, offsets } = maxMatchDropout(wordPiece(vocabulary), "abca b", { dropout: 1 });
    expect(pieces).toEqual(["a", "##b", "##c", "##a", "b"]);
    expect([...ids]).toEqual([1, 6, 7, 5, 2]);
    expect([...offsets]).toEqual([0, 1, 1, 2, 2, 3, 3, 4, 5, 6]);
  });

  test("makes nothing unknown that is not, and takes no added token apart", () => {
    const model = wordPiece(["abc", "ab", "a", "##b"]);
    for (const dropout of [0.3, 1])
      for (let seed = 0; seed < 50; seed++) {
        const rng = createRng(seed);
        // Without abc no way leads to the end: then the word is segmented without dropout.
        expect(maxMatchDropout(model, "abc", { dropout, rng }).pieces).toEqual(["abc"]);
        expect(maxMatchDropout(model, "ab zz", { dropout, rng }).pieces.at(-1)).toBe("[UNK]");
      }
    const added = {
      id: 4,
      content: "[ab]",
      special: true,
      normalized: false,
      single_word: false,
      lstrip: false,
      rstrip: false,
    };
    const withAdded = readTokenizerJson({
      pre_tokenizer: { type: "WhitespaceSplit" },
      added_tokens: [added],
      model: { type: "WordPiece", vocab: { "[UNK]": 0, a: 1, "##b": 2, ab: 3 }, unk_token: "[UNK]", continuing_subword_prefix: "##", max_input_chars_per_word: 9 },
    }); // prettier-ignore
    expect([...maxMatchDropout(withAdded, "ab [ab] ab", { dropout: 1 }).ids]).toEqual([1, 2, 4, 1, 2]);
  });

  test("takes a word as long as the model does", () => {
    const long = "ab".repeat(100_000);
    const { ids } = maxMatchDropout(wordPiece(vocabulary, 1e9), long, { dropout: 1 });
    expect(ids).toHaveLength(200_000);
  });

  test("refuses by code: other models, alpha, a dropout that is no probability, a bad generator", () => {
    const model = wordPiece(vocabulary);
    expect(() => maxMatchDropout(modelFromPieces({ a: -1 }), "a", { dropout: 0.1 })).toThrow(
      /the model is unigram/,
    );
    const merging = readTokenizerJson({ model: { type: "BPE", vocab: { a: 0 }, merges: [] } });
    expect(() => maxMatchDropout(merging, "a", { dropout: 0.1 })).toThrow(/the model is bpe.*bpeDropout/);
    expect(codeOf(() => maxMatchDropout(model, "a", { dropout: 0.1, alpha: 0 } as DropoutOptions))).toBe(
      "argument",
    );
    for (const dropout of [-0.1, 1.1, NaN, undefined])
      expect(codeOf(() => maxMatchDropout(model, "a", { dropout } as DropoutOptions))).toBe("argument");
    for (const bad of [1, NaN, -0.1, "0.5", undefined])
      expect(codeOf(() => maxMatchDropout(model, "abc", { dropout: 0.1, rng: () => bad as number }))).toBe(
        "rng",
      );
    expect(() => sampleEncode(model, "abc")).toThrow(/use maxMatchDropout, or uniformSample/);
  });
});

test("uniformSample of WordPiece draws all segmentations of a word alike, where dropout does not: G-tests", () => {
  const model = wordPiece(vocabulary);
  const lattice = latticeOf(model, "abcabca");
  const law = new Map(
    [...lawOf(lattice, 0)].map(([path, p]) => [
      path.split(",").map((e) => lattice.label[Number(e)]).join(),
      p,
    ]),
  ); // prettier-ignore
  const draws = (draw: (rng: () => number) => Int32Array): Map<string, number> => {
    const rng = createRng(3);
    const counts = new Map<string, number>();
    for (let i = 0; i < 5000; i++) {
      const ids = draw(rng).join();
      counts.set(ids, (counts.get(ids) ?? 0) + 1);
    }
    return counts;
  };
  expect(law.size).toBeGreaterThan(10);
  expect(
    gTest(
      draws((rng) => uniformSample(model, "abcabca", { rng }).ids),
      law,
    ),
  ).toBeGreaterThan(FALSE_ALARM);
  for (const dropout of [0.1, 0.3, 0.5, 0.7])
    expect(
      gTest(
        draws((rng) => maxMatchDropout(model, "abcabca", { dropout, rng }).ids),
        law,
      ),
    ).toBeLessThan(FALSE_ALARM);
});
