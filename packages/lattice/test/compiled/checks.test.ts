import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { kernelChecks } from "../../src/compiled/kernel-checks.ts";
import { plainChecks } from "../../src/compiled/plain-checks.ts";
import { modelFromPieces } from "../../src/index.ts";
import { buildTrie } from "../../src/model/trie.ts";

const kernel = kernelChecks(1 << 20)!;

describe.each([
  ["in plain TypeScript", plainChecks],
  ["in WebAssembly", kernel],
])("the checksum %s", (_, checks) => {
  // From Ian Boyd's list of test vectors for MurmurHash3.
  test.each([
    [[], 0],
    [[0x74736574], 0xba6bd213],
    [[0xffffffff], 0x76293b50],
    [[0x87654321], 0xf55b516b],
    [[0], 0x2362f9de],
  ])("of %j is MurmurHash3's", (words, want) => {
    expect(checks.checksum(Int32Array.from(words))).toBe(want);
  });
});

test("the checksum of many words is the same in both", () => {
  fc.assert(
    fc.property(fc.int32Array({ maxLength: 300 }), (words) => {
      expect(kernel.checksum(words)).toBe(plainChecks.checksum(words));
    }),
  );
});

const model = modelFromPieces({ "<unk>": -9, ab: -1, abc: -2, b: -3, bcd: -4, é: -5, zé: -6 });
const depthOf = (trie: Int32Array, labels = 7): [number, number] => [
  plainChecks.trieDepth(trie, model, labels, false),
  kernel.trieDepth(trie, model, labels, false),
];
/** A trie with some of its units changed. */
const changed = (changes: Record<number, number>): Int32Array => {
  const trie = model.trie.slice();
  for (const [place, unit] of Object.entries(changes)) trie[Number(place)] = unit;
  return trie;
};
const { trie } = model;
const nodes = trie.length / 2;
const base = trie[0]! >>> 9;
const place = (byte: number): number => 2 * (base ^ byte);

describe("the depth of a trie", () => {
  test("is the length of its longest key", () => {
    expect(depthOf(trie)).toEqual([3, 3]);
  });

  test.each<[string, Int32Array]>([
    ["a base out of range", changed({ 0: nodes << 9 })],
    ["the largest base", changed({ 0: -1 & ~0x1ff })],
    ["a value that is no piece", changed({ [place(98) + 1]: 7 })],
    ["a value below −1", changed({ [place(98) + 1]: -2 })],
    ["another piece's value", changed({ [place(98) + 1]: 1 })],
    ["no value for a piece", changed({ [place(98) + 1]: -1 })],
    ["a value where no piece ends", changed({ [place(97) + 1]: 3 })],
    ["a node that leads back to the root's children", changed({ [place(98)]: (base << 9) | 99 })],
    ["a label that is none", changed({ [place(98)]: 0x1ff })],
    ["a root that is a child", changed({ 0: trie[0]! | 1 })],
    ["a child of no one", changed({ [place(120)]: 121, [place(120) + 1]: -1 })],
    ["no nodes", new Int32Array(512)],
    ["a piece less", buildTrie(model.pieceBytes, model.pieceStart, Int32Array.of(1, 2, 3, 4, 5))],
    ["a piece too many", buildTrie(model.pieceBytes, model.pieceStart, Int32Array.of(0, 1, 2, 3, 4, 5, 6))],
  ])("is none with %s", (_, bad) => {
    expect(depthOf(bad)).toEqual([-1, -1]);
  });

  test("is the same in both, whatever units change", () => {
    const unit = fc.oneof(fc.integer(), fc.nat(0x3ff), fc.constantFrom(...trie));
    const changes = fc.array(fc.tuple(fc.nat(trie.length - 1), unit), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(changes, fc.constantFrom(7, 8), (list, labels) => {
        const [plain, inKernel] = depthOf(changed(Object.fromEntries(list)), labels);
        expect(inKernel).toBe(plain);
      }),
      { numRuns: 2000 },
    );
  });
});

test("pieces, scores and rules are found bad at the same place in both", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(6), fc.oneof(fc.nat(40), fc.integer()), fc.nat(7)), { maxLength: 3 }),
      (list) => {
        const pieces = {
          ...model,
          pieceStart: model.pieceStart.slice(),
          pieceType: model.pieceType.slice(),
        };
        for (const [id, start, type] of list) {
          // The first begins at 0.
          pieces.pieceStart[id + 1] = start;
          pieces.pieceType[id] = type;
        }
        expect(kernel.badPiece(pieces)).toBe(plainChecks.badPiece(pieces));
      },
    ),
  );
  fc.assert(
    fc.property(fc.float64Array({ maxLength: 20 }), (scores) => {
      expect(kernel.badScore(scores)).toBe(plainChecks.badScore(scores));
    }),
  );
  const rule = fc.oneof(fc.nat(0xffff), fc.integer({ min: 0x80000000, max: 0x80000010 }), fc.nat(0xffffffff));
  fc.assert(
    fc.property(fc.array(rule, { maxLength: 40 }), fc.nat(20), (units, strings) => {
      const rules = Uint32Array.from(units);
      expect(kernel.badRule(rules, strings)).toBe(plainChecks.badRule(rules, strings));
    }),
    { numRuns: 1000 },
  );
});
