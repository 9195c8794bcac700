import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { encodeIds, type Model, modelFromPieces, type Ties } from "../../src/index.ts";
import { KernelSearcher, kernelModule } from "../../src/segment/kernel-searcher.ts";
import { PlainSearcher } from "../../src/segment/plain-searcher.ts";
import type { Searcher } from "../../src/segment/searcher.ts";

/** All that a search has found, in plain arrays. */
function foundBy(searcher: Searcher, text: string, ties: Ties): unknown {
  expect(searcher.search(text, ties)).toBe(true);
  const bytes = [...searcher.bytes()];
  const reached = [...bytes.keys(), bytes.length].filter((at) => searcher.scoreTo(at) > -Infinity);
  const found = {
    bytes,
    origin: [...searcher.origin()],
    best: reached.map((at) => [at, searcher.scoreTo(at)]),
    edges: reached.filter((at) => at > 0).map((at) => [searcher.startOf(at), searcher.labelOf(at)]),
  };
  return reached.includes(bytes.length) ? { ...found, ids: [...searcher.ids()] } : found;
}

describe("the kernel finds what plain TypeScript finds, node by node", () => {
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
            expect(foundBy(kernel, sample, ties)).toEqual(foundBy(plain, sample, ties));
        for (const sample of texts) expect(kernel.edges(sample)).toEqual(plain.edges(sample));
      }),
      { numRuns: 200 },
    );
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
