import { encode, latticeOf, type Model, modelFromPieces } from "@lemmata/lattice";
import { readTokenizerJson } from "@lemmata/lattice/huggingface";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  bpeDropout,
  createRng,
  type DropoutOptions,
  perfectSampler,
  sampleEncode,
  uniformSample,
} from "../src/index.ts";
import { decisionLaw, difference } from "./decisions.ts";
import { codeOf, gTest } from "./oracle.ts";

/** Seeds are fixed, so the tests cannot fail by chance; with new seeds each would, once in a million. */
const FALSE_ALARM = 1e-6;

type Pair = readonly [string, string];

function bpe(letters: string, merges: readonly Pair[], more: object = {}, rest: object = {}): Model {
  const pieces = [...new Set([...letters, ...merges.map((pair) => pair.join(""))])];
  const vocab = Object.fromEntries(pieces.map((piece, id) => [piece, id]));
  return readTokenizerJson({ ...rest, model: { type: "BPE", vocab, merges, ...more } });
}

/**
 * The law by its definition: of the merges that are possible in a state, in order, the first that is not dropped is
 * made; if all are dropped, the state is what comes out.
 */
function lawByDefinition(word: string, merges: readonly Pair[], p: number): Map<string, number> {
  const known = new Map<string, Map<string, number>>();
  const lawFrom = (pieces: readonly string[]): Map<string, number> => {
    const name = pieces.join("|");
    const found = known.get(name);
    if (found !== undefined) return found;
    const possible = pieces
      .map((left, i) => ({ i, rank: merges.findIndex(([l, r]) => l === left && r === pieces[i + 1]) }))
      .filter(({ rank }) => rank >= 0)
      .sort((a, b) => a.rank - b.rank || a.i - b.i);
    const law = new Map([[name, p ** possible.length]]);
    possible.forEach(({ i }, dropped) => {
      const next = [...pieces.slice(0, i), pieces[i]! + pieces[i + 1]!, ...pieces.slice(i + 2)];
      for (const [end, chance] of lawFrom(next))
        law.set(end, (law.get(end) ?? 0) + p ** dropped * (1 - p) * chance);
    });
    known.set(name, law);
    return law;
  };
  return lawFrom([...word]);
}

const anyMerges: fc.Arbitrary<Pair[]> = fc
  .array(fc.tuple(fc.nat(), fc.nat()), { minLength: 1, maxLength: 8 })
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

const merges: Pair[] = [["a", "b"], ["b", "c"], ["ab", "c"], ["a", "a"], ["c", "a"], ["abc", "a"]]; // prettier-ignore
const model = bpe("abc", merges);

