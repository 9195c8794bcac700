import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { encodeIds, type Model, modelFromPieces } from "../../src/index.ts";
import { encodeParts, encodeStream, encodeTransform, type StreamOptions } from "../../src/stream.ts";

const streamed = (model: Model, parts: readonly string[], options?: StreamOptions): number[] => {
  const stream = encodeStream(model, options);
  return [...parts.flatMap((part) => [...stream.push(part)]), ...stream.end()];
};
/** A text cut at some places, inside surrogate pairs too. */
const cutAt = (text: string, places: readonly number[]): string[] => {
  const at = [0, ...places.map((place) => place % (text.length + 1)).sort((a, b) => a - b), text.length];
  return at.slice(1).map((end, i) => text.slice(at[i], end));
};
/** A Darts double array with one key, "a!" → "b b": the text is normalised with a look ahead. */
const lookAhead = ((): Uint32Array => {
  const units = new Uint32Array(1024);
  units[0] = 512 << 10;
  units[512 ^ 0x61] = (300 << 10) | 0x61;
  units[512 ^ 0x61 ^ 300 ^ 0x21] = (77 << 10) | 0x100 | 0x21;
  units[512 ^ 0x61 ^ 300 ^ 0x21 ^ 77] = 0x80000000;
  return units;
})();

