import { emit, encodeIds, latticeOf, LatticeError, type Model, modelFromPieces } from "@lemmata/lattice";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  createRng,
  perfectSample,
  type RandomSource,
  sampleParts,
  sampleStream,
  type SampleStreamOptions,
  sampleTransform,
} from "../src/index.ts";
import { codeOf, gTest, lawOf } from "./oracle.ts";

/** Seeds are fixed, so the tests below cannot fail by chance; with new seeds each would, once in a million. */
const FALSE_ALARM = 1e-6;
const ALPHAS = [0, 0.1, 0.5, 1, 2, -1];

const streamed = (model: Model, parts: readonly string[], options?: SampleStreamOptions): number[] => {
  const stream = sampleStream(model, options);
  return [...parts.flatMap((part) => [...stream.push(part)]), ...stream.end()];
};
/** A text cut at some places, inside surrogate pairs too. */
const cutAt = (text: string, places: readonly number[]): string[] => {
  const at = [0, ...places.map((place) => place % (text.length + 1)).sort((a, b) => a - b), text.length];
  return at.slice(1).map((end, i) => text.slice(at[i], end));
};
const drawnWhole = (model: Model, text: string, alpha: number, rng: RandomSource): number[] => [
  ...emit(model, perfectSample(latticeOf(model, text), { alpha, rng })).ids,
];

