import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readBytePiece } from "../../src/bytepiece.ts";
import {
  countPaths,
  decode,
  drawIds,
  emit,
  encode,
  encodeIds,
  latticeOf,
  logPartition,
  marginals,
  nbest,
  normalize,
} from "../../src/index.ts";
import { logSumExp } from "../oracle.ts";
import { bytePieceFile, bytesById, type Entry } from "./tiny.ts";

// Bytes of the characters below: pieces of them begin and end inside characters.
const byte = fc.constantFrom(
  0x61,
  0x0a,
  0x20,
  0xc3,
  0xa9,
  0xe4,
  0xb8,
  0x96,
  0xf0,
  0x9f,
  0x8d,
  0xa3,
  0x65,
  0xcc,
);
const entry: fc.Arbitrary<Entry> = fc.tuple(
  fc.array(byte, { minLength: 1, maxLength: 5 }),
  fc.oneof(fc.constantFrom(1, 10), fc.integer({ min: 1, max: 1_000_000 })),
);
const written: fc.Arbitrary<Entry> = fc
  .tuple(fc.constantFrom("aa", "é", "世", "🍣", "a世", "\n", " a", "éé"), fc.nat(999))
  .map(([text, frequency]) => [[...new TextEncoder().encode(text)], frequency + 1]);
const file = fc.array(fc.oneof(entry, written), { maxLength: 14 }).map((list) => bytePieceFile(...list));
const text = fc.string({
  unit: fc.constantFrom("a", "é", "e\u0301", "世", "🍣", "\n", " ", "\u0301"),
  maxLength: 5,
});
const alpha = fc.constantFrom(0, 0.1, 1, 2, -1);

interface Way {
  readonly ids: readonly number[];
  readonly score: number;
}

/** What is independent of the library: the lines of a text in NFC, by BytePiece's own pattern. */
const linesOf = (sample: string): number[][] =>
  (sample.normalize("NFC").match(/[^\n]*\n+|[^\n]+/gu) ?? []).map((line) => [
    ...new TextEncoder().encode(line),
  ]);

function scoresOf(made: ReturnType<typeof bytePieceFile>): { bytes: number[][]; scores: number[] } {
  const scores: number[] = [];
  const logTotal = Math.log(Object.values(made).reduce((sum, [, , frequency]) => sum + frequency, 0));
  for (const [id, , frequency] of Object.values(made)) scores[id] = Math.log(frequency) - logTotal;
  return { bytes: bytesById(made), scores };
}

/** The piece that is these bytes. */
const idAt = (bytes: readonly number[][], line: readonly number[], from: number, to: number): number =>
  bytes.findIndex(
    (piece) => piece?.length === to - from && piece.every((value, i) => value === line[from + i]),
  );

/** All ways to make a text of pieces. */
function waysOf(made: ReturnType<typeof bytePieceFile>, sample: string): Way[] {
  const { bytes, scores } = scoresOf(made);
  const ways = (line: readonly number[], from: number): Way[] => {
    if (from === line.length) return [{ ids: [], score: 0 }];
    const found: Way[] = [];
    for (let to = from + 1; to <= line.length; to++) {
      const id = idAt(bytes, line, from, to);
      if (id < 0) continue;
      for (const rest of ways(line, to))
        found.push({ ids: [id, ...rest.ids], score: scores[id]! + rest.score });
    }
    return found;
  };
  return linesOf(sample).reduce<Way[]>(
    (before, line) =>
      ways(line, 0).flatMap((way) =>
        before.map((first) => ({ ids: [...first.ids, ...way.ids], score: first.score + way.score })),
      ),
    [{ ids: [], score: 0 }],
  );
}

/** The best way by the reference's rule: at each end the longest of the best. */
function bestOf(made: ReturnType<typeof bytePieceFile>, sample: string): number[] {
  const { bytes, scores } = scoresOf(made);
  return linesOf(sample).flatMap((line) => {
    const best: Way[] = [{ ids: [], score: 0 }];
    for (let to = 1; to <= line.length; to++) {
      best[to] = { ids: [], score: -Infinity };
      for (let from = 0; from < to; from++) {
        const id = idAt(bytes, line, from, to);
        const score = id < 0 ? -Infinity : best[from]!.score + scores[id]!;
        if (score > best[to]!.score) best[to] = { ids: [...best[from]!.ids, id], score };
      }
    }
    return best[line.length]!.ids as number[];
  });
}

/** Texts that do not have too many ways. */
const cases = fc.tuple(file, text).filter(([, sample]) => new TextEncoder().encode(sample).length <= 14);

