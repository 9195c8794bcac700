import fc from "fast-check";
import { expect, test } from "vitest";
import { readTokenizerJson } from "../../src/huggingface.ts";
import {
  countPaths,
  emit,
  encode,
  encodeIds,
  latticeOf,
  logCountPaths,
  type Model,
  rankedPaths,
} from "../../src/index.ts";

type Pair = readonly [string, string];

/** Merges of a random vocabulary of three letters: each joins what letters or merges before it made. */
const anyMerges: fc.Arbitrary<Pair[]> = fc
  .array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 14 })
  .map((choices) => {
    const pieces = ["a", "b", "c"];
    const merges: Pair[] = [];
    for (const [i, j] of choices) {
      const pair = [pieces[i % pieces.length]!, pieces[j % pieces.length]!] as const;
      if (merges.some(([left, right]) => left === pair[0] && right === pair[1])) continue;
      merges.push(pair);
      if (!pieces.includes(pair.join(""))) pieces.push(pair.join(""));
    }
    return merges;
  });

const anyWord = fc
  .array(fc.constantFrom("a", "b", "c"), { maxLength: 40 })
  .map((letters) => letters.join(""));

function vocabularyOf(merges: readonly Pair[]): string[] {
  return [...new Set(["a", "b", "c", ...merges.map((pair) => pair.join(""))])];
}

function bpe(merges: readonly Pair[]): Model {
  const vocab = Object.fromEntries(vocabularyOf(merges).map((piece, id) => [piece, id]));
  return readTokenizerJson({ model: { type: "BPE", vocab, merges } });
}

/** As it is defined: of all neighbours those of the first merge, the leftmost of them, until there are none. */
function mergedByHand(word: string, merges: readonly Pair[]): string[] {
  const pieces = [...word];
  const rankAt = (i: number): number =>
    merges.findIndex(([left, right]) => left === pieces[i] && right === pieces[i + 1]);
  for (;;) {
    let best = -1;
    for (let i = 0; i + 1 < pieces.length; i++)
      if (rankAt(i) >= 0 && (best < 0 || rankAt(i) < rankAt(best))) best = i;
    if (best < 0) return pieces;
    pieces.splice(best, 2, pieces[best]! + pieces[best + 1]!);
  }
}

function segmentations(word: string, pieces: readonly string[]): string[][] {
  if (word === "") return [[]];
  return pieces
    .filter((piece) => word.startsWith(piece))
    .flatMap((piece) => segmentations(word.slice(piece.length), pieces).map((rest) => [piece, ...rest]));
}

test("merges are those that the definition makes, with the memory of words and without", () => {
  fc.assert(
    fc.property(anyMerges, fc.array(anyWord, { maxLength: 6 }), (merges, words) => {
      const model = bpe(merges);
      for (const word of [...words, ...words]) {
        const want = mergedByHand(word, merges);
        expect(encode(model, word).pieces).toEqual(want);
        expect([...encodeIds(model, word)]).toEqual(want.map((piece) => vocabularyOf(merges).indexOf(piece)));
      }
    }),
  );
});

test("the lattice has all segmentations with the vocabulary and no other, each of score 0", () => {
  fc.assert(
    fc.property(
      anyMerges,
      fc.array(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 8 }),
      (merges, letters) => {
        const word = letters.join("");
        const lattice = latticeOf(bpe(merges), word);
        const want = segmentations(word, vocabularyOf(merges));
        expect(countPaths(lattice)).toBe(BigInt(want.length));
        expect(logCountPaths(lattice)).toBeCloseTo(Math.log(want.length), 12);
        const got = [...rankedPaths(lattice)].map(({ edges, score }) => {
          expect(score).toBe(0);
          return Array.from(edges, (e) => vocabularyOf(merges)[lattice.label[e]!]!);
        });
        expect(got.map(String).sort()).toEqual(want.map(String).sort());
      },
    ),
    { numRuns: 60 },
  );
});

test("a word of a hundred thousand letters takes its merges in a moment", () => {
  const merges: Pair[] = [["a", "a"], ["aa", "aa"], ["aaaa", "aaaa"]]; // prettier-ignore
  expect(encodeIds(bpe(merges), "a".repeat(100_001)).length).toBe(12_501);
});

test("WordPiece takes the longest piece first, and a word that it cannot finish is unknown", () => {
  const vocab = { "[UNK]": 0, a: 1, ab: 2, "##b": 3, "##c": 4, "##cd": 5, d: 6 };
  const model = readTokenizerJson({
    pre_tokenizer: { type: "WhitespaceSplit" },
    model: {
      type: "WordPiece",
      vocab,
      unk_token: "[UNK]",
      continuing_subword_prefix: "##",
      max_input_chars_per_word: 5,
    },
  });
  expect(encode(model, "abcd abc abd d abbbbb").pieces).toEqual([
    "ab",
    "##cd",
    "ab",
    "##c",
    "[UNK]",
    "d",
    "[UNK]",
  ]);
  // ab ##cd, a ##b ##cd; what is unknown is one edge.
  expect(countPaths(latticeOf(model, "abcd"))).toBe(2n);
  expect(countPaths(latticeOf(model, "abd"))).toBe(1n);
  expect(countPaths(latticeOf(model, "abbbbb"))).toBe(1n);
});

// As tokenizers 0.23 has it.
test("a character of which a byte has no piece is unknown as a whole", () => {
  const vocab = { "<unk>": 0, a: 1, "<0xC3>": 2, "<0xA8>": 3 };
  const model = readTokenizerJson({
    model: { type: "BPE", vocab, merges: [], unk_token: "<unk>", byte_fallback: true },
  });
  const { ids, pieces, offsets } = encode(model, "aééèa");
  expect([...ids]).toEqual([1, 0, 0, 2, 3, 1]);
  expect(pieces).toEqual(["a", "<unk>", "<unk>", "<0xC3>", "<0xA8>", "a"]);
  expect([...offsets]).toEqual([0, 1, 1, 2, 2, 3, 3, 4, 3, 4, 4, 5]);
  expect([...latticeOf(model, "aéè").label]).toEqual([1, 0, 2, 3]);
});

test("a byte-level lattice takes a byte that is no piece as unknown, as merges do", () => {
  const vocab = { "<unk>": 0, a: 1, b: 2, ab: 3, Ã: 4 };
  const model = readTokenizerJson({
    pre_tokenizer: { type: "ByteLevel", add_prefix_space: false, use_regex: false },
    model: { type: "BPE", vocab, merges: [["a", "b"]], unk_token: "<unk>" },
  });
  // The bytes of é are Ã and ©, which is no piece.
  expect([...encodeIds(model, "abéa")]).toEqual([3, 4, 0, 1]);
  const lattice = latticeOf(model, "abéa");
  expect(countPaths(lattice)).toBe(2n);
  const drawn = [...rankedPaths(lattice)].map((path) => emit(model, path).ids.join());
  expect(drawn.sort()).toEqual(["1,2,4,0,1", "3,4,0,1"]);
});
