import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { encodeIds, type Model, modelFromPieces } from "../../src/index.ts";
import { kernelModule } from "../../src/segment/kernel-memory.ts";
import { KernelSearcher } from "../../src/segment/kernel-searcher.ts";
import { PlainSearcher } from "../../src/segment/plain-searcher.ts";
import { foundBy } from "./found-by.ts";

describe("the kernel finds what plain TypeScript finds", () => {
  const unit = fc.constantFrom(
    "a",
    "b",
    "ab",
    " ",
    "  ",
    "é",
    "e\u0301",
    "漢",
    "🍣",
    "\0",
    "▁",
    "\ud800",
    "!",
  );
  const text = fc.string({ unit, maxLength: 24 });
  const model = fc
    .record({
      pieces: fc.uniqueArray(
        fc.tuple(
          fc.string({
            unit: fc.constantFrom("a", "b", " ", "é", "漢", "🍣", "▁", "!"),
            minLength: 1,
            maxLength: 4,
          }),
          fc.double({ min: -9, max: 0, noNaN: true }),
        ),
        { selector: ([piece]) => piece, minLength: 1, maxLength: 20 },
      ),
      unknown: fc.boolean(),
      byteFallback: fc.boolean(),
      kept: fc.boolean(),
      rules: fc.boolean(),
      flags: fc.record({
        addDummyPrefix: fc.boolean(),
        removeExtraSpaces: fc.boolean(),
        escapeSpaces: fc.boolean(),
        spaceAsSuffix: fc.boolean(),
      }),
    })
    .map(({ pieces, unknown, byteFallback, kept, rules, flags }): Model => {
      const list: [string, number][] = unknown ? [["<unk>", -20], ...pieces] : pieces;
      const plain = modelFromPieces(list);
      return {
        ...plain,
        byteId: byteFallback ? Int32Array.from({ length: 256 }, (_, byte) => 255 - byte) : plain.byteId,
        normalizer: {
          ...plain.normalizer,
          ...flags,
          // The pieces themselves serve as symbols to keep; the rule turns "!" into "a b ", 200 times as long.
          kept: kept ? plain.trie : plain.normalizer.kept,
          ...(rules ? { rules: exclamationRule, replacements: utf8.encode("a b ".repeat(50) + "\0") } : {}),
        },
      };
    });

  test("for any model, text and way to treat spaces", () => {
    fc.assert(
      fc.property(model, fc.array(text, { minLength: 1, maxLength: 3 }), (made, texts) => {
        const kernel = new KernelSearcher(kernelModule()!, made);
        const plain = new PlainSearcher(made);
        for (const sample of texts)
          for (const ties of ["sentencepiece", "exact"] as const)
            expect(foundBy(kernel, made, sample, ties)).toEqual(foundBy(plain, made, sample, ties));
        for (const sample of texts) expect(kernel.lattice(sample)).toEqual(plain.lattice(sample));
      }),
      { numRuns: 200 },
    );
  });

  test("word by word too, also where scores nearly tie and sums grow until float32 decides", () => {
    const byWords = fc
      .record({
        pieces: fc.uniqueArray(
          fc.tuple(
            fc.string({ unit: fc.constantFrom("a", "b", "é", "漢"), minLength: 1, maxLength: 4 }),
            // Few scores, so that many sums are alike but for rounding.
            fc.constantFrom(-0.1, -0.2, -0.3, -0.7, -1.1, -7.3).map(Math.fround),
            fc.boolean(),
          ),
          { selector: ([name, , marked]) => (marked ? `▁${name}` : name), minLength: 4, maxLength: 24 },
        ),
        rules: fc.boolean(),
      })
      .map(({ pieces, rules }): Model => {
        const named = pieces.map(
          ([name, score, marked]) => [marked ? `▁${name}` : name, score] as [string, number],
        );
        const plain = modelFromPieces([["<unk>", -20], ["▁", Math.fround(-0.4)], ...named]);
        const flags = { addDummyPrefix: true, removeExtraSpaces: true, escapeSpaces: true };
        const rule = rules ? { rules: exclamationRule, replacements: utf8.encode("a b \0") } : {};
        return { ...plain, normalizer: { ...plain.normalizer, ...flags, ...rule } };
      });
    const word = fc.string({
      unit: fc.constantFrom("a", "b", "ab", "é", "漢", "!", "🍣", "▁"),
      minLength: 1,
      maxLength: 9,
    });
    // The same words again and again, behind sums up to some hundred thousand.
    const texts = fc
      .tuple(fc.array(word, { minLength: 1, maxLength: 5 }), fc.array(fc.nat(9), { maxLength: 30 }))
      .map(([words, order]) => order.map((i) => words[i % words.length]!).join(" "));
    // How many words come before; many take long.
    const before = fc.oneof(
      { weight: 9, arbitrary: fc.constantFrom(0, 1, 300) },
      { weight: 1, arbitrary: fc.constant(9000) },
    );
    fc.assert(
      fc.property(byWords, texts, before, (made, sample, costly) => {
        const kernel = new KernelSearcher(kernelModule()!, made);
        const plain = new PlainSearcher(made);
        const long = "z ".repeat(costly) + sample;
        for (const ties of ["sentencepiece", "exact"] as const)
          for (const each of [sample, long, sample])
            expect(foundBy(kernel, made, each, ties)).toEqual(foundBy(plain, made, each, ties));
      }),
      { numRuns: 150 },
    );
  });

  test("word by word up to the very sum behind which rounding turns a near tie", () => {
    let turned = 0;
    for (let i = 0; i < 240; i++) {
      // "ab" leads over "a", "b" by a power of two, from far less than the last place of float32 to far more.
      const lead = 2 ** (-8 - (i % 24));
      const a = 0.1 + ((i * Math.SQRT1_2 * 0.8) % 0.8);
      const plain = modelFromPieces({ "▁": -1, "▁z": -1, a: -a, b: a - 1 - lead, ab: -1 });
      const flags = { addDummyPrefix: true, removeExtraSpaces: true, escapeSpaces: true };
      const made: Model = { ...plain, normalizer: { ...plain.normalizer, ...flags } };
      const kernel = new KernelSearcher(kernelModule()!, made);
      const twin = new PlainSearcher(made);
      for (const before of [0, 0, 3, 130, 1030, 4100]) {
        const sample = `${"z ".repeat(before)}ab`;
        expect(kernel.search(sample, "sentencepiece", "ids") && twin.search(sample, "sentencepiece")).toBe(
          true,
        );
        const want = twin.ids();
        expect(kernel.ids()).toEqual(want);
        expect(kernel.score()).toBe(twin.score());
        if (want.at(-1) !== 4) turned++;
      }
    }
    expect(turned).toBeGreaterThan(50);
  });

  test("with more words than are remembered at once", () => {
    const pieces = Array.from({ length: 60 }, (_, i): [string, number] => [
      String.fromCodePoint(0x4e00 + i),
      -1 - i / 7,
    ]);
    const plain = modelFromPieces([["<unk>", -20], ["▁", -1], ...pieces, ["▁一", -1.5]]);
    const flags = { addDummyPrefix: true, removeExtraSpaces: true, escapeSpaces: true };
    const made: Model = { ...plain, normalizer: { ...plain.normalizer, ...flags } };
    const words = Array.from({ length: 60 ** 3 / 5 }, (_, i) =>
      [i % 60, Math.floor(i / 60) % 60, Math.floor(i / 3600)].map((digit) => pieces[digit]![0]).join(""),
    );
    const kernel = new KernelSearcher(kernelModule()!, made);
    const twin = new PlainSearcher(made);
    for (let from = 0; from < words.length; from += 900) {
      const line = words.slice(from, from + 900).join(" ");
      expect(kernel.search(line, "exact", "ids") && twin.search(line, "exact")).toBe(true);
      expect(kernel.ids()).toEqual(twin.ids());
    }
  });

  test("with longer words than there is room for, and what stands behind that room stays", () => {
    const plain = modelFromPieces([
      ["▁", -1],
      ["a", -1],
      ["b", -1.5],
      ["ab", -2.2],
    ]);
    const flags = { addDummyPrefix: true, removeExtraSpaces: true, escapeSpaces: true };
    const made: Model = { ...plain, normalizer: { ...plain.normalizer, ...flags } };
    const kernel = new KernelSearcher(kernelModule()!, made);
    // At first there is room for 64 pieces, and each of these words has 12.
    const roomy = new KernelSearcher(kernelModule()!, made);
    for (let count = 14; count > 0; count--) {
      const encodings = [roomy, new KernelSearcher(kernelModule()!, made)].map((searcher) => {
        expect(searcher.search("abbaabbaabb ".repeat(count), "exact", "encoding")).toBe(true);
        return searcher.encoding();
      });
      expect(encodings[1]).toEqual(encodings[0]);
    }
    const drawn = (): number[] => [...kernel.draw("abaabbab".repeat(9), 0.9, () => 0.4)!];
    const first = drawn();
    for (let from = 0; from < 2 ** 14; from += 2 ** 10) {
      // Numbers in binary, each of 11 to 14 digits, which are as many pieces.
      const words = Array.from({ length: 2 ** 10 }, (_, i) =>
        (from + i).toString(2).padStart(11, "0").replaceAll("0", "b").replaceAll("1", "a"),
      ).join(" ");
      const twin = new PlainSearcher(made);
      expect(kernel.search(words, "exact", "ids") && twin.search(words, "exact")).toBe(true);
      expect(kernel.ids()).toEqual(twin.ids());
      expect(drawn()).toEqual(first);
    }
  });

  test("a text that grows two hundredfold makes the work space grow until it fits", () => {
    const plainModel = modelFromPieces({ a: -1, b: -2, " ": -1 });
    const made: Model = {
      ...plainModel,
      normalizer: {
        ...plainModel.normalizer,
        rules: exclamationRule,
        replacements: utf8.encode("a b ".repeat(50) + "\0"),
      },
    };
    expect([...encodeIds(made, "!".repeat(300))]).toEqual(
      Array.from({ length: 15_000 }, () => [0, 2, 1, 2]).flat(),
    );
  });
});

const utf8 = new TextEncoder();
/** A Darts double array with one key, "!" (0x21), whose value is 0: the root, its child, the child's value. */
const exclamationRule = ((): Uint32Array => {
  const units = new Uint32Array(512);
  units[0] = 64 << 10;
  units[64 ^ 0x21] = (300 << 10) | 0x100 | 0x21;
  units[64 ^ 0x21 ^ 300] = 0x80000000;
  return units;
})();

test("a text beyond the length that is kept in memory gives the same ids", () => {
  const model = modelFromPieces({ ab: -1, a: -2, b: -2 });
  const ids = encodeIds(model, "ab".repeat(1_100_000));
  expect(ids).toHaveLength(1_100_000);
  expect(ids.every((id) => id === 0)).toBe(true);
});