describe("a lattice of bytes, against all segmentations one by one", () => {
  test("has every one of them: their number, their sum and the best", () => {
    fc.assert(
      fc.property(cases, alpha, ([made, sample], inverse) => {
        const ways = waysOf(made, sample);
        const model = readBytePiece(made);
        const lattice = latticeOf(model, sample);
        expect(countPaths(lattice)).toBe(BigInt(ways.length));
        const logZ = logSumExp(ways.map(({ score }) => inverse * score));
        expect(logPartition(lattice, { alpha: inverse })).toBeCloseTo(logZ, 9);
        const scores = ways.map(({ score }) => score).sort((a, b) => b - a);
        const ranked = nbest(lattice, 4).map(({ score }) => score);
        expect(ranked.length).toBe(Math.min(4, scores.length));
        ranked.forEach((score, i) => expect(score).toBeCloseTo(scores[i]!, 9));
      }),
      { numRuns: 150 },
    );
  });

  test("takes the best, of equals the one that ends in the longest piece", () => {
    fc.assert(
      fc.property(cases, ([made, sample]) => {
        const model = readBytePiece(made);
        const want = bestOf(made, sample);
        expect([...encodeIds(model, sample)]).toEqual(want);
        const { ids, score } = encode(model, sample);
        expect([...ids]).toEqual(want);
        expect(score).toBeCloseTo(
          want.reduce((sum, id) => sum + model.labelScore[id]!, 0),
          9,
        );
        expect(decode(model, ids)).toBe(sample.normalize("NFC"));
        expect(normalize(model, sample)).toBe(sample.normalize("NFC"));
      }),
      { numRuns: 300 },
    );
  });

  test("has the ids of its parts where it is cut after a run of line feeds", () => {
    const lines = fc.array(fc.tuple(text, fc.constantFrom("\n", "\n\n\n")), { maxLength: 6 });
    fc.assert(
      fc.property(file, lines, (made, list) => {
        const model = readBytePiece(made);
        const parts = list.map(([line, end]) => `x${line}${end}`);
        const ids = parts.flatMap((part) => [...encodeIds(model, part)]);
        expect([...encodeIds(model, parts.join(""))]).toEqual(ids);
        expect([...encode(model, parts.join("")).ids]).toEqual(ids);
      }),
      { numRuns: 100 },
    );
  });

  test("gives each edge the share of the segmentations that it is in", () => {
    fc.assert(
      fc.property(cases, alpha, ([made, sample], inverse) => {
        const model = readBytePiece(made);
        const { bytes } = scoresOf(made);
        const ways = waysOf(made, sample);
        const logZ = logSumExp(ways.map(({ score }) => inverse * score));
        const shares = new Map<string, number>();
        for (const { ids, score } of ways) {
          let at = 0;
          for (const id of ids) {
            const edge = `${at} ${id}`;
            shares.set(edge, (shares.get(edge) ?? 0) + Math.exp(inverse * score - logZ));
            at += bytes[id]!.length;
          }
        }
        const lattice = latticeOf(model, sample);
        const { edge } = marginals(lattice, { alpha: inverse });
        const got = new Map<string, number>();
        for (let s = 0; s < lattice.length; s++)
          for (let e = lattice.rowStart[s]!; e < lattice.rowStart[s + 1]!; e++)
            if (edge[e]! > 0) got.set(`${s} ${lattice.label[e]}`, edge[e]!);
        for (const key of new Set([...got.keys(), ...shares.keys()]))
          expect(got.get(key) ?? 0).toBeCloseTo(shares.get(key) ?? 0, 9);
      }),
      { numRuns: 150 },
    );
  });

  test("draws ids of segmentations that it has, the best at a large alpha", () => {
    fc.assert(
      fc.property(cases, fc.double({ min: 0, max: 0.999, noNaN: true }), ([made, sample], number) => {
        const model = readBytePiece(made);
        const ways = new Set(waysOf(made, sample).map(({ ids }) => ids.join()));
        expect(ways.has(drawIds(model, sample, { alpha: 0.5, uniform: () => number }).join())).toBe(true);
        const drawn = drawIds(model, sample, { alpha: 1e6, uniform: () => number });
        const score = (ids: ArrayLike<number>): number =>
          Array.from(ids, (id) => model.labelScore[id]!).reduce((sum, value) => sum + value, 0);
        expect(score(drawn)).toBeCloseTo(score(encodeIds(model, sample)), 9);
      }),
      { numRuns: 100 },
    );
  });
});

describe("offsets", () => {
  // 世 is e4 b8 96, 🍣 f0 9f 8d a3.
  const model = readBytePiece(
    bytePieceFile([[0xe4, 0xb8], 99], [[0x96, 0xf0], 99], [[0x9f, 0x8d, 0xa3, 0x61], 99]),
  );

  test("of an edge that ends inside a character reach over the whole character", () => {
    const { pieces, offsets } = encode(model, "世🍣a");
    expect(pieces).toEqual(["<0xE4><0xB8>", "<0x96><0xF0>", "<0x9F><0x8D><0xA3>a"]);
    expect([...offsets]).toEqual([0, 1, 0, 3, 1, 4]);
  });

  test("are the same for all paths of the lattice", () => {
    const [first] = nbest(latticeOf(model, "世🍣a"), 1);
    expect(emit(model, first!)).toEqual(encode(model, "世🍣a"));
  });

  test("of a character that NFC has composed are those of the first that it is made of", () => {
    const { pieces, offsets } = encode(model, "e\u0301x");
    expect(pieces).toEqual(["<0xC3>", "<0xA9>", "x"]);
    expect([...offsets]).toEqual([0, 1, 0, 1, 2, 3]);
  });
});
