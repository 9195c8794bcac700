import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readTokenizerJson } from "../../src/huggingface.ts";
import { decode, encode, LatticeError, latticeOf } from "../../src/index.ts";
import { added, metaspace, small, type SmallOptions } from "./small.ts";

const faultOf = (json: string | Uint8Array | object): LatticeError => {
  try {
    readTokenizerJson(json);
  } catch (error) {
    if (error instanceof LatticeError) return error;
    throw error;
  }
  throw new Error("no fault found");
};
const replace = (pattern: object): SmallOptions => ({
  normalizer: { type: "Replace", pattern, content: "" },
});
/** A BPE model of three pieces and one merge. */
const bpe = (model: object): object => ({
  ...small(),
  model: { type: "BPE", vocab: { a: 0, b: 1, ab: 2 }, merges: ["a b"], ...model },
});
const bert = (cls: unknown): SmallOptions => ({
  post_processor: { type: "BertProcessing", cls, sep: ["a", 3] },
});
const template = (single: unknown, special_tokens: unknown = {}): SmallOptions => ({
  post_processor: {
    type: "TemplateProcessing",
    single,
    pair: [{ Sequence: { id: "A", type_id: 0 } }, { Sequence: { id: "B", type_id: 1 } }],
    special_tokens,
  },
});
const special = [{ Sequence: { id: "A", type_id: 0 } }, { SpecialToken: { id: "x", type_id: 0 } }];
const nested = (depth: number): object =>
  depth === 0 ? { type: "NFC" } : { type: "Sequence", normalizers: [nested(depth - 1)] };
const cut = { direction: "Right", max_length: 8, strategy: "LongestFirst", stride: 0 };
const pad = {
  strategy: "BatchLongest",
  direction: "Right",
  pad_to_multiple_of: null,
  pad_id: 0,
  pad_type_id: 0,
  pad_token: "<unk>",
};
const told = (member: "truncation" | "padding", value: unknown): object => ({ ...small(), [member]: value });
const cycle: { type: string; normalizers: unknown[] } = { type: "Sequence", normalizers: [] };
cycle.normalizers.push(cycle);
const base64 = (...bytes: number[]): string => btoa(String.fromCharCode(...bytes));

