import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { encodeIds, latticeOf, type Model, modelFromPieces } from "../../src/index.ts";
import { idsOfParts, type Keep, keptPathStream, type PendingOptions, transformOf } from "../../src/stream.ts";

/** Keeps the best edge into each node, the first of equal ones, from a record of all scores. */
const best =
  (model: Model): (() => Keep) =>
  () => {
    const scores = new Map([[0, 0]]);
    return (start, end, label) => {
      const score = scores.get(start)! + model.labelScore[label]!;
      if (score <= (scores.get(end) ?? -Infinity)) return false;
      scores.set(end, score);
      return true;
    };
  };
const streamed = (
  model: Model,
  begin: () => Keep,
  parts: readonly string[],
  options?: PendingOptions,
): number[] => {
  const stream = keptPathStream(model, begin, options);
  return [...parts.flatMap((part) => [...stream.push(part)]), ...stream.end()];
};
const cutAt = (text: string, places: readonly number[]): string[] => {
  const at = [0, ...places.map((place) => place % (text.length + 1)).sort((a, b) => a - b), text.length];
  return at.slice(1).map((end, i) => text.slice(at[i], end));
};

const unit = fc.constantFrom("a", "b", " ", "é", "漢", "🍣", "\ud800");
const pieces = fc.uniqueArray(
  fc.tuple(
    fc.string({ unit: fc.constantFrom("a", "b", "▁", "é", "漢", "🍣"), minLength: 1, maxLength: 4 }),
    fc.double({ min: -9, max: 0, noNaN: true }),
  ),
  { selector: ([name]) => name, minLength: 1, maxLength: 20 },
);
const texts = fc
  .tuple(fc.string({ unit, maxLength: 40 }), fc.nat(60))
  .map(([part, times]) => part.repeat(times));
const model = fc.record({ pieces, byteFallback: fc.boolean(), marks: fc.boolean() }).map((made): Model => {
  const plain = modelFromPieces([["<unk>", -20], ...made.pieces]);
  return {
    ...plain,
    byteId: made.byteFallback ? Int32Array.from({ length: 256 }, (_, byte) => byte) : plain.byteId,
    normalizer: { ...plain.normalizer, addDummyPrefix: made.marks, escapeSpaces: made.marks },
  };
});

describe("a stream of kept paths", () => {
  test("is encodeStream, if the best edge is kept: for any model, text and cuts", () => {
    fc.assert(
      fc.property(model, texts, fc.array(fc.nat(), { maxLength: 8 }), (made, text, places) => {
        expect(streamed(made, best(made), cutAt(text, places))).toEqual([
          ...encodeIds(made, text, { ties: "exact" }),
        ]);
      }),
      { numRuns: 300 },
    );
  });

  test("offers the edges of the whole text's lattice in their order, however it is cut", () => {
    fc.assert(
      fc.property(model, texts, fc.array(fc.nat(), { maxLength: 8 }), (made, text, places) => {
        const offered: number[] = [];
        const all: Keep = (...edge) => {
          offered.push(...edge);
          return true;
        };
        streamed(made, () => all, cutAt(text, places));
        const { rowStart, end, label, length } = latticeOf(made, text);
        const reached = new Uint8Array(length + 1);
        reached[0] = 1;
        const wanted: number[] = [];
        for (let s = 0; s < length; s++)
          for (let e = rowStart[s]!; e < rowStart[s + 1]! && reached[s] === 1; e++) {
            wanted.push(s, end[e]!, label[e]!);
            reached[end[e]!] = 1;
          }
        expect(offered).toEqual(wanted);
      }),
      { numRuns: 200 },
    );
  });

  test("leaves out what begins where no edge was kept", () => {
    const made = modelFromPieces({ a: -1, aa: -1, aaa: -1 });
    const offered: string[] = [];
    const notTo1: Keep = (start, end) => {
      offered.push(`${start} ${end}`);
      return end !== 1;
    };
    expect(streamed(made, () => notTo1, ["aaa"])).toEqual([1, 0]);
    expect(offered).toEqual(["0 1", "0 2", "0 3", "2 3"]);
  });
});

describe("beyond maxPending", () => {
  // The first piece depends on the last character.
  const made = modelFromPieces({ x: -1, xa: -1, ab: -1, ba: -1, b: -1.5 });
  const text = `x${"ab".repeat(3000)}`;

  test("the same is an error at the same place, whatever the parts", () => {
    for (const places of [[], [1, 2, 3], Array.from({ length: 300 }, (_, i) => 20 * i)]) {
      expect(() => streamed(made, best(made), cutAt(text, places), { maxPending: 700 })).toThrow(
        expect.objectContaining({ code: "pending", at: 701 }),
      );
    }
  });

  test("or a cut: the same ids, whatever the parts, and each cut begins anew", () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(), { maxLength: 8 }),
        fc.integer({ min: 1, max: 3000 }),
        (places, maxPending) => {
          let begins = 0;
          const begin = (): Keep => {
            begins++;
            return best(made)();
          };
          const options = { maxPending, overflow: "cut" } as const;
          const ids = streamed(made, begin, cutAt(text, places), options);
          const names = ["x", "xa", "ab", "ba", "b"];
          expect(ids.map((id) => names[id]).join("")).toBe(text);
          expect(begins).toBeGreaterThan(2);
          expect(ids).toEqual(streamed(made, begin, [text], options));
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe("adapters and errors", () => {
  const made = modelFromPieces({ a: -1, ab: -1.5, b: -2, "🍣": -3 });
  const parts = ["aab", "", "b\ud83c", "\udf63a", "b".repeat(5000)];
  const want = [...encodeIds(made, parts.join(""), { ties: "exact" })];

  test("an iterable and a web stream give what the stream gives", async () => {
    const ids: number[] = [];
    for await (const part of idsOfParts(keptPathStream(made, best(made)), parts)) ids.push(...part);
    expect(ids).toEqual(want);
    const source = new ReadableStream<string>({
      start(controller) {
        for (const part of parts) controller.enqueue(part);
        controller.close();
      },
    });
    const reader = source.pipeThrough(transformOf(keptPathStream(made, best(made)))).getReader();
    const piped: number[] = [];
    for (let got = await reader.read(); !got.done; got = await reader.read()) piped.push(...got.value);
    expect(piped).toEqual(want);
  });

  test("each text begins anew", () => {
    const stream = keptPathStream(made, best(made));
    for (let round = 0; round < 3; round++)
      expect([...stream.push("aab"), ...stream.push("ab"), ...stream.end()]).toEqual([
        ...encodeIds(made, "aabab"),
      ]);
    expect([...stream.end()]).toEqual([]);
  });

  test("bad arguments, and what keep throws, come out", () => {
    const coded = (code: string): unknown => expect.objectContaining({ code });
    expect(() => keptPathStream(made, 5 as unknown as () => Keep)).toThrow(coded("argument"));
    expect(() => keptPathStream(made, best(made), { maxPending: 0 })).toThrow(coded("argument"));
    expect(() => keptPathStream({ ...made, kind: "bpe", subword: {} as never }, best(made))).toThrow(
      coded("unsupported"),
    );
    const failing = keptPathStream(made, () => () => {
      throw new RangeError("no");
    });
    expect(() => [failing.push("a"), failing.end()]).toThrow(RangeError);
    const nothing = keptPathStream(made, () => () => false);
    nothing.push("a");
    expect(() => nothing.end()).toThrow(coded("no-path"));
  });
});