describe("the ids of the parts are those of the whole text", () => {
  const unit = fc.constantFrom("a", "b", "ab", " ", "  ", "é", "漢", "🍣", "!", "▁", "\ud800");
  const piece = fc.string({
    unit: fc.constantFrom("a", "b", " ", "é", "漢", "🍣", "▁", "!"),
    minLength: 1,
    maxLength: 4,
  });
  const model = fc
    .record({
      pieces: fc.uniqueArray(fc.tuple(piece, fc.double({ min: -9, max: 0, noNaN: true })), {
        selector: ([name]) => name,
        minLength: 1,
        maxLength: 20,
      }),
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
    .map(({ pieces, byteFallback, kept, rules, flags }): Model => {
      const plain = modelFromPieces([["<unk>", -20], ...pieces]);
      return {
        ...plain,
        byteId: byteFallback ? Int32Array.from({ length: 256 }, (_, byte) => 255 - byte) : plain.byteId,
        normalizer: {
          ...plain.normalizer,
          ...flags,
          kept: kept ? plain.trie : plain.normalizer.kept,
          ...(rules ? { rules: lookAhead, replacements: Uint8Array.of(0x62, 0x20, 0x62, 0) } : {}),
        },
      };
    });

  test("for any model, any text, any cuts and either tie rule", () => {
    fc.assert(
      fc.property(
        model,
        // Long enough for decisions to be taken on the way.
        fc.tuple(fc.string({ unit, maxLength: 40 }), fc.nat(80)).map(([part, times]) => part.repeat(times)),
        fc.array(fc.nat(), { maxLength: 8 }),
        fc.constantFrom("exact" as const, "sentencepiece" as const),
        (made, text, places, ties) => {
          expect(streamed(made, cutAt(text, places), { ties })).toEqual([...encodeIds(made, text, { ties })]);
        },
      ),
      { numRuns: 1000 },
    );
  });

  test("character by character over a long text, and again after the end", () => {
    const made = modelFromPieces({ "<unk>": -9, a: -1, ab: -1.5, ba: -1.5, bab: -2, b: -1.2, "🍣": -4 });
    const text = "abbabab🍣bbaé🍣".repeat(2000);
    const want = [...encodeIds(made, text)];
    const stream = encodeStream(made);
    for (let round = 0; round < 2; round++) {
      const ids = text.split("").flatMap((part) => [...stream.push(part)]);
      expect(stream.pending).toBeLessThan(3000);
      expect([...ids, ...stream.end()]).toEqual(want);
      expect(stream.pending).toBe(0);
    }
  });

  test("with a longest piece that begins where an unknown character could", () => {
    const made = modelFromPieces({ a: -1, b: -2, aaaab: -1 });
    const text = "aaaab".repeat(300);
    expect(streamed(made, text.split(""))).toEqual([...encodeIds(made, text)]);
    expect(streamed(made, ["aaaab", "aaaab"])).toEqual([2, 2]);
  });

  test("in one part of a million characters", () => {
    const made = modelFromPieces({ a: -1, ab: -1.5, b: -2 });
    const text = "aab".repeat(333_333);
    expect(streamed(made, [text])).toEqual([...encodeIds(made, text)]);
  });
});

describe("a text that is not decided before its end", () => {
  // The article's pieces x, xa, ab, ba: whether x or xa comes first depends on how the text ends.
  const made = modelFromPieces({ x: -1, xa: -1, ab: -1, ba: -1, b: -1.5 });

  test("waits, and is an error beyond maxPending", () => {
    const text = `x${"ab".repeat(3000)}`;
    expect(streamed(made, cutAt(text, [100, 2000]))).toEqual([...encodeIds(made, text)]);
    const stream = encodeStream(made, { maxPending: 1000 });
    expect(() => {
      for (let i = 0; i < 3000; i++) stream.push(i === 0 ? "x" : "ab");
    }).toThrow(expect.objectContaining({ code: "pending" }));
  });

  test("or is cut there, if one chooses: nothing is lost", () => {
    const parts = Array.from({ length: 3000 }, (_, i) => (i === 0 ? "x" : "ab"));
    const ids = streamed(made, parts, { maxPending: 1000, overflow: "cut" });
    const names = ["x", "xa", "ab", "ba", "b"];
    expect(ids.map((id) => names[id]).join("")).toBe(parts.join(""));
  });
});

describe("adapters", () => {
  const made = modelFromPieces({ a: -1, ab: -1.5, b: -2, "🍣": -3 });
  const parts = ["aab", "", "b\ud83c", "\udf63a", "b".repeat(5000)];
  const want = [...encodeIds(made, parts.join(""))];

  test("over an iterable, asynchronous or not", async () => {
    const collect = async (source: AsyncIterable<string> | Iterable<string>): Promise<number[]> => {
      const ids: number[] = [];
      for await (const part of encodeParts(made, source)) ids.push(...part);
      return ids;
    };
    expect(await collect(parts)).toEqual(want);
    expect(
      await collect(
        (async function* () {
          yield* parts;
        })(),
      ),
    ).toEqual(want);
  });

  test("as a web stream", async () => {
    const reader = new ReadableStream<string>({
      start(controller) {
        for (const part of parts) controller.enqueue(part);
        controller.close();
      },
    })
      .pipeThrough(encodeTransform(made))
      .getReader();
    const ids: number[] = [];
    for (let got = await reader.read(); !got.done; got = await reader.read()) ids.push(...got.value);
    expect(ids).toEqual(want);
  });

  test("an error ends them", async () => {
    const uncovered = encodeParts(made, ["aa", "?"]);
    await expect(uncovered.next()).rejects.toMatchObject({ code: "no-path" });
  });
});

describe("bad input", () => {
  const made = modelFromPieces({ a: -1 });

  test.each<StreamOptions>([
    { maxPending: 0 },
    { maxPending: 1.5 },
    { maxPending: NaN },
    { overflow: "drop" as "cut" },
    { ties: "first" as "exact" },
  ])("options %j are refused", (options) => {
    expect(() => encodeStream(made, options)).toThrow(expect.objectContaining({ code: "argument" }));
  });

  test("so is a push that is not a string", () => {
    expect(() => encodeStream(made).push(1 as unknown as string)).toThrow(
      expect.objectContaining({ code: "argument" }),
    );
  });

  test("a text that the pieces do not cover is no-path, as soon as it shows or at the end", () => {
    const stream = encodeStream(made);
    expect(() => {
      for (let i = 0; i < 2000; i++) stream.push("ab");
    }).toThrow(expect.objectContaining({ code: "no-path" }));
    const other = encodeStream(made);
    other.push("ab");
    expect(() => other.end()).toThrow(expect.objectContaining({ code: "no-path" }));
  });
});
