import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { buildTrie, lookUp } from "../../src/model/trie.ts";

const packed = (keys: readonly Uint8Array[]): [Uint8Array, Int32Array] => {
  const start = new Int32Array(keys.length + 1);
  keys.forEach((key, i) => (start[i + 1] = start[i]! + key.length));
  const bytes = new Uint8Array(start[keys.length]!);
  keys.forEach((key, i) => bytes.set(key, start[i]!));
  return [bytes, start];
};
const everyIndex = (keys: readonly unknown[]): Int32Array => Int32Array.from(keys.keys());
const find = (trie: Int32Array, key: Uint8Array): number => lookUp(trie, key, 0, key.length);

describe("buildTrie", () => {
  test("finds each key's index and no other string, as a Map does", () => {
    const key = fc.uint8Array({ minLength: 1, maxLength: 6, max: 255 });
    const narrow = fc.uint8Array({ minLength: 1, maxLength: 6, max: 2 });
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.oneof(key, narrow), { selector: String, maxLength: 400 }),
        fc.array(fc.oneof(key, narrow), { maxLength: 50 }),
        (keys, others) => {
          const trie = buildTrie(...packed(keys), everyIndex(keys));
          const map = new Map(keys.map((bytes, i) => [bytes.join(), i]));
          for (const bytes of [...keys, ...others])
            expect(find(trie, bytes)).toBe(map.get(bytes.join()) ?? -1);
        },
      ),
    );
  });

  test("holds 70,000 keys that share little, and stays within twice the nodes they need", () => {
    const keys = Array.from({ length: 70_000 }, (_, i) => {
      const hash = Math.imul(i + 1, 0x9e3779b1) >>> 0;
      return Uint8Array.of(hash & 255, (hash >>> 8) & 255, (hash >>> 16) & 255, hash >>> 24);
    });
    const trie = buildTrie(...packed(keys), everyIndex(keys));
    expect(keys.every((key, i) => find(trie, key) === i)).toBe(true);
    const nodes = new Set(keys.flatMap((key) => [1, 2, 3, 4].map((n) => key.subarray(0, n).join()))).size;
    expect(trie.length / 2).toBeLessThan(2 * nodes);
  });

  test("takes a part of the keys", () => {
    const keys = [Uint8Array.of(1), Uint8Array.of(2), Uint8Array.of(3)];
    const trie = buildTrie(...packed(keys), Int32Array.of(2, 0));
    expect(keys.map((key) => find(trie, key))).toEqual([0, -1, 2]);
  });

  test("of no keys finds nothing", () => {
    expect(find(buildTrie(...packed([]), new Int32Array(0)), Uint8Array.of(0))).toBe(-1);
  });

  test("refuses an empty key and a repeated one, by index", () => {
    const keys = [Uint8Array.of(1), Uint8Array.of(), Uint8Array.of(1)];
    expect(() => buildTrie(...packed(keys), Int32Array.of(0, 1))).toThrow(
      expect.objectContaining({ code: "format", at: 1 }),
    );
    expect(() => buildTrie(...packed(keys), Int32Array.of(0, 2))).toThrow(
      expect.objectContaining({ code: "format" }),
    );
  });
});