describe("the ids of the parts are those that perfectSample draws from the whole text's lattice", () => {
  const unit = fc.constantFrom("a", "b", "ab", " ", "  ", "é", "漢", "🍣", "▁", "\ud800");
  const piece = fc.string({
    unit: fc.constantFrom("a", "b", " ", "é", "漢", "🍣", "▁"),
    minLength: 1,
    maxLength: 4,
  });
  const models = fc
    .record({
      pieces: fc.uniqueArray(fc.tuple(piece, fc.double({ min: -9, max: 0, noNaN: true })), {
        selector: ([name]) => name,
        minLength: 1,
        maxLength: 20,
      }),
      byteFallback: fc.boolean(),
      flags: fc.record({
        addDummyPrefix: fc.boolean(),
        removeExtraSpaces: fc.boolean(),
        escapeSpaces: fc.boolean(),
        spaceAsSuffix: fc.boolean(),
      }),
    })
    .map(({ pieces, byteFallback, flags }): Model => {
      const plain = modelFromPieces([["<unk>", -20], ...pieces]);
      return {
        ...plain,
        byteId: byteFallback ? Int32Array.from({ length: 256 }, (_, byte) => 255 - byte) : plain.byteId,
        normalizer: { ...plain.normalizer, ...flags },
      };
    });
  // Long enough for decisions to be taken on the way.
  const texts = fc
    .tuple(fc.string({ unit, maxLength: 40 }), fc.nat(80))
    .map(([part, times]) => part.repeat(times));

  test("with the same seed, for any model, text, cuts and alpha", () => {
    fc.assert(
      fc.property(
        models,
        texts,
        fc.array(fc.nat(), { maxLength: 8 }),
        fc.constantFrom(...ALPHAS),
        fc.integer(),
        (model, text, places, alpha, seed) => {
          expect(streamed(model, cutAt(text, places), { alpha, rng: createRng(seed) })).toEqual(
            drawnWhole(model, text, alpha, createRng(seed)),
          );
        },
      ),
      { numRuns: 1000 },
    );
  });

  test("unit by unit over a long text, and of text after text, for which the generator goes on", () => {
    const model = modelFromPieces({ "<unk>": -9, a: -1, ab: -1.5, ba: -1.5, bab: -2, b: -1.2, "🍣": -4 });
    const text = "abbabab🍣bbaé🍣".repeat(2000);
    const rng = createRng(3);
    const stream = sampleStream(model, { alpha: 0.3, rng: createRng(3) });
    for (let round = 0; round < 2; round++) {
      const ids = text.split("").flatMap((unitOfText) => [...stream.push(unitOfText)]);
      expect(stream.pending).toBeLessThan(2000);
      expect([...ids, ...stream.end()]).toEqual(drawnWhole(model, text, 0.3, rng));
      expect(stream.pending).toBe(0);
    }
  });

  test("and so are those cut by maxPending the same whatever the parts", () => {
    // The first piece depends on the last character.
    const model = modelFromPieces({ x: -1, xa: -1, ab: -1, ba: -1, b: -3 });
    const text = `x${"ab".repeat(3000)}`;
    const names = ["x", "xa", "ab", "ba", "b"];
    fc.assert(
      fc.property(
        fc.array(fc.nat(), { maxLength: 8 }),
        fc.integer({ min: 1, max: 2500 }),
        (places, maxPending) => {
          const options = () => ({ maxPending, overflow: "cut", rng: createRng(8) }) as const;
          const ids = streamed(model, cutAt(text, places), options());
          expect(ids).toEqual(streamed(model, [text], options()));
          expect(ids.map((id) => names[id]).join("")).toBe(text);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe("the law is that of the whole text", () => {
  const model = modelFromPieces({
    "<unk>": -9,
    a: -1,
    ab: -1.5,
    ba: -1.7,
    bab: -2,
    b: -1.2,
    "▁": -2,
    "▁a": -2.5,
  });
  const text = "bab ababé";
  const lattice = latticeOf(model, text);

  test.each(ALPHAS)("by a G-test against enumeration, alpha = %s", (alpha) => {
    const law = new Map<string, number>();
    for (const [path, p] of lawOf(lattice, alpha)) {
      const edges = Int32Array.from(path.split(","), Number);
      const ids = emit(model, { lattice, edges, score: 0 }).ids.join();
      law.set(ids, (law.get(ids) ?? 0) + p);
    }
    const stream = sampleStream(model, { alpha, rng: createRng(5) });
    const counts = new Map<string, number>();
    for (let i = 0; i < 20_000; i++) {
      const at = i % text.length;
      const ids = [...stream.push(text.slice(0, at)), ...stream.push(text.slice(at)), ...stream.end()].join();
      counts.set(ids, (counts.get(ids) ?? 0) + 1);
    }
    expect(gTest(counts, law)).toBeGreaterThan(FALSE_ALARM);
  });

  test("also where decisions are taken within: the shares of pieces at the seams of a long text", () => {
    // Each of 1,000 copies is a word of its own, whose law is known; the decisions fall anywhere among them.
    const word = lawOf(latticeOf(modelFromPieces({ a: -1, aa: -1.5, aaa: -3 }), "aaaa"), 0.5);
    const apart = modelFromPieces({ a: -1, aa: -1.5, aaa: -3, "|": -1 });
    const ids = streamed(apart, Array<string>(20_000).fill("aaaa|"), { alpha: 0.5, rng: createRng(6) });
    const byIds = new Map<string, number>();
    const single = latticeOf(modelFromPieces({ a: -1, aa: -1.5, aaa: -3 }), "aaaa");
    for (const [path, p] of word)
      byIds.set(
        path
          .split(",")
          .map((e) => single.label[Number(e)])
          .join(),
        p,
      );
    const counts = new Map<string, number>();
    for (const drawn of ids.join().split(",3").slice(0, -1)) {
      const key = drawn.replace(/^,/, "");
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    expect(gTest(counts, byIds)).toBeGreaterThan(FALSE_ALARM);
  });

  test("at alpha = ∞ it is the best path", () => {
    const parts = cutAt(text.repeat(300), [10, 333, 2000]);
    expect(streamed(model, parts, { alpha: Infinity })).toEqual([
      ...encodeIds(model, text.repeat(300), { ties: "exact" }),
    ]);
  });
});

describe("adapters", () => {
  const model = modelFromPieces({ a: -1, ab: -1.5, b: -2, "🍣": -3 });
  const parts = ["aab", "", "b\ud83c", "\udf63a", "b".repeat(5000)];
  const want = drawnWhole(model, parts.join(""), 0.2, createRng(1));
  const options = () => ({ alpha: 0.2, rng: createRng(1) });

  test("over an iterable, asynchronous or not", async () => {
    const asynchronous = (async function* () {
      yield* parts;
    })();
    for (const source of [parts, asynchronous]) {
      const ids: number[] = [];
      for await (const part of sampleParts(model, source, options())) ids.push(...part);
      expect(ids).toEqual(want);
    }
  });

  test("as a web stream", async () => {
    const source = new ReadableStream<string>({
      start(controller) {
        for (const part of parts) controller.enqueue(part);
        controller.close();
      },
    });
    const reader = source.pipeThrough(sampleTransform(model, options())).getReader();
    const ids: number[] = [];
    for (let got = await reader.read(); !got.done; got = await reader.read()) ids.push(...got.value);
    expect(ids).toEqual(want);
  });
});

describe("bad input", () => {
  const model = modelFromPieces({ a: -1, aa: -1 });
  const latticeCode = (run: () => unknown): string => {
    try {
      run();
    } catch (error) {
      if (error instanceof LatticeError) return error.code;
      throw error;
    }
    return "none";
  };

  test("an alpha or a generator that is none is a SamplingError", () => {
    for (const alpha of [NaN, -Infinity, 1e10])
      expect(codeOf(() => sampleStream(model, { alpha }))).toBe("argument");
    expect(codeOf(() => sampleStream(model, { rng: 1 as unknown as RandomSource }))).toBe("argument");
    for (const bad of [1, NaN, -0.1])
      expect(codeOf(() => streamed(model, ["aaa"], { rng: () => bad }))).toBe("rng");
  });

  test("a bound, a push or a model that is none is lattice's error", () => {
    expect(latticeCode(() => sampleStream(model, { maxPending: 0.5 }))).toBe("argument");
    expect(latticeCode(() => sampleStream(model, { overflow: "drop" as "cut" }))).toBe("argument");
    expect(latticeCode(() => sampleStream(model).push(1 as unknown as string))).toBe("argument");
    expect(latticeCode(() => sampleStream({} as Model))).toBe("argument");
    expect(latticeCode(() => sampleStream({ ...model, kind: "bpe", subword: {} as never }))).toBe(
      "unsupported",
    );
  });

  test("a text that the pieces do not cover is no-path, as soon as it shows or at the end", () => {
    expect(latticeCode(() => streamed(model, ["ab"]))).toBe("no-path");
    const stream = sampleStream(model);
    expect(
      latticeCode(() => {
        for (let i = 0; i < 2000; i++) stream.push("ab");
      }),
    ).toBe("no-path");
  });
});
