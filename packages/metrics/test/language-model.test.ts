import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  bitsPerByte,
  Calibration,
  calibration,
  informationBudget,
  perplexity,
  TokenLosses,
} from "../src/index.ts";
import { characterCount, utf8Length } from "../src/utf8-length.ts";

const argument = expect.objectContaining({ name: "MetricsError", code: "argument" });
const empty = expect.objectContaining({ name: "MetricsError", code: "empty" });

describe("perplexity", () => {
  test("of a choice among n equally likely tokens is n", () => {
    expect(perplexity([Math.log(1 / 50), Math.log(1 / 50)])).toBeCloseTo(50, 12);
    expect(perplexity([0, 0, 0])).toBe(1);
    expect(perplexity([0, -Infinity])).toBe(Infinity);
  });

  test("may be spread over other units", () => {
    expect(perplexity([-1, -1, -1], 2)).toBeCloseTo(Math.exp(1.5), 14);
  });
});

describe("bitsPerByte", () => {
  test("does not see how a text is cut into tokens", () => {
    const text = "naïve 🍣";
    const bits = -8 * Math.LN2;
    expect(bitsPerByte([bits * 6, bits * 5], text)).toBeCloseTo(8, 14);
    expect(bitsPerByte([bits * 11], 11)).toBeCloseTo(8, 14);
  });

  test("counts bytes as TextEncoder does, and characters as an iterator does", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((c) => String.fromCharCode(c)) }),
        (text) => {
          expect(utf8Length(text)).toBe(new TextEncoder().encode(text).length);
          expect(characterCount(text)).toBe([...text].length);
        },
      ),
    );
    expect(() => bitsPerByte([-1], "a\ud83c")).toThrow(expect.objectContaining({ code: "text" }));
    expect(utf8Length("aé中🍣")).toBe(1 + 2 + 3 + 4);
    expect(characterCount("aé中🍣")).toBe(4);
  });
});

describe("TokenLosses", () => {
  test("summarises by token, byte and character", () => {
    const summary = new TokenLosses()
      .add([-Math.LN2, -Math.LN2], "中")
      .add([-2 * Math.LN2], "a")
      .finish();
    expect(summary).toMatchObject({ tokens: 3, bytes: 4, characters: 2 });
    expect(summary.bitsPerToken).toBeCloseTo(4 / 3, 14);
    expect(summary.bitsPerByte).toBeCloseTo(1, 14);
    expect(summary.bitsPerCharacter).toBeCloseTo(2, 14);
    expect(summary.perplexity).toBeCloseTo(2 ** (4 / 3), 14);
  });

  test("knows no loss by byte once a text is missing, nor for texts without bytes", () => {
    const summary = new TokenLosses().add([-1], "a").add([-1]).finish();
    expect(summary).toMatchObject({
      nats: 2,
      bytes: undefined,
      bitsPerByte: undefined,
      bitsPerCharacter: undefined,
    });
    expect(new TokenLosses().add([-1], "").finish().bitsPerByte).toBeUndefined();
  });

  test("of any split gives the same, through JSON, to rounding", () => {
    const entry = fc.oneof(
      fc.double({ min: -1e6, max: 0, noNaN: true }),
      fc.double({ min: -1e-6, max: 0, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 50 }), fc.nat(50), (losses, cut) => {
        const whole = new TokenLosses().add(losses, "abc").finish();
        const first = new TokenLosses().add(losses.slice(0, cut), "ab");
        const rest = new TokenLosses().add(losses.slice(cut), "c");
        const merged = new TokenLosses()
          .merge(JSON.parse(JSON.stringify(rest)))
          .merge(first)
          .finish();
        expect(merged.nats).toBeCloseTo(whole.nats, 8);
        expect(Math.abs(merged.nats - whole.nats)).toBeLessThanOrEqual(2 ** -51 * whole.nats);
        expect(merged).toMatchObject({ tokens: losses.length, bytes: 3, characters: 3 });
      }),
    );
  });

  test("loses nothing of many small losses beside a large one", () => {
    const losses = Float64Array.from({ length: 100_001 }, (_, i) => (i === 0 ? -1e9 : -1e-8));
    expect(new TokenLosses().add(losses).finish().nats).toBe(1e9 + 1e-3);
  });

  test("of an impossible token is infinite, merged and as JSON too", () => {
    const infinite = new TokenLosses().add([-Infinity, -1]);
    const merged = new TokenLosses().add([-1]).merge(JSON.parse(JSON.stringify(infinite)));
    expect(merged.finish()).toMatchObject({ nats: Infinity, perplexity: Infinity, tokens: 3 });
    expect(new TokenLosses().merge(infinite).add([-2]).finish().nats).toBe(Infinity);
  });

  test("refuses what is no log-probability, no tokens, and no sums", () => {
    for (const bad of [NaN, 0.01, "1", null] as never[])
      expect(() => perplexity([-1, bad])).toThrow(expect.objectContaining({ code: "argument", at: 1 }));
    for (const bad of [null, 5, "x", {}] as never[]) expect(() => perplexity(bad)).toThrow(argument);
    expect(() => perplexity([])).toThrow(empty);
    for (const units of [0, -1, NaN, Infinity]) expect(() => perplexity([-1], units)).toThrow(argument);
    expect(() => bitsPerByte([-1], "")).toThrow(argument);
    expect(() => new TokenLosses().add([-1], 5 as never)).toThrow(argument);
    const losses = new TokenLosses().add([-1]).toJSON();
    for (const bad of [
      null,
      {},
      { ...losses, tokens: -1 },
      { ...losses, nats: [] },
      { ...losses, nats: [1] },
      { ...losses, nats: [NaN, 0] },
      { ...losses, bytes: 0.5 },
    ] as never[])
      expect(() => new TokenLosses().merge(bad)).toThrow(argument);
  });
});