describe("refuses, by code and place", () => {
  test.each<[string, string | Uint8Array | object, string, RegExp]>([
    ["an empty text", "", "format", /not JSON/],
    ["JSON cut short", JSON.stringify(small()).slice(0, 300), "format", /not JSON/],
    ["bytes that are not UTF-8", Uint8Array.of(0x22, 0xff, 0x22), "format", /not JSON/],
    ["a number", "7", "format", /the document is 7; want an object/],
    ["null in text", "null", "format", /the document is null/],
    ["a list", [], "format", /the document is an array of 0/],
    ["a truncation that is a number", told("truncation", 512), "format", /truncation is 512; want an object/],
    [
      "one without a length",
      told("truncation", { ...cut, max_length: null }),
      "format",
      /truncation\.max_length/,
    ],
    [
      "one of a negative length",
      told("truncation", { ...cut, max_length: -1 }),
      "format",
      /max_length is -1/,
    ],
    [
      "a stride that is a text",
      told("truncation", { ...cut, stride: "1" }),
      "format",
      /truncation\.stride is "1"/,
    ],
    ["a strategy that is none", told("truncation", { ...cut, strategy: "Middle" }), "format", /LongestFirst/],
    ["a direction that is none", told("truncation", { ...cut, direction: "Up" }), "format", /Left, Right/],
    ["a padding that is a list", told("padding", []), "format", /padding is an array of 0/],
    [
      "one to no known length",
      told("padding", { ...pad, strategy: "Longest" }),
      "format",
      /padding\.strategy/,
    ],
    ["one to a half", told("padding", { ...pad, strategy: { Fixed: 1.5 } }), "format", /Fixed is 1\.5/],
    ["one to a multiple below 0", told("padding", { ...pad, pad_to_multiple_of: -8 }), "format", /is -8/],
    ["one without a direction", told("padding", { ...pad, direction: null }), "format", /padding\.direction/],
    ["a padding id beyond the pieces", told("padding", { ...pad, pad_id: 9 }), "format", /from 0 to 8/],
    ["a padding piece without a name", told("padding", { ...pad, pad_token: 7 }), "format", /pad_token is 7/],
    ["no model", {}, "format", /model is missing; want an object/],
    ["a word-level model", small({ model: { type: "WordLevel" } }), "unsupported", /model type WordLevel/],
    [
      "a list for the vocabulary of BPE",
      small({ model: { type: "BPE" } }),
      "format",
      /model\.vocab is an array/,
    ],
    ["an untyped BPE model without pieces", { model: { vocab: {}, merges: [] } }, "format", /with pieces/],
    [
      "ids that leave one out",
      bpe({ vocab: { a: 0, b: 2 } }),
      "format",
      /vocab\.b is 2; want an id from 0 to 1/,
    ],
    ["an id twice", bpe({ vocab: { a: 0, b: 0 } }), "format", /vocab\.b is 0; want an id of its own/],
    ["an id that is no number", bpe({ vocab: { a: "0" } }), "format", /vocab\.a/],
    ["a piece without a name", bpe({ vocab: { "": 0 } }), "format", /a name that is text/],
    ["a merge of one", bpe({ merges: ["ab"] }), "format", /merges\[0\] is "ab"; want two pieces/],
    ["a merge of numbers", bpe({ merges: [[1, 2]] }), "format", /merges\[0\]/],
    ["a merge of what is no piece", bpe({ merges: ["a b", "b c"] }), "format", /merges\[1\]/],
    ["a merge into what is no piece", bpe({ merges: ["b a"] }), "format", /merges\[0\]/],
    ["dropout", bpe({ dropout: 0.1 }), "unsupported", /dropout/],
    ["byte fallback with nothing unknown", bpe({ byte_fallback: true }), "unsupported", /unknown piece/],
    ["an unknown piece that is none", bpe({ unk_token: "z" }), "format", /unk_token is "z"/],
    ["WordPiece without an unknown piece", bpe({ type: "WordPiece" }), "format", /unk_token is missing/],
    [
      "a step after ByteLevel",
      small({ pre_tokenizer: { type: "Sequence", pretokenizers: [{ type: "ByteLevel" }, metaspace] } }),
      "unsupported",
      /a step after ByteLevel/,
    ],
    ["no vocabulary", small({ model: { vocab: null } }), "format", /model\.vocab is null; want an array/],
    ["an empty vocabulary", small({ vocab: [], model: { unk_id: null } }), "format", /no pieces/],
    ["a piece that is not a pair", small({ vocab: [["a"]] }), "format", /model\.vocab\[0\]/],
    ["a piece that is a number", small({ vocab: [["a", -1], [7, -1]] }), "format", /model\.vocab\[1\]/], // prettier-ignore
    ["a score of NaN", small({ vocab: [["a", Number.NaN]] }), "format", /model\.vocab\[0\].*NaN/],
    ["a score of −∞", small({ vocab: [["a", -Infinity]] }), "format", /model\.vocab\[0\]/],
    ["a score no log-probability has", small({ vocab: [["a", -1e10]] }), "format", /within/],
    ["an empty piece", small({ vocab: [["", -1]] }), "format", /model\.vocab\[0\].*not empty/],
    ["a piece twice", small({ vocab: [["a", -1], ["a", -2]] }), "format", /model\.vocab\[1\].*than 0/], // prettier-ignore
    ["half a pair in a piece", small({ vocab: [["\ud800", -1]] }), "format", /surrogates/],
    ["an unk_id beyond the pieces", small({ model: { unk_id: 9 } }), "format", /unk_id is 9; want .* to 8/],
    ["a negative unk_id", small({ model: { unk_id: -1 } }), "format", /unk_id is -1/],
    ["a byte_fallback of 1", small({ model: { byte_fallback: 1 } }), "format", /byte_fallback is 1/],
    ["a normalizer without a type", small({ normalizer: {} }), "format", /normalizer\.type is missing/],
    ["an unknown normalizer", small({ normalizer: { type: "Rot13" } }), "unsupported", /"Rot13"/],
    [
      "BERT's normalizer",
      small({ normalizer: { type: "BertNormalizer" } }),
      "format",
      /lowercase is missing/,
    ],
    ["steps nested without end", small({ normalizer: cycle }), "format", /nested too deep/],
    ["steps nested a hundred deep", small({ normalizer: nested(100) }), "format", /nested too deep/],
    ["a pattern of neither kind", small(replace({})), "format", /pattern\.Regex is missing/],
    ["an empty pattern", small(replace({ String: "" })), "unsupported", /an empty pattern/],
    ["a possessive quantifier behind", small(replace({ Regex: "(?<=a++)b" })), "unsupported", /a\+\+/],
    ["a possessive quantifier of nothing", small(replace({ Regex: "a|++" })), "unsupported", /\+\+/],
    ["a greedy quantifier of a lazy one", small(replace({ Regex: "a+?+" })), "unsupported", /pattern/],
    ["a back reference", small(replace({ Regex: "(a)\\1" })), "unsupported", /pattern/],
    ["brackets within brackets", small(replace({ Regex: "[a[b]]" })), "unsupported", /pattern/],
    ["a class of POSIX", small(replace({ Regex: "[[:alpha:]]" })), "unsupported", /pattern/],
    ["an intersection", small(replace({ Regex: "[a&&b]" })), "unsupported", /pattern/],
    ["a word boundary", small(replace({ Regex: "\\b" })), "unsupported", /pattern/],
    ["flags within", small(replace({ Regex: "(?i)a" })), "unsupported", /pattern/],
    ["an atomic group that stays open", small(replace({ Regex: "(?>a" })), "unsupported", /pattern/],
    ["a group that was not opened", small(replace({ Regex: "(?>a))" })), "unsupported", /pattern/],
    ["letters that a ligature joins", small(replace({ Regex: "(?i:ST)" })), "unsupported", /pattern/],
    ["brackets that one joins", small(replace({ Regex: "(?i:[af][li])" })), "unsupported", /pattern/],
    [
      "more than a machine can nest",
      small(replace({ Regex: `a${"++".repeat(50_000)}` })),
      "unsupported",
      /pattern/,
    ],
    ["a property nobody knows", small(replace({ Regex: "\\p{Foo}" })), "unsupported", /pattern/],
    ["a bracket that stays open", small(replace({ Regex: "[a" })), "unsupported", /pattern/],
    ["a group that stays open", small(replace({ Regex: "(a" })), "unsupported", /pattern/],
    ["a backslash at the end", small(replace({ Regex: "a\\" })), "unsupported", /pattern/],
    ["a range upside down", small(replace({ Regex: "[b-a]" })), "unsupported", /pattern/],
    ["a lazy exact count", small(replace({ Regex: "a{2}?" })), "unsupported", /pattern/],
    ["a character map not in base64", small({ normalizer: { type: "Precompiled", precompiled_charsmap: "*" } }), "format", /precompiled_charsmap/], // prettier-ignore
    ["a character map that lies", small({ normalizer: { type: "Precompiled", precompiled_charsmap: base64(255, 255, 255, 127, 0) } }), "format", /claims 2147483647 bytes of 5/], // prettier-ignore
    ["a rule that points nowhere", small({ normalizer: { type: "Precompiled", precompiled_charsmap: base64(4, 0, 0, 0, 9, 0, 0, 128) } }), "format", /rule 0/], // prettier-ignore
    ["replacements that are not UTF-8", small({ normalizer: { type: "Precompiled", precompiled_charsmap: base64(4, 0, 0, 0, 0, 0, 0, 0, 255) } }), "format", /UTF-8/], // prettier-ignore
    [
      "an unknown pre-tokenizer",
      small({ pre_tokenizer: { type: "ByteLevel" } }),
      "unsupported",
      /ByteLevel before Unigram/,
    ],
    ["a mark of two characters", small({ pre_tokenizer: { ...metaspace, replacement: "ab" } }), "format", /one character/], // prettier-ignore
    [
      "a mark beyond U+FFFF",
      small({ pre_tokenizer: { ...metaspace, replacement: "🍣" } }),
      "unsupported",
      /beyond/,
    ],
    ["an unknown scheme", small({ pre_tokenizer: { ...metaspace, prepend_scheme: "last" } }), "format", /always, first, never/], // prettier-ignore
    ["two schemes at odds", small({ pre_tokenizer: { ...metaspace, add_prefix_space: false } }), "format", /add_prefix_space/], // prettier-ignore
    [
      "an unknown behaviour",
      small({ pre_tokenizer: { type: "Punctuation", behavior: "Kept" } }),
      "format",
      /behavior/,
    ],
    ["an unknown decoder", small({ decoder: { type: "CTC" } }), "unsupported", /decoder: the decoder "CTC"/],
    ["a strip of minus one", small({ decoder: { type: "Strip", content: " ", start: -1, stop: 0 } }), "format", /decoder\.start is -1/], // prettier-ignore
    ["an unknown post-processor", small({ post_processor: { type: "Rot13" } }), "unsupported", /"Rot13"/],
    ["two post-processors", small({ post_processor: { type: "Sequence", processors: [bert(["<s>", 1]).post_processor, bert(["<s>", 1]).post_processor] } }), "unsupported", /more than one/], // prettier-ignore
    ["a special token beyond all ids", small(bert(["<s>", 9])), "format", /cls\[1\] is 9; want .* to 8/],
    ["a special token without an id", small(bert(["<s>"])), "format", /cls is an array of 1/],
    ["a template that leaves the text out", small(template([])), "unsupported", /just once/],
    ["a template with the text twice", small(template([special[0], special[0]])), "unsupported", /just once/],
    ["a token no template knows", small(template(special)), "format", /special_tokens\.x is missing/],
    [
      "fewer names than ids",
      small(template(special, { x: { ids: [1, 2], tokens: ["a"] } })),
      "format",
      /as many/,
    ],
    ["a template item of neither kind", small(template([{}])), "format", /SpecialToken is missing/],
    [
      "added tokens that are no list",
      small({ added: {} as never }),
      "format",
      /added_tokens is an object|of the type/,
    ],
    [
      "an added token of another id",
      small({ added: [added("x", 12)] }),
      "format",
      /added_tokens\[0\]\.id is 12; want 9/,
    ],
    ["an added token of another piece's id", small({ added: [added("a", 4)] }), "format", /want 3/],
    ["an added token twice", small({ added: [added("x", 9), added("x", 9)] }), "format", /already/],
    ["an empty added token", small({ added: [added("", 9)] }), "format", /added_tokens\[0\]\.content/],
    ["an added token that normalises to nothing", small({ normalizer: { type: "StripAccents" }, added: [added("\u0301", 9, { normalized: true })] }), "format", /leaves something/], // prettier-ignore
    [
      "an added token without its flags",
      small({ added: [{ id: 9, content: "x" }] }),
      "format",
      /normalized is missing/,
    ],
  ])("%s", (_, json, code, message) => {
    const fault = faultOf(json);
    expect({ code: fault.code, message: fault.message }).toEqual({
      code,
      message: expect.stringMatching(message) as string,
    });
  });

  test.each([7, undefined, null, true])("%s for a document", (json) => {
    expect(faultOf(json as never).code).toBe("argument");
  });
});

