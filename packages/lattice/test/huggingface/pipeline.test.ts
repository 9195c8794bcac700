import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readTokenizerJson } from "../../src/huggingface.ts";
import {
  decode,
  decodeStream,
  emit,
  encode,
  encodeBatch,
  encodeIds,
  encodePair,
  latticeOf,
  marginals,
  nbest,
  normalize,
  viterbi,
} from "../../src/index.ts";
import { encodeStream } from "../../src/stream.ts";
import { writeSentencePiece } from "../../src/sentencepiece.ts";
import { kernelModule } from "../../src/segment/kernel-memory.ts";
import { KernelSearcher } from "../../src/segment/kernel-searcher.ts";
import { PlainSearcher } from "../../src/segment/plain-searcher.ts";
import { enumeratePaths } from "../oracle.ts";
import { added, metaspace, small, type SmallOptions, smallVocab } from "./small.ts";

const read = (options?: SmallOptions): ReturnType<typeof readTokenizerJson> =>
  readTokenizerJson(small(options));
const sequence = (...normalizers: object[]): object => ({ type: "Sequence", normalizers });
const template = {
  type: "TemplateProcessing",
  single: [
    { SpecialToken: { id: "<s>", type_id: 0 } },
    { Sequence: { id: "A", type_id: 0 } },
    { SpecialToken: { id: "</s>", type_id: 2 } },
  ],
  pair: [
    { Sequence: { id: "B", type_id: 1 } },
    { SpecialToken: { id: "</s>", type_id: 0 } },
    { Sequence: { id: "A", type_id: 0 } },
  ],
  special_tokens: {
    "<s>": { id: "<s>", ids: [9], tokens: ["<s>"] },
    "</s>": { id: "</s>", ids: [10, 10], tokens: ["</s>", "</s>"] },
  },
};
const specials = [added("<s>", 9), added("</s>", 10)];

describe("a document", () => {
  test("may come as text, as bytes with or without a byte order mark, or parsed", () => {
    const text = JSON.stringify(small());
    const bytes = new TextEncoder().encode(text);
    const want = readTokenizerJson(small());
    expect(readTokenizerJson(text)).toEqual(want);
    expect(readTokenizerJson(bytes)).toEqual(want);
    expect(readTokenizerJson(Uint8Array.of(0xef, 0xbb, 0xbf, ...bytes))).toEqual(want);
  });

  test("is not kept: changing it afterwards changes nothing", () => {
    const vocab = [
      ["<unk>", 0],
      ["a", -1],
    ];
    const post = structuredClone({ type: "BertProcessing", sep: ["a", 1], cls: ["a", 1] });
    const model = read({ vocab, post_processor: post });
    vocab[1]![0] = "b";
    post.cls[1] = 0;
    expect([...encodeIds(model, "a")]).toEqual([1, 0, 1, 1]);
  });
});