describe("bpeDropout", () => {
  test("has the law of its definition, to 1e-12: words of three letters under random merges", () => {
    fc.assert(
      fc.property(
        anyMerges,
        fc.string({ unit: fc.constantFrom("a", "b", "c"), minLength: 1, maxLength: 5 }),
        fc.constantFrom(0.1, 0.5, 0.9),
        (list, word, p) => {
          const made = bpe("abc", list);
          const law = decisionLaw(p, (rng) => bpeDropout(made, word, { dropout: p, rng }).pieces.join("|"));
          expect(difference(law, lawByDefinition(word, list, p))).toBeLessThan(1e-12);
        },
      ),
      { numRuns: 100 },
    );
  });

  test("draws from it: G-tests, for every dropout", () => {
    const word = "abcabcaa";
    for (const dropout of [0.05, 0.1, 0.3, 0.5, 0.8]) {
      const rng = createRng(1);
      const counts = new Map<string, number>();
      for (let i = 0; i < 4000; i++) {
        const drawn = bpeDropout(model, word, { dropout, rng }).pieces.join("|");
        counts.set(drawn, (counts.get(drawn) ?? 0) + 1);
      }
      expect(gTest(counts, lawByDefinition(word, merges, dropout))).toBeGreaterThan(FALSE_ALARM);
    }
  });

  test("is the model's own segmentation at 0, characters at 1, and the same for the same seed", () => {
    fc.assert(
      fc.property(
        anyMerges,
        fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 30 }),
        (list, word) => {
          const made = bpe("abc", list);
          expect(bpeDropout(made, word, { dropout: 0 })).toEqual(encode(made, word));
          expect(bpeDropout(made, word, { dropout: 1 }).pieces).toEqual([...word]);
          const once = (): Int32Array => bpeDropout(made, word, { dropout: 0.4, rng: createRng(5) }).ids;
          expect(once()).toEqual(once());
        },
      ),
    );
  });

  test("is biased: its law is far from uniform, where uniformSample passes a G-test", () => {
    const word = "abcabca";
    const paths = new Map<string, number>();
    const sampler = perfectSampler(latticeOf(model, word), { alpha: 0 });
    const size = Math.round(Math.exp(sampler.logPartition));
    const rng = createRng(2);
    const draws = new Map<string, number>();
    for (let i = 0; i < 5000; i++) {
      const drawn = uniformSample(model, word, { rng }).pieces.join("|");
      draws.set(drawn, (draws.get(drawn) ?? 0) + 1);
      paths.set(drawn, 1 / size);
    }
    expect(paths.size).toBe(size);
    expect(gTest(draws, paths)).toBeGreaterThan(FALSE_ALARM);
    for (const dropout of [0.1, 0.3, 0.5, 0.7, 0.9]) {
      const law = lawByDefinition(word, merges, dropout);
      const distance = [...paths].reduce((sum, [path, p]) => sum + Math.abs(p - (law.get(path) ?? 0)) / 2, 0);
      expect(distance).toBeGreaterThan(0.25);
    }
  });

  test("drops in each pre-token by itself, and takes no added token apart", () => {
    const cut = bpe("abc", merges, {}, {
      pre_tokenizer: { type: "WhitespaceSplit" },
      added_tokens: [{ id: 9, content: "[ab]", special: true, normalized: false, single_word: false, lstrip: false, rstrip: false }],
    }); // prettier-ignore
    const p = 0.3;
    const law = decisionLaw(p, (rng) => bpeDropout(cut, "ab [ab] abc", { dropout: p, rng }).pieces.join("|"));
    const want = new Map<string, number>();
    for (const [first, a] of lawByDefinition("ab", merges, p))
      for (const [last, b] of lawByDefinition("abc", merges, p)) want.set(`${first}|[ab]|${last}`, a * b);
    expect(difference(law, want)).toBeLessThan(1e-12);
    const { ids, offsets } = bpeDropout(cut, "ab [ab] abc", { dropout: 1 });
    expect([...ids].includes(9)).toBe(true);
    expect([...offsets]).toEqual([0, 1, 1, 2, 3, 7, 8, 9, 9, 10, 10, 11]);
  });

  test("drops in each word that a space divides, where no pre-tokenizer does and no piece goes beyond one", () => {
    const p = 0.4;
    const spaced = { normalizer: { type: "Replace", pattern: { String: " " }, content: "▁" } };
    const opening: Pair[] = [["▁", "a"], ["▁a", "b"], ["a", "b"], ["▁", "▁"]]; // prettier-ignore
    const text = "ab ab  b";
    const lawOfText = (list: readonly Pair[]): Map<string, number> => {
      const made = bpe("ab▁", list, {}, spaced);
      return decisionLaw(p, (rng) => bpeDropout(made, text, { dropout: p, rng }).pieces.join("|"));
    };
    const product = (words: readonly string[], list: readonly Pair[]): Map<string, number> =>
      words
        .map((word) => lawByDefinition(word, list, p))
        .reduce(
          (whole, law) => {
            const out = new Map<string, number>();
            for (const [a, x] of whole) for (const [b, y] of law) out.set(a === "" ? b : `${a}|${b}`, x * y);
            return out;
          },
          new Map([["", 1]]),
        );
    expect(difference(lawOfText(opening), product(["ab", "▁ab", "▁▁b"], opening))).toBeLessThan(1e-12);
    // The mark closes words.
    const closing: Pair[] = [["b", "▁"], ["a", "b▁"], ["▁", "▁"]]; // prettier-ignore
    expect(difference(lawOfText(closing), product(["ab▁", "ab▁▁", "b"], closing))).toBeLessThan(1e-12);
    // Some piece goes beyond a space: the text is one word.
    const across: Pair[] = [["b", "▁"], ["b▁", "a"]]; // prettier-ignore
    expect(difference(lawOfText(across), lawByDefinition("ab▁ab▁▁b", across, p))).toBeLessThan(1e-12);
  });

  test("makes a word that is a piece as a whole by merges, but for dropout 0", () => {
    const list: Pair[] = [["a", "b"]];
    const whole = readTokenizerJson({
      model: { type: "BPE", vocab: { a: 0, b: 1, ab: 2, abb: 3 }, merges: list, ignore_merges: true },
    });
    expect(bpeDropout(whole, "abb", { dropout: 0 }).pieces).toEqual(["abb"]);
    const law = decisionLaw(0.3, (rng) => bpeDropout(whole, "abb", { dropout: 0.3, rng }).pieces.join("|"));
    expect(difference(law, lawByDefinition("abb", list, 0.3))).toBeLessThan(1e-12);
  });

  test("spells an unknown character in bytes, or takes it as unknown", () => {
    const bytes = Array.from(
      { length: 256 },
      (_, i) => `<0x${i.toString(16).toUpperCase().padStart(2, "0")}>`,
    );
    const vocab = Object.fromEntries(["<unk>", "a", "b", "ab", ...bytes].map((piece, id) => [piece, id]));
    const spelling = { type: "BPE", vocab, merges: [["a", "b"]], unk_token: "<unk>", byte_fallback: true };
    const fallback = readTokenizerJson({ model: spelling });
    expect(bpeDropout(fallback, "abéb", { dropout: 1 }).pieces).toEqual(["a", "b", "<0xC3>", "<0xA9>", "b"]);
    for (const fuse of [true, false]) {
      const unknown = readTokenizerJson({ model: { ...spelling, byte_fallback: false, fuse_unk: fuse } });
      const { ids } = bpeDropout(unknown, "aéèb", { dropout: 1 });
      expect([...ids]).toEqual(fuse ? [1, 0, 2] : [1, 0, 0, 2]);
      expect(ids).toEqual(encode(unknown, "aéèb").ids);
    }
    // With some bytes alone a character is unknown.
    const some = readTokenizerJson({
      model: { ...spelling, vocab: { "<unk>": 0, a: 1, b: 2, ab: 3, "<0xC3>": 4 } },
    });
    expect([...bpeDropout(some, "aéb", { dropout: 0.5 }).ids]).toEqual([1, 0, 2]);
    expect(codeOf(() => bpeDropout(model, "a?", { dropout: 0.5 }))).toBe("no-path");
  });

  test("takes long words in a moment", () => {
    const long = "a".repeat(20_000);
    const doubling = bpe("a", [["a", "a"], ["aa", "aa"], ["aaaa", "aaaa"]]); // prettier-ignore
    for (const dropout of [0, 0.1, 0.9, 1]) {
      const { ids } = bpeDropout(doubling, long, { dropout, rng: createRng(1) });
      expect(ids.length).toBeGreaterThanOrEqual(2500);
    }
    expect(bpeDropout(model, "", { dropout: 0.1 }).ids).toHaveLength(0);
  });

  test("refuses by code: other models, alpha, a dropout that is no probability, a bad generator", () => {
    const unigram = modelFromPieces({ a: -1 });
    expect(codeOf(() => bpeDropout(unigram, "a", { dropout: 0.1 }))).toBe("argument");
    expect(() => bpeDropout(unigram, "a", { dropout: 0.1 })).toThrow(/the model is unigram.*sampleEncode/);
    expect(() => bpeDropout(model, "a", { dropout: 0.1, alpha: 1 } as DropoutOptions)).toThrow(
      /alpha has no meaning.*dropout.*uniformSample/,
    );
    for (const dropout of [-0.1, 1.1, NaN, undefined, "0.1", null])
      expect(codeOf(() => bpeDropout(model, "a", { dropout } as DropoutOptions))).toBe("argument");
    expect(codeOf(() => bpeDropout(model, "a", undefined as unknown as DropoutOptions))).toBe("argument");
    for (const bad of [1, NaN, -0.1, "0.5", undefined])
      expect(codeOf(() => bpeDropout(model, "ab", { dropout: 0.1, rng: () => bad as number }))).toBe("rng");
    expect(() => bpeDropout(model, 5 as unknown as string, { dropout: 0.1 })).toThrow(
      /text must be a string/,
    );
    expect(() => bpeDropout(null as unknown as Model, "a", { dropout: 0.1 })).toThrow(/the model must be/);
  });
});

describe("sampleEncode of a vocabulary without scores", () => {
  test("refuses alpha and says what to use, but for 0, which is uniformSample", () => {
    for (const alpha of [undefined, 1, -1, 0.1, Infinity])
      expect(() => sampleEncode(model, "abc", alpha === undefined ? {} : { alpha })).toThrow(
        expect.objectContaining({
          code: "argument",
          message: expect.stringMatching(/use bpeDropout, or uniformSample/),
        }),
      );
    for (let seed = 0; seed < 20; seed++)
      expect(sampleEncode(model, "abcabca", { alpha: 0, rng: createRng(seed) })).toEqual(
        uniformSample(model, "abcabca", { rng: createRng(seed) }).ids,
      );
  });
});