describe("calibration", () => {
  const prediction = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean());

  test("agrees with its definition, prediction by prediction", () => {
    fc.assert(
      fc.property(fc.array(prediction, { minLength: 1 }), fc.integer({ min: 1, max: 20 }), (pairs, bins) => {
        const result = calibration(
          pairs.map(([p]) => p),
          pairs.map(([, outcome]) => outcome),
          { bins },
        );
        let expected = 0;
        let largest = 0;
        for (let bin = 0; bin < bins; bin++) {
          const inside = pairs.filter(([p]) => Math.max(1, Math.ceil(p * bins)) === bin + 1);
          expect(result.bins[bin]!.count).toBe(inside.length);
          if (inside.length === 0) continue;
          const mean = (values: number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;
          const gap = Math.abs(
            mean(inside.map(([p]) => p)) - mean(inside.map(([, outcome]) => Number(outcome))),
          );
          expected += (gap * inside.length) / pairs.length;
          largest = Math.max(largest, gap);
        }
        expect(result.expectedError).toBeCloseTo(expected, 12);
        expect(result.maximumError).toBeCloseTo(largest, 12);
        const brier = pairs.reduce((sum, [p, outcome]) => sum + (p - Number(outcome)) ** 2, 0) / pairs.length;
        expect(result.brier).toBeCloseTo(brier, 12);
      }),
    );
  });

  test("is perfect where predictions come true as often as they say", () => {
    const result = calibration([0.25, 0.25, 0.25, 0.25, 1], [1, 0, 0, 0, 1], { bins: 4 });
    expect(result).toMatchObject({ count: 5, expectedError: 0, maximumError: 0 });
    expect(result.brier).toBeCloseTo(0.15, 15);
    expect(result.bins[0]).toEqual({ lower: 0, upper: 0.25, count: 4, confidence: 0.25, accuracy: 0.25 });
    expect(result.bins[1]).toEqual({
      lower: 0.25,
      upper: 0.5,
      count: 0,
      confidence: undefined,
      accuracy: undefined,
    });
  });

  test("adds up from parts, through JSON", () => {
    const first = new Calibration().add(0.9, true).add(0.1, false);
    const rest = new Calibration().add(0.6, 0);
    const merged = new Calibration().merge(JSON.parse(JSON.stringify(first))).merge(rest);
    expect(merged.finish()).toEqual(calibration([0.9, 0.1, 0.6], Uint8Array.of(1, 0, 0)));
  });

  test("refuses what is no probability or outcome, two lengths, none, and no sums", () => {
    for (const bad of [-0.1, 1.1, NaN, "1", null] as never[])
      expect(() => calibration([bad], [true])).toThrow(argument);
    for (const bad of [2, NaN, "1", null, undefined] as never[])
      expect(() => calibration([0.5], [bad])).toThrow(argument);
    expect(() => calibration([0.5], [])).toThrow(expect.objectContaining({ code: "length" }));
    expect(() => calibration([], [])).toThrow(empty);
    expect(() => calibration(null as never, [])).toThrow(argument);
    for (const bins of [0, 1.5, NaN]) expect(() => new Calibration({ bins })).toThrow(argument);
    expect(() => new Calibration().merge(new Calibration({ bins: 3 }))).toThrow(argument);
    expect(() => new Calibration().merge(null as never)).toThrow(argument);
    const sums = new Calibration({ bins: 1 }).add(0.5, true).toJSON();
    for (const bad of [{ counts: [Infinity] }, { counts: [1.5] }, { hits: [0.5] }, { squares: [NaN] }])
      expect(() => new Calibration({ bins: 1 }).merge({ ...sums, ...bad })).toThrow(argument);
  });
});

describe("informationBudget", () => {
  // https://kexue.fm/archives/9984: ImageNet at 64 × 64, some 3 bits a byte.
  const image = { bytes: 64 * 64 * 3, bitsPerByte: 3 };

  test("of an image in few tokens asks for a vocabulary beyond reach", () => {
    expect(informationBudget({ ...image, tokens: 1024 })).toEqual({
      bits: 36_864,
      bitsPerToken: 36,
      tokens: 1024,
      vocabulary: 2 ** 36,
    });
    expect(informationBudget({ ...image, tokens: 256 }).vocabulary).toBe(2 ** 144);
  });

  test("with a vocabulary that there is asks for many tokens", () => {
    expect(informationBudget({ ...image, vocabulary: 8192 }).tokens).toBe(2836);
    expect(informationBudget({ ...image, vocabulary: 65_536 }).tokens).toBe(2304);
  });

  test("refuses sizes that are none, and both or neither of tokens and vocabulary", () => {
    expect(() => informationBudget(image)).toThrow(argument);
    expect(() => informationBudget({ ...image, tokens: 1, vocabulary: 2 })).toThrow(argument);
    for (const bad of [{ bytes: 0 }, { bitsPerByte: NaN }, { tokens: -1 }])
      expect(() => informationBudget({ ...image, tokens: 1, ...bad })).toThrow(argument);
    expect(() => informationBudget({ ...image, vocabulary: 1 })).toThrow(argument);
  });
});
