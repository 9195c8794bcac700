import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { readBytePiece } from "../../src/bytepiece.ts";
import {
  countTokens,
  decode,
  decodeStream,
  emit,
  encode,
  encodeBatch,
  encodeIds,
  latticeOf,
  logPartition,
  viterbi,
} from "../../src/index.ts";
import { bytesById } from "./tiny.ts";

const read = (file: string): string =>
  gunzipSync(readFileSync(new URL(`../golden/bytepiece/${file}`, import.meta.url))).toString();
const file = JSON.parse(read("model.json.gz")) as Record<string, [number, string, number]>;
const rows = read("rows.jsonl.gz")
  .trimEnd()
  .split("\n")
  .map((line) => JSON.parse(line) as object);

interface Encoded {
  readonly text: string;
  readonly ids: number[];
  readonly decoded: string;
}
interface Drawn {
  readonly text: string;
  readonly alpha: number;
  readonly draws: [ids: number[], count: number][];
}
const encoded = rows.filter((row): row is Encoded => "text" in row && "ids" in row);
const decoded = rows.filter((row): row is Omit<Encoded, "text"> => "decoded" in row);
const drawn = rows.filter((row): row is Drawn => "draws" in row);

// Made by tools/golden/make_bytepiece.py with bytepiece 0.6.3.
describe("as BytePiece does", () => {
  const model = readBytePiece(file);
  const bytes = bytesById(file);

  test("ids are the same on every text", () => {
    expect(encoded.length).toBeGreaterThan(300);
    for (const { text, ids } of encoded) {
      expect({ text, ids: [...encodeIds(model, text)] }).toEqual({ text, ids });
      expect({ text, ids: [...encode(model, text).ids] }).toEqual({ text, ids });
      expect(countTokens(model, text)).toBe(ids.length);
    }
    const batch = encodeBatch(
      model,
      encoded.map(({ text }) => text),
    );
    expect([...batch.ids]).toEqual(encoded.flatMap(({ ids }) => ids));
  });

  test("the best path of the lattice has them too", () => {
    for (const { text, ids } of encoded.slice(0, 200)) {
      const lattice = latticeOf(model, text);
      const path = viterbi(lattice, { ties: "exact" });
      expect({ text, ids: [...emit(model, path).ids] }).toEqual({ text, ids });
      expect([...lattice.bytes]).toEqual(ids.flatMap((id) => bytes[id]!));
    }
  });

  test("ids decode to the same text, at once and one by one, with bytes left out that are no characters", () => {
    expect(decoded.length).toBeGreaterThan(encoded.length + 100);
    for (const row of decoded) {
      expect({ ...row, decoded: decode(model, row.ids) }).toEqual(row);
      const stream = decodeStream(model);
      const parts = row.ids.map((id) => stream.push(id));
      expect({ ...row, decoded: parts.join("") + stream.end() }).toEqual(row);
    }
  });

  test.each(drawn)("alpha means the same: $text at alpha = $alpha", ({ text, alpha, draws }) => {
    const lattice = latticeOf(model, text);
    const logZ = logPartition(lattice, { alpha });
    const total = draws.reduce((sum, [, count]) => sum + count, 0);
    let statistic = 0;
    let seen = 0;
    for (const [ids, count] of draws) {
      const score = ids.reduce((sum, id) => sum + model.labelScore[id]!, 0);
      const share = Math.exp(alpha * score - logZ);
      seen += share;
      statistic += (count - total * share) ** 2 / (total * share);
    }
    // Nearly all of the law has been drawn, and as often as it says.
    expect(seen).toBeGreaterThan(0.999);
    expect(statistic).toBeLessThan(draws.length + 6 * Math.sqrt(2 * draws.length));
  });

  test("the model survives structuredClone, and encodes alike", () => {
    const clone = structuredClone(model);
    for (const { text } of encoded.slice(0, 60)) expect(encode(clone, text)).toEqual(encode(model, text));
  });
});