describe("segmentation", () => {
  test("no piece goes beyond a pre-token, however well it scores", () => {
    expect(encode(read(), "a b").pieces).toEqual(["▁a", "▁", "b"]);
    expect(encode(read({ pre_tokenizer: { ...metaspace, split: false } }), "a b").pieces).toEqual([
      "▁",
      "a▁b",
    ]);
  });

  test("a run of unknown characters is one piece, and ends where a pre-token does", () => {
    expect(encode(read(), "xy xy").pieces).toEqual(["▁", "xy", "▁", "xy"]);
    const apart = { type: "Split", pattern: { String: "y" }, behavior: "Isolated", invert: false };
    expect(encode(read({ pre_tokenizer: apart }), "xyx").pieces).toEqual(["x", "y", "x"]);
  });

  test("an unknown character scores 10 below the lowest of all pieces", () => {
    expect(encode(read({ pre_tokenizer: null }), "x").score).toBe(-14);
  });

  test("the unknown piece's name in a text scores what the file says", () => {
    const model = read({ pre_tokenizer: null });
    expect(encode(model, "<unk>")).toMatchObject({ ids: Int32Array.of(0), pieces: ["<unk>"], score: 0 });
    expect(encode(model, "x<unk>")).toMatchObject({
      ids: Int32Array.of(0),
      pieces: ["x<unk>"],
      score: -14,
    });
  });

  test("a model without an unknown piece says where it cannot go on, or finds the way around", () => {
    const model = read({ vocab: [["▁", -1], ["ab", -1]], model: { unk_id: null } }); // prettier-ignore
    expect(encode(model, "ab ab").pieces).toEqual(["▁", "ab", "▁", "ab"]);
    expect(() => encode(model, "ab a")).toThrow(expect.objectContaining({ code: "no-path", at: 3 }));
  });

  test("special tokens go around a text unless they are not wanted", () => {
    const model = read({ post_processor: template, added: specials });
    expect(encode(model, "a")).toEqual({
      ids: Int32Array.of(9, 1, 10, 10),
      pieces: ["<s>", "▁a", "</s>", "</s>"],
      offsets: Int32Array.of(0, 0, 0, 1, 0, 0, 0, 0),
      score: -1,
    });
    expect([...encodeIds(model, "a")]).toEqual([9, 1, 10, 10]);
    expect([...encodeIds(model, "a", { specialTokens: false })]).toEqual([1]);
    expect([...encodeBatch(model, ["a", ""]).ids]).toEqual([9, 1, 10, 10, 9, 10, 10]);
    expect([...encodeBatch(model, ["a", ""], { specialTokens: false }).ids]).toEqual([1]);
  });

  test("a pair follows its template, and says what comes from where", () => {
    const model = read({ post_processor: template, added: specials });
    expect(encodePair(model, "a", "b")).toEqual({
      ids: Int32Array.of(2, 4, 10, 10, 1),
      pieces: ["▁", "b", "</s>", "</s>", "▁a"],
      offsets: Int32Array.of(0, 1, 0, 1, 0, 0, 0, 0, 0, 1),
      score: -5,
      typeIds: Int32Array.of(1, 1, 0, 0, 0),
      texts: Int8Array.of(1, 1, -1, -1, 0),
    });
  });

  test("a pattern of the empty text is put in between", () => {
    const between = { type: "Replace", pattern: { Regex: "(?=b)" }, content: "-" };
    expect(normalize(read({ normalizer: between, pre_tokenizer: null }), "ab漢b")).toBe("a-b漢-b");
  });
});

describe("decoding", () => {
  test("special tokens are left out unless they are wanted", () => {
    const model = read({ added: specials, decoder: metaspace });
    expect(decode(model, [9, 1, 6, 10])).toBe("a ab");
    expect(decode(model, [9, 1, 6, 10], { specialTokens: true })).toBe("<s> a ab</s>");
  });

  test("without a decoder there are spaces between the pieces", () => {
    expect(decode(read(), [1, 4])).toBe("▁a b");
  });

  test("an id that the model does not have is refused", () => {
    expect(() => decode(read(), [1, 9])).toThrow(expect.objectContaining({ code: "argument", at: 1 }));
  });
});

test.each<[string, () => unknown]>([
  ["encodeStream, without words,", () => encodeStream(read({ pre_tokenizer: null }))],
  [
    "decodeStream, with a step on the text as a whole,",
    () =>
      decodeStream(
        read({
          decoder: {
            type: "Sequence",
            decoders: [{ type: "Fuse" }, { type: "Strip", content: " ", start: 0, stop: 1 }],
          },
        }),
      ),
  ],
  ["writeSentencePiece", () => writeSentencePiece(read())],
])("%s refuses a model with the steps of a tokenizer.json", (_, call) => {
  expect(call).toThrow(expect.objectContaining({ code: "unsupported" }));
});