describe("patterns mean in JavaScript what they mean in Ruby's syntax", () => {
  test.each<[string, string, string]>([
    [" {2,}", "a  b c   ", "a-b c-"],
    ["a{,2}b", "aaab b", "a- -"],
    ["\\s+", "a\u0085b\ufeffc\u00a0", "a-b\ufeffc-"],
    ["\\w", "é1_ ①", "--- ①"],
    ["\\W", "é ①", "é--"],
    ["[\\w.-]", "a.-b!", "----!"],
    ["[^\\S\\n]", "a b\nc", "a-b\nc"],
    ["\\d", "1٣x", "--x"],
    ["^a", "a\na", "-\n-"],
    ["a$", "a\nab\na", "-\nab\n-"],
    ["a.", "a\na\ra\u2028", "a\n--"],
    ["\\p{Lu}|\\p{Han}", "aB漢", "a--"],
    ["\\P{L}", "a1", "a-"],
    ["x{y", "x{y", "-"],
    ["[]-a]|]", "]", "-"],
    ["a(b|c)?d*?", "abad", "--d"],
    ["(?<=a)b(?!c)|(?<!a)d", "abc ab ad d", "abc a- ad -"],
    ["🍣[🍣x]", "🍣🍣 🍣x", "- -"],
    ["\\.\\-\\n", ".-\n", "-"],
    ["a++a|b", "aaab", "aaa-"],
    ["a*+b|a", "aaab ac", "- -c"],
    ["a?+ab?", "aaab a", "-ab a"],
    ["(?>a|ab)c", "abc ac", "abc -"],
    ["(?:ab++c?+)++b|d", "abbcabbd", "abbcabb-"],
    ["(?>a(?>b|c)++)*d", "abcacbd abab", "- abab"],
    ["a+++b", "aaab", "-"],
    ["a{1,3}+", "aaaaab", "-b"],
    ["a{2}+b|a", "aaaaab", "--"],
    ["a{,2}+ab", "aaaab", "-"],
    ["(?<=a)(?>b+)(?!c)", "abbc abb", "abbc a-"],
    ["'(?i:[st]|ll)", "'S'LL'ſ'x", "---'x"],
  ])("%s", (pattern, text, want) => {
    const json = small({
      normalizer: { type: "Replace", pattern: { Regex: pattern }, content: "-" },
      pre_tokenizer: null,
    });
    let model;
    try {
      model = readTokenizerJson(json);
    } catch (error) {
      // A bracket that begins with its own end is one of the things that are refused.
      expect([pattern, (error as LatticeError).code]).toEqual(["[]-a]|]", "unsupported"]);
      return;
    }
    expect(encode(model, text).pieces.join("")).toBe(want);
  });
});

