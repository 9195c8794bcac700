import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compileModel, type Model, PieceType } from "../../src/model/model.ts";
import { KernelSearcher } from "../../src/segment/kernel-searcher.ts";
import { kernelModule } from "../../src/segment/kernel-memory.ts";
import { PlainSearcher } from "../../src/segment/plain-searcher.ts";
import { drawnFromLattice } from "../../src/segment/draw-ids.ts";
import { charsmapOf, type Rule } from "../darts.ts";
import { foundBy } from "./found-by.ts";

/** Numbers on [0, 1), the same each time. */
const sequence = (): (() => number) => {
  let last = 0;
  return () => (last = (last + Math.SQRT1_2) % 1);
};

const utf8 = new TextEncoder();

/** A model of these pieces, some of them kept from rules. */
function modelOf(
  pieces: readonly (readonly [name: string, score: number, kept: boolean])[],
  normalizer: Omit<Model["normalizer"], "kept">,
): Model {
  const names = [utf8.encode("<unk>"), ...pieces.map(([name]) => utf8.encode(name))];
  const start = new Int32Array(names.length + 1);
  names.forEach(({ length }, id) => (start[id + 1] = start[id]! + length));
  const bytes = new Uint8Array(start.at(-1)!);
  names.forEach((name, id) => bytes.set(name, start[id]));
  const kinds = pieces.map(([, , kept]) => (kept ? PieceType.userDefined : PieceType.normal));
  return compileModel(
    {
      bytes,
      start,
      score: Float64Array.from([-20, ...pieces.map(([, score]) => score)]),
      type: Uint8Array.from([PieceType.unknown, ...kinds]),
    },
    { byteFallback: false, normalizer, denormalizer: null, unkSurface: "" },
  );
}

interface Shape {
  readonly rules: readonly Rule[];
  readonly pieces: readonly (readonly [name: string, score: number, kept: boolean])[];
  readonly words: boolean;
  readonly byteFallback: boolean;
  readonly flags: Omit<Model["normalizer"], "kept" | "rules" | "replacements">;
}

describe("the kernel normalises as plain TypeScript does", () => {
  const character = fc.constantFrom("a", "b", " ", "é", "漢", "▁", "🍣", "\u0301", "\0", "x");
  const bytes = fc
    .tuple(fc.string({ unit: character, maxLength: 3 }), fc.nat(9), fc.nat(9))
    .map(([text, from, less]) => {
      // Mostly whole characters; some begin or end inside one.
      const whole = utf8.encode(text);
      return from < 8
        ? whole
        : from === 8
          ? whole.subarray(less % 3)
          : whole.subarray(0, whole.length - (less % 3));
    });
  const noNul = bytes.map((all) => all.filter((byte) => byte !== 0));
  const rule: fc.Arbitrary<Rule> = fc.tuple(
    noNul.filter(({ length }) => length > 0),
    noNul,
  );
  const flags = fc.oneof(
    fc.constant({ addDummyPrefix: true, removeExtraSpaces: true, escapeSpaces: true, spaceAsSuffix: false }),
    fc.record({
      addDummyPrefix: fc.boolean(),
      removeExtraSpaces: fc.boolean(),
      escapeSpaces: fc.boolean(),
      spaceAsSuffix: fc.boolean(),
    }),
  );
  const piece = fc.tuple(
    fc
      .tuple(fc.constantFrom("", "", "▁"), fc.string({ unit: character, minLength: 1, maxLength: 4 }))
      .map((p) => p.join("")),
    fc.constantFrom(-1, -2.5, -0.1, -0.3),
    fc.nat(5).map((n) => n === 0),
  );
  const shape = fc.record({
    rules: fc.array(rule, { maxLength: 5 }),
    pieces: fc.array(piece, { maxLength: 12 }),
    words: fc.boolean(),
    byteFallback: fc.boolean(),
    flags,
  });
  const modelFor = ({ rules, pieces, words, byteFallback, flags: asked }: Shape): Model => {
    const named = new Map(
      [["▁", -1, false] as const, ...pieces]
        // Otherwise hardly a model could be taken word by word.
        .filter(([name]) => !words || name.lastIndexOf("▁") <= 0)
        .map((each) => [each[0], each]),
    );
    const made = modelOf([...named.values()], {
      ...(rules.length > 0
        ? charsmapOf(rules)
        : { rules: new Uint32Array(0), replacements: new Uint8Array(0) }),
      ...asked,
    });
    return byteFallback
      ? { ...made, byteId: Int32Array.from({ length: 256 }, (_, byte) => 255 - byte) }
      : made;
  };
  const text = fc.string({
    unit: fc.oneof(character, fc.constantFrom(" ", "  ", "a", "ab ", "\ud800", "e\u0301")),
    maxLength: 20,
  });

  test("with whatever rules and kept pieces, word by word or not", () => {
    fc.assert(
      fc.property(shape, fc.array(text, { minLength: 1, maxLength: 4 }), (each, texts) => {
        const made = modelFor(each);
        const kernel = new KernelSearcher(kernelModule()!, made);
        const plain = new PlainSearcher(made);
        for (const sample of [...texts, ...texts])
          for (const ties of ["sentencepiece", "exact"] as const)
            expect(foundBy(kernel, made, sample, ties)).toEqual(foundBy(plain, made, sample, ties));
        for (const sample of [...texts, ...texts]) {
          expect(kernel.lattice(sample)).toEqual(plain.lattice(sample));
          const drawn = kernel.draw(sample, 0.9, sequence());
          if (drawn !== undefined) expect(drawn).toEqual(drawnFromLattice(made, sample, 0.9, sequence()));
        }
      }),
      { numRuns: 150 },
    );
  });

  test("with a rule or a kept piece that goes on beyond a word, or begins before it", () => {
    const asked = { addDummyPrefix: true, removeExtraSpaces: true, escapeSpaces: true, spaceAsSuffix: false };
    const longer = "a  b a b ab a b";
    for (const key of ["a b", "a ", " b", "  ", " "])
      for (const kept of [false, true]) {
        const made = modelOf(
          [
            ["▁", -1, false],
            ["b", -1, false],
            [key, -1, kept],
          ],
          { ...charsmapOf(kept ? [] : [[utf8.encode(key), utf8.encode("bb")]]), ...asked },
        );
        const kernel = new KernelSearcher(kernelModule()!, made);
        for (const sample of [longer, key, "   ", longer])
          expect(foundBy(kernel, made, sample, "exact")).toEqual(
            foundBy(new PlainSearcher(made), made, sample, "exact"),
          );
      }
  });

  test.each(["é", "漢", "🍣"])("with rules that end at any byte of %s behind another character", (second) => {
    const key = utf8.encode(`a${second}`);
    for (let size = 1; size <= key.length; size++) {
      const rules = charsmapOf([[key.subarray(0, size), utf8.encode("b")]]);
      const asked = {
        addDummyPrefix: false,
        removeExtraSpaces: false,
        escapeSpaces: true,
        spaceAsSuffix: false,
      };
      const made = modelOf([["b", -1, false]], { ...rules, ...asked });
      const kernel = new KernelSearcher(kernelModule()!, made);
      const sample = `a a${second} a${second}a ${second}`;
      expect(foundBy(kernel, made, sample, "exact")).toEqual(
        foundBy(new PlainSearcher(made), made, sample, "exact"),
      );
    }
  });
});