describe("for any steps and any text", () => {
  const normalizer = fc.constantFrom<object | null>(
    null,
    { type: "NFD" },
    { type: "NFKC" },
    { type: "Nmt" },
    sequence({ type: "NFKD" }, { type: "StripAccents" }, { type: "Lowercase" }),
    { type: "Strip", strip_left: true, strip_right: true },
    { type: "Replace", pattern: { Regex: "a+| {2,}" }, content: "ab" },
    { type: "Prepend", prepend: "▁a" },
  );
  const preTokenizer = fc.constantFrom<object | null>(
    null,
    metaspace,
    { ...metaspace, prepend_scheme: "first" },
    { ...metaspace, prepend_scheme: "never", split: false },
    { type: "WhitespaceSplit" },
    { type: "Whitespace" },
    { type: "Sequence", pretokenizers: [{ type: "WhitespaceSplit" }, metaspace] },
    {
      type: "Sequence",
      pretokenizers: [{ type: "Punctuation" }, { type: "Digits", individual_digits: true }],
    },
    { type: "Split", pattern: { Regex: "b+" }, behavior: "MergedWithNext", invert: false },
  );
  const tokens = [
    added("<m>", 9, { lstrip: true, rstrip: true }),
    added("ab", 5, { single_word: true, normalized: true, special: false }),
    added("<unk>", 0),
  ];
  const model = fc
    .record({
      normalizer,
      pre_tokenizer: preTokenizer,
      added: fc.constantFrom([], tokens),
      bytes: fc.boolean(),
    })
    .map(({ bytes, ...options }) => {
      const made = read(options);
      // Identifiers of byte pieces need no pieces to be told apart.
      return bytes ? { ...made, byteId: Int32Array.from({ length: 256 }, (_, byte) => byte % 9) } : made;
    });
  const unit = fc.constantFrom(
    "a",
    "b",
    "ab",
    "B",
    "1",
    ".",
    " ",
    "  ",
    "\n",
    "\u3000",
    "é",
    "e\u0301",
    "\u0323\u0301",
    "漢",
    "🍣",
    "\0",
    "▁",
    "\ud800",
    "<m>",
    "<unk>",
    "x", // prettier-ignore
  );
  const text = fc.string({ unit, maxLength: 9 });

  test("the kernel finds what plain TypeScript finds", () => {
    fc.assert(
      fc.property(model, text, (made, sample) => {
        const kernel = new KernelSearcher(kernelModule()!, made);
        const plain = new PlainSearcher(made);
        expect(kernel.search(sample, "exact", "ids")).toBe(plain.search(sample, "exact"));
        const found = [kernel, plain].map((searcher) => ({
          ids: searcher.ids(),
          score: searcher.score(),
          bytes: searcher.bytes().slice(),
          preTokens: searcher.preTokens(),
        }));
        expect(found[0]).toEqual(found[1]);
        expect(kernel.lattice(sample)).toEqual(plain.lattice(sample));
      }),
      { numRuns: 400 },
    );
  });

  test("offsets are in order inside the text, and end where characters do", () => {
    fc.assert(
      fc.property(model, text, (made, sample) => {
        const { ids, pieces, offsets } = encode(made, sample, { specialTokens: false });
        expect(offsets).toHaveLength(2 * ids.length);
        expect(pieces).toHaveLength(ids.length);
        for (let i = 0; i < ids.length; i++) {
          const [begin, end] = offsets.subarray(2 * i, 2 * i + 2);
          expect(begin).toBeGreaterThanOrEqual(0);
          expect(end).toBeLessThanOrEqual(sample.length);
          expect(end).toBeGreaterThanOrEqual(begin!);
          const slice = sample.toWellFormed().slice(begin, end);
          expect(slice.isWellFormed()).toBe(true);
        }
      }),
      { numRuns: 400 },
    );
  });

  test("without normalisation each piece is what its offsets point at, but for marks and spaces", () => {
    fc.assert(
      fc.property(preTokenizer, text, (splitter, sample) => {
        const { pieces, offsets } = encode(read({ pre_tokenizer: splitter }), sample);
        pieces.forEach((piece, i) => {
          const from = sample.toWellFormed().slice(offsets[2 * i], offsets[2 * i + 1]);
          const marked = from.replaceAll(" ", "▁");
          // A mark that was put before a pre-token points at the pre-token's first character.
          expect([marked, `▁${marked}`, "▁"]).toContain(piece.replaceAll(" ", "▁"));
        });
      }),
      { numRuns: 400 },
    );
  });

  test("the lattice has all segmentations of each pre-token, and an added token is one edge", () => {
    fc.assert(
      fc.property(model, fc.string({ unit, maxLength: 4 }), (made, sample) => {
        const lattice = latticeOf(made, sample);
        const { end, added: fixed } = lattice.preTokens!;
        expect(end.at(-1) ?? 0).toBe(lattice.length);
        const cuts = [0, ...end];
        for (let s = 0; s < lattice.length; s++) {
          const part = end.findIndex((stop) => stop > s);
          for (let e = lattice.rowStart[s]!; e < lattice.rowStart[s + 1]!; e++) {
            expect(lattice.end[e]).toBeLessThanOrEqual(end[part]!);
            if (fixed[part]! >= 0) {
              expect([s, lattice.end[e], lattice.label[e]]).toEqual([cuts[part], end[part], fixed[part]]);
            }
          }
        }
        // The pre-tokens by themselves, searched for every piece at every place, have as many segmentations together.
        const vocabulary = new Set<string>(smallVocab.map(([piece]) => piece));
        const count = (rest: string[]): number => {
          if (rest.length === 0) return 1;
          let sum = 0;
          for (let n = 1; n <= rest.length; n++)
            if (n === 1 || vocabulary.has(rest.slice(0, n).join(""))) sum += count(rest.slice(n));
          return sum;
        };
        const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
        const product = [...end].reduce(
          (total, stop, i) =>
            total * (fixed[i]! >= 0 ? 1 : count([...decoder.decode(lattice.bytes.subarray(cuts[i], stop))])),
          1,
        );
        expect(enumeratePaths(lattice)).toHaveLength(product);
      }),
      { numRuns: 200 },
    );
  });

  test("paths of the lattice are emitted as encode gives them, and probabilities add up", () => {
    fc.assert(
      fc.property(model, text, (made, sample) => {
        const lattice = latticeOf(made, sample);
        const best = viterbi(lattice);
        const { ids, pieces, offsets, score } = encode(made, sample);
        const emitted = emit(made, best);
        expect(Math.abs(emitted.score - score)).toBeLessThan(1e-9);
        const [first, second] = nbest(lattice, 2);
        // Where two segmentations score alike, sums of the whole and of the parts may choose differently.
        if (second === undefined || first!.score - second.score > 1e-9)
          expect({ ...emitted, score }).toEqual({ ids, pieces, offsets, score });
        for (const p of marginals(lattice).edge) expect(p).toBeLessThanOrEqual(1 + 1e-9);
      }),
      { numRuns: 300 },
    );
  });

  test("a model that was cloned encodes alike", () => {
    fc.assert(
      fc.property(model, text, (made, sample) => {
        expect(encode(structuredClone(made), sample)).toEqual(encode(made, sample));
      }),
      { numRuns: 100 },
    );
  });
});

test("the lattice of an empty text has its row, whatever was in memory before", () => {
  const model = read({ added: [added("<unk>", 0)], pre_tokenizer: metaspace });
  const kernel = new KernelSearcher(kernelModule()!, model);
  for (const text of ["ab ".repeat(100), `<unk>${"ab ".repeat(300)}`])
    expect(kernel.search(text, "exact", "ids")).toBe(true);
  expect(kernel.lattice("")).toEqual(new PlainSearcher(model).lattice(""));
});