describe("a document that something happened to", () => {
  const whole = small({
    normalizer: {
      type: "Sequence",
      normalizers: [
        { type: "NFKC" },
        { type: "Replace", pattern: { Regex: " {2,}" }, content: " " },
        { type: "Strip", strip_left: true, strip_right: false },
        { type: "Precompiled", precompiled_charsmap: base64(4, 0, 0, 0, 0, 4, 0, 0, 97, 0) },
      ],
    },
    pre_tokenizer: {
      type: "Sequence",
      pretokenizers: [
        { type: "WhitespaceSplit" },
        { type: "Split", pattern: { String: "b" }, behavior: "Isolated", invert: true },
        metaspace,
      ],
    },
    added: [added("<m>", 9, { lstrip: true }), added("ab", 5, { normalized: true, single_word: true })],
    decoder: {
      type: "Sequence",
      decoders: [{ type: "ByteFallback" }, { type: "Strip", content: " ", start: 1, stop: 0 }, metaspace],
    },
    ...template(special, { x: { id: "x", ids: [9], tokens: ["<m>"] } }),
    model: { byte_fallback: true },
  });
  type Json = Record<string, unknown>;
  /** All places of a document: each as an object or array, and a key of it. A cycle is followed for a while. */
  const placesOf = (node: unknown, depth = 0): [Json, string][] =>
    typeof node === "object" && node !== null && depth < 9
      ? Object.keys(node).flatMap((key): [Json, string][] => [
          [node as Json, key],
          ...placesOf((node as Json)[key], depth + 1),
        ])
      : [];
  const value = fc.oneof(
    fc.constantFrom<unknown>(null, undefined, -1, 0.5, Number.NaN, 1e300, 2 ** 40, "", "▁", "\udc00", [], {}, true, cycle), // prettier-ignore
    fc.integer({ min: -2, max: 300 }),
    fc.string({ maxLength: 6 }),
    fc.constantFrom("NFC", "Sequence", "Metaspace", "Replace", "(?:a|", "[^]", "first", "Isolated"),
  );
  const change = fc.tuple(fc.nat(10_000), value, fc.constantFrom("set", "delete", "swap"));

  test("is read as a model that works, or refused as what it is", () => {
    let readable = 0;
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 2 }), (changes) => {
        const json = structuredClone(whole) as Json;
        for (const [at, put, how] of changes) {
          const places = placesOf(json);
          if (places.length === 0 || places.length > 500) return;
          const [node, key] = places[at % places.length]!;
          const [other, otherKey] = places[(at * 7919) % places.length]!;
          if (how === "delete") delete node[key];
          else node[key] = how === "set" ? put : structuredClone(other[otherKey]);
        }
        let model;
        try {
          model = readTokenizerJson(json);
        } catch (error) {
          expect(error).toBeInstanceOf(LatticeError);
          expect(["format", "unsupported"]).toContain((error as LatticeError).code);
          return;
        }
        readable++;
        for (const text of ["", " ab a  b<m>漢\u0301", "<m> x🍣"])
          try {
            decode(model, encode(model, text).ids);
            latticeOf(model, text);
          } catch (error) {
            // A model may have lost its unknown piece.
            expect((error as LatticeError).code).toBe("no-path");
          }
      }),
      { numRuns: 1000 },
    );
    expect(readable).toBeGreaterThan(30);
  });

  test("is refused when its text is cut, or bytes of it changed, or read as what it then says", () => {
    const bytes = new TextEncoder().encode(JSON.stringify(whole));
    fc.assert(
      fc.property(
        fc.nat(bytes.length - 1),
        fc.nat(255),
        fc.integer({ min: 1, max: bytes.length }),
        (at, byte, stop) => {
          const damaged = bytes.slice(0, stop % 3 === 0 ? stop : bytes.length);
          damaged[at % damaged.length] = byte;
          try {
            encode(readTokenizerJson(damaged), "ab a <m>");
          } catch (error) {
            expect(["format", "unsupported", "no-path"]).toContain((error as LatticeError).code);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
