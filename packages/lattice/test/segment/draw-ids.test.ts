import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { drawIds, encodeIds, type Model, modelFromPieces } from "../../src/index.ts";
import { drawnFromLattice } from "../../src/segment/draw-ids.ts";
import { charsmapOf } from "../darts.ts";

const utf8 = new TextEncoder();

/** A fixed sequence of numbers on [0, 1), from the start each time. */
const sequence = (numbers: readonly number[]): (() => number) => {
  let at = 0;
  return () => numbers[at++ % numbers.length]!;
};

describe("drawIds", () => {
  const piece = fc.string({
    unit: fc.constantFrom("a", "b", "é", "漢", "🍣", " "),
    minLength: 1,
    maxLength: 4,
  });
  const text = fc.string({ unit: fc.constantFrom("a", "b", "ab", "é", "漢", "🍣", " ", "!"), maxLength: 30 });
  const model = fc
    .record({
      pieces: fc.uniqueArray(fc.tuple(piece, fc.double({ min: -30, max: 5, noNaN: true })), {
        selector: ([name]) => name,
        maxLength: 20,
      }),
      byteFallback: fc.boolean(),
      escapeSpaces: fc.boolean(),
    })
    .map(({ pieces, byteFallback, escapeSpaces }): Model => {
      const plain = modelFromPieces([["<unk>", -20], ...pieces]);
      return {
        ...plain,
        byteId: byteFallback ? Int32Array.from({ length: 256 }, (_, byte) => 255 - byte) : plain.byteId,
        normalizer: { ...plain.normalizer, escapeSpaces },
      };
    });

  test("draws by the masses what the lattice's Markov chain draws from the same numbers", () => {
    // None on a border between two edges, where rounding decides.
    const numbers = fc.array(
      fc.nat(999).map((thousandths) => (thousandths + Math.SQRT1_2) / 1000),
      { minLength: 1, maxLength: 9 },
    );
    const alpha = fc.oneof(fc.constantFrom(0, 1, -1, 100), fc.double({ min: -3, max: 8, noNaN: true }));
    fc.assert(
      fc.property(model, text, alpha, numbers, (made, sample, inverse, list) => {
        const got = drawIds(made, sample, { alpha: inverse, uniform: sequence(list) });
        expect(got).toEqual(drawnFromLattice(made, sample, inverse, sequence(list)));
      }),
      { numRuns: 500, seed: 3 },
    );
  });

  describe("word by word, where no piece goes beyond a word", () => {
    const flags = { addDummyPrefix: true, removeExtraSpaces: true, escapeSpaces: true };
    const ofWords = (pieces: readonly (readonly [string, number])[]): Model => {
      const plain = modelFromPieces([["<unk>", -20], ["▁", -2], ...pieces]);
      return { ...plain, normalizer: { ...plain.normalizer, ...flags } };
    };
    const score = fc.double({ min: -30, max: 5, noNaN: true });
    const byWords = fc
      .record({
        // Most words have no unknown characters, and so are remembered.
        singles: fc.tuple(score, score),
        pieces: fc.uniqueArray(
          fc.tuple(
            fc.tuple(
              fc.constantFrom("", "▁"),
              fc.string({ unit: fc.constantFrom("a", "b", "é"), minLength: 1, maxLength: 4 }),
            ),
            score,
          ),
          { selector: ([name]) => name.join(""), maxLength: 20 },
        ),
        byteFallback: fc.boolean(),
        isCovered: fc.boolean(),
      })
      .map(({ singles: [a, b], pieces, byteFallback, isCovered }): Model => {
        const more = pieces.map(([name, each]): [string, number] => [name.join(""), each]);
        const made = ofWords([...new Map([...more, ["a", a], ["b", b]])]);
        return {
          ...made,
          unkId: isCovered ? made.unkId : -1,
          byteId: byteFallback ? Int32Array.from({ length: 256 }, (_, byte) => 255 - byte) : made.byteId,
        };
      });
    const word = fc.string({ unit: fc.constantFrom("a", "b", "ab"), minLength: 1, maxLength: 9 });
    // Unknown characters, a word that is longer than those that are remembered, and spaces that are taken away.
    const rare = fc.constantFrom("é", "aé", "!", "🍣", "▁", "é".repeat(17), "ab".repeat(17), "", "  ");
    const words = fc.array(fc.oneof({ weight: 9, arbitrary: word }, { weight: 1, arbitrary: rare }), {
      minLength: 1,
      maxLength: 5,
    });
    // The same words again and again.
    const texts = fc
      .tuple(words, fc.array(fc.array(fc.nat(9), { maxLength: 12 }), { minLength: 1, maxLength: 3 }))
      .map(([some, orders]) => orders.map((order) => order.map((i) => some[i % some.length]!).join(" ")));
    const outcome = (draw: () => Int32Array): unknown => {
      try {
        return draw();
      } catch (error) {
        return (error as { code?: unknown }).code;
      }
    };

    test("the same from the same numbers, also of words that came before, at this alpha and others", () => {
      const numbers = fc.array(
        fc.nat(999).map((thousandths) => (thousandths + Math.SQRT1_2) / 1000),
        { minLength: 1, maxLength: 9 },
      );
      const alphas = fc.array(fc.constantFrom(0, 0.1, 1, -1, 8), { minLength: 1, maxLength: 3 });
      fc.assert(
        fc.property(byWords, texts, alphas, numbers, (made, samples, inverses, list) => {
          for (const alpha of inverses)
            for (const sample of samples)
              expect(outcome(() => drawIds(made, sample, { alpha, uniform: sequence(list) }))).toEqual(
                outcome(() => drawnFromLattice(made, sample, alpha, sequence(list))),
              );
        }),
        { numRuns: 500, seed: 4 },
      );
    });

    test("the same with more words than are remembered at once", () => {
      const digits = "abcdefghij";
      const made = ofWords([
        ...Array.from(digits, (digit, i): [string, number] => [digit, -1 - i / 7]),
        ...Array.from(digits, (digit, i): [string, number] => [`▁${digit}`, -2 - i / 5]),
        ...Array.from(digits, (digit, i): [string, number] => [`${digit}a`, -3 - i / 3]),
      ]);
      const wordOf = (i: number): string =>
        String(i)
          .padStart(5, "0")
          .replaceAll(/\d/g, (digit) => digits[Number(digit)]!);
      const numbers = Array.from({ length: 89 }, (_, i) => (i * Math.SQRT1_2) % 1);
      // Lines of more words than there is room for, of many, and of few.
      for (const [count, size] of [
        [2, 20_000],
        [25, 900],
        [50, 5],
      ] as const)
        for (let i = 0; i < count; i++) {
          const line = Array.from({ length: size }, (_, at) => wordOf(i * size + at)).join(" ");
          const got = drawIds(made, line, { alpha: 0.4, uniform: sequence(numbers) });
          expect(got).toEqual(drawnFromLattice(made, line, 0.4, sequence(numbers)));
        }
    });

    test("the same where rules leave nothing of a word", () => {
      const plain = ofWords([
        ["a", -1],
        ["aa", -3],
      ]);
      const rules = charsmapOf([[utf8.encode("!"), new Uint8Array(0)]]);
      const made: Model = { ...plain, normalizer: { ...plain.normalizer, ...rules } };
      for (const sample of ["!", "aa ! aa", "! aaa", "aaa !", "!! !"])
        expect(drawIds(made, sample, { uniform: sequence([0.3, 0.8]) })).toEqual(
          drawnFromLattice(made, sample, 1, sequence([0.3, 0.8])),
        );
    });

    test("the same of words of very many segmentations, which are not remembered", () => {
      const runs = Array.from({ length: 30 }, (_, i): [string, number] => ["a".repeat(i + 1), -1 - i / 2]);
      const plain = ofWords([...runs, ["▁a", -2]]);
      const numbers = Array.from({ length: 89 }, (_, i) => (i * Math.SQRT1_2) % 1);
      const sample = "!! aaa !! aaa aaaaaaaa";
      // A rule that makes three hundred characters of two.
      const made: Model = {
        ...plain,
        normalizer: {
          ...plain.normalizer,
          ...charsmapOf([[utf8.encode("!"), utf8.encode("a".repeat(150))]]),
        },
      };
      for (let time = 0; time < 2; time++)
        expect(drawIds(made, sample, { uniform: sequence(numbers) })).toEqual(
          drawnFromLattice(made, sample, 1, sequence(numbers)),
        );
    });
  });

  test("at a large alpha is the best segmentation", () => {
    const made = modelFromPieces({
      un: -2,
      under: -2.5,
      stand: -3,
      understand: -6,
      ing: -2,
      s: -4,
      tand: -5,
      d: -4,
      er: -3,
    });
    expect(drawIds(made, "understanding", { alpha: 1e4 })).toEqual(encodeIds(made, "understanding"));
  });

  test("does not hang on pieces that the text has not", () => {
    const made = modelFromPieces({ a: -1, aa: -1.5, z: -1e8 });
    for (let time = 0; time < 3; time++)
      expect(drawIds(made, "aa", { alpha: 100, uniform: () => 0.5 })).toEqual(Int32Array.of(1));
    expect(() => drawIds(made, "z", { alpha: 100 })).toThrow(expect.objectContaining({ code: "argument" }));
  });

  test("over a long text neither overflows nor vanishes", () => {
    const made = modelFromPieces({ a: -300, aa: -600 });
    for (const alpha of [0, 1, -1, 1000]) {
      const ids = drawIds(made, "a".repeat(100_000), { alpha });
      expect(ids.reduce((sum, id) => sum + id + 1, 0)).toBe(100_000);
    }
  });

  test("over a long text draws what the lattice's chain draws, past dead ends", () => {
    // Behind "x" by itself there is none: "y" is no piece.
    const made = modelFromPieces({ x: -9, xy: -9, xyxy: -17.5, a: -9, aa: -17 });
    const numbers = Array.from({ length: 89 }, (_, i) => (i * Math.SQRT1_2) % 1);
    const sample = "xy".repeat(600) + "a".repeat(1200);
    const got = drawIds(made, sample, { uniform: sequence(numbers) });
    expect(got).toEqual(drawnFromLattice(made, sample, 1, sequence(numbers)));
  });

  test("lets the generator use the same model meanwhile", () => {
    const made = modelFromPieces({ a: -1, aa: -1.5, aaa: -2 });
    const numbers = [0.3, 0.9, 0.1, 0.6];
    const plain = sequence(numbers);
    const nosy = sequence(numbers);
    const want = drawIds(made, "a".repeat(50), { uniform: plain });
    const got = drawIds(made, "a".repeat(50), {
      uniform: () => {
        expect(encodeIds(made, "a".repeat(900))).toHaveLength(300);
        return nosy();
      },
    });
    expect(got).toEqual(want);
  });

  test("hands on what the generator throws, and works on", () => {
    const made = modelFromPieces({ a: -1, aa: -1000 });
    const broken = (): number => {
      throw new Error("out of numbers");
    };
    expect(() => drawIds(made, "aa", { alpha: 0.5, uniform: broken })).toThrow("out of numbers");
    expect(drawIds(made, "aa", { uniform: () => 0.1 })).toEqual(Int32Array.of(0, 0));
  });

  test("takes no number where there is one way on", () => {
    const made = modelFromPieces({ a: -1, b: -1, bc: -1, c: -1 });
    let asked = 0;
    const half = (): number => {
      asked++;
      return 0.5;
    };
    expect(drawIds(made, "aabca", { uniform: half })).toHaveLength(4);
    expect(asked).toBe(1);
    expect(drawIds(made, "a".repeat(50), { uniform: half })).toHaveLength(50);
    expect(asked).toBe(1);
  });

  test("of an empty text draws nothing, and refuses bad input by code", () => {
    const made = modelFromPieces({ a: -1 });
    expect(drawIds(made, "")).toHaveLength(0);
    expect(() => drawIds(made, "ab")).toThrow(expect.objectContaining({ code: "no-path" }));
    expect(() => drawnFromLattice(made, "ab", 1, Math.random)).toThrow(
      expect.objectContaining({ code: "no-path" }),
    );
    for (const options of [{ alpha: NaN }, { alpha: 1e300 }, { uniform: 5 as unknown as () => number }])
      expect(() => drawIds(made, "a", options)).toThrow(expect.objectContaining({ code: "argument" }));
    expect(() => drawIds(made, 5 as unknown as string)).toThrow(
      expect.objectContaining({ code: "argument" }),
    );
  });
});
