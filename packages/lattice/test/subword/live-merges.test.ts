import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readTokenizerJson, writeTokenizerJson } from "../../src/huggingface.ts";
import { encode, LatticeError, type Model } from "../../src/index.ts";
import { pieceStrings, PieceType } from "../../src/model/model.ts";
import { compileBpe } from "../../src/sentencepiece/compile-bpe.ts";
import { readSentencePiece, writeSentencePiece } from "../../src/sentencepiece.ts";
import { liveMerges } from "../../src/subword/live-merges.ts";

/** A piece, its score and its type. */
type Piece = readonly [name: string, score: number, type: number];

const { normal, userDefined, unknown } = PieceType;
const letters: readonly Piece[] = [..."abc"].map((letter) => [letter, -99, normal]);

/** Pieces of three letters with scores of which some are alike, in any order; some are symbols of users. */
const anyPieces = (symbols: boolean): fc.Arbitrary<Piece[]> =>
  fc
    .uniqueArray(
      fc.tuple(
        fc.string({ unit: fc.constantFrom("a", "b", "c"), minLength: 2, maxLength: 5 }),
        fc.integer({ min: -40, max: 0 }),
        symbols ? fc.constantFrom(normal, normal, normal, userDefined) : fc.constant(normal),
      ),
      { selector: ([name]) => name, maxLength: 14 },
    )
    .map((pieces) => [["<unk>", 0, unknown], ...letters, ...pieces]);

const anyText = fc.string({ unit: fc.constantFrom("a", "b", "c", "x"), maxLength: 30 });

function bpe(pieces: readonly Piece[]): Model {
  const utf8 = new TextEncoder();
  const names = pieces.map(([name]) => utf8.encode(name));
  const start = Int32Array.of(
    0,
    ...names.map((_, id) => names.slice(0, id + 1).flatMap((n) => [...n]).length),
  );
  const nothing = new Uint8Array(0);
  return compileBpe(
    {
      bytes: Uint8Array.from(names.flatMap((name) => [...name])),
      start,
      score: Float64Array.from(pieces, ([, score]) => score),
      type: Uint8Array.from(pieces, ([, , type]) => type),
    },
    {
      byteFallback: false,
      normalizer: {
        rules: new Uint32Array(0),
        replacements: nothing,
        addDummyPrefix: false,
        removeExtraSpaces: false,
        escapeSpaces: false,
        spaceAsSuffix: false,
      },
      denormalizer: null,
      unkSurface: "",
    },
  );
}

/** As SentencePiece defines it: of all neighbours that make a piece those of the highest score, the leftmost of them. */
function mergedByHand(text: string, pieces: readonly Piece[]): { parts: string[]; merges: Set<string> } {
  const scoreOf = new Map(pieces.map(([name, score]) => [name, score]));
  const parts = [...text];
  const merges = new Set<string>();
  for (;;) {
    let best = -1;
    const scoreAt = (i: number): number => scoreOf.get(parts[i]! + parts[i + 1]!) ?? -Infinity;
    for (let i = 0; i + 1 < parts.length; i++)
      if (scoreAt(i) > (best < 0 ? -Infinity : scoreAt(best))) best = i;
    if (best < 0) return { parts, merges };
    merges.add(`${parts[best]} ${parts[best + 1]}`);
    parts.splice(best, 2, parts[best]! + parts[best + 1]!);
  }
}

test("the live merge of a piece is its last one as a word, and in no text another makes it", () => {
  fc.assert(
    fc.property(anyPieces(false), fc.array(anyText, { maxLength: 8 }), (pieces, texts) => {
      const model = bpe(pieces);
      const names = pieceStrings(model);
      const { left, right } = model.subword!.merges;
      const live = liveMerges(model);
      const named = (id: number): string | undefined =>
        live[id]! < 0 ? undefined : `${names[left[live[id]!]!]} ${names[right[live[id]!]!]}`;
      const alive = new Set(pieces.map((_, id) => named(id)));
      for (const [name] of pieces) {
        if (name === "<unk>" || name.length < 2) continue;
        const { parts, merges } = mergedByHand(name, pieces);
        expect(named(names.indexOf(name))).toBe(parts.length === 1 ? [...merges].at(-1) : undefined);
      }
      for (const text of texts)
        for (const merge of mergedByHand(text, pieces).merges) expect(alive).toContain(merge);
    }),
  );
});

/** The ids of a text as a tokenizer.json of the model has them; undefined if it is refused. */
function written(model: Model): Model | undefined {
  try {
    return readTokenizerJson(writeTokenizerJson(model));
  } catch (error) {
    expect(error).toBeInstanceOf(LatticeError);
    expect((error as LatticeError).message).toMatch(/of the same score|symbols of users beside/);
    return undefined;
  }
}

describe.each([
  ["without symbols of users", false],
  ["with symbols of users", true],
])("a BPE model of SentencePiece %s", (_, symbols) => {
  test("segments alike as a tokenizer.json, or is refused", () => {
    let kept = 0;
    fc.assert(
      fc.property(anyPieces(symbols), fc.array(anyText, { maxLength: 8 }), (pieces, texts) => {
        const model = bpe(pieces);
        const other = written(model);
        if (other === undefined) return;
        kept++;
        for (const text of texts)
          expect({ text, ids: encode(other, text).ids }).toEqual({ text, ids: encode(model, text).ids });
      }),
      { numRuns: 400 },
    );
    expect(kept).toBeGreaterThan(100);
  });

  test("is the same model when it is written as a .model and read", () => {
    fc.assert(
      fc.property(anyPieces(symbols), (pieces) => {
        const model = bpe(pieces);
        expect({ ...readSentencePiece(writeSentencePiece(model)), unkSurface: "" }).toEqual(model);
      }),
    );
  });
});
