import type { NormalizeStep } from "../model/pipeline.ts";
import type { JsonField } from "./json-field.ts";
import { readPattern } from "./ruby-pattern.ts";

/** What `StripAccents` leaves out. */
export const MARKS: string = String.raw`\p{M}`;
/** What Hugging Face's `Nmt` does: it leaves some characters out, and takes others for a space. */
export const NMT: readonly NormalizeStep[] = [
  { type: "remove", pattern: String.raw`[\u0001-\u0008\u000b\u000e-\u001f\u007f\u008f\u009f]` },
  {
    type: "replace",
    pattern: String.raw`[\t\n\f\r\u1680\u200b-\u200f\u2028\u2029\u2581\ufeff\ufffd]`,
    content: " ",
  },
];

/** What each flag of `BertNormalizer` asks for, in the order in which that does it. */
export const BERT: readonly (readonly [flag: string, steps: readonly NormalizeStep[]])[] = [
  [
    "clean_text",
    [
      // Characters of no class of their own, other than white space.
      { type: "remove", pattern: String.raw`[\0\ufffd]|(?![\t\n\r])\p{C}` },
      { type: "replace", pattern: String.raw`\p{White_Space}`, content: " " },
    ],
  ],
  [
    "handle_chinese_chars",
    [
      {
        type: "isolate",
        pattern: String.raw`[\u4e00-\u9fff\u3400-\u4dbf\u{20000}-\u{2a6df}\u{2a700}-\u{2b73f}\u{2b740}-\u{2b81f}\u{2b920}-\u{2ceaf}\uf900-\ufaff\u{2f800}-\u{2fa1f}]`,
      },
    ],
  ],
  [
    "strip_accents",
    [
      { type: "unicode", form: "NFD" },
      { type: "remove", pattern: String.raw`\p{Mn}` },
    ],
  ],
  ["lowercase", [{ type: "lowercase" }]],
];

/** The normalizer of a tokenizer.json as steps; none for null. */
export function readNormalizer(field: JsonField): NormalizeStep[] {
  if (field.isMissing) return [];
  const type = field.at("type").text();
  switch (type) {
    case "Sequence":
      return field.at("normalizers").items().flatMap(readNormalizer);
    case "Precompiled":
      return [{ type: "charsmap", ...readCharsmap(field.at("precompiled_charsmap")) }];
    case "Replace":
      return [
        {
          type: "replace",
          pattern: readPattern(field.at("pattern")),
          content: field.at("content").text(),
        },
      ];
    case "NFC":
    case "NFD":
    case "NFKC":
    case "NFKD":
      return [{ type: "unicode", form: type }];
    case "Lowercase":
      return [{ type: "lowercase" }];
    case "StripAccents":
      return [{ type: "remove", pattern: MARKS }];
    case "Strip":
      return [
        {
          type: "strip",
          left: field.at("strip_left").boolean(),
          right: field.at("strip_right").boolean(),
        },
      ];
    case "Prepend":
      return [{ type: "prepend", content: field.at("prepend").text() }];
    case "BertNormalizer": {
      const lowercase = field.at("lowercase").boolean();
      // Accents go with capitals where nothing else is said.
      const isSet = (flag: string): boolean =>
        field.at(flag).boolean(flag === "strip_accents" ? lowercase : undefined);
      return BERT.flatMap(([flag, steps]) => (isSet(flag) ? steps : []));
    }
    case "Nmt":
      return [...NMT];
    default:
      throw field.unsupported(`the normalizer ${JSON.stringify(type)}`);
  }
}

/**
 * A character map in base64: the length of a Darts double array in bytes (uint32, little-endian), the array, and
 * NUL-ended strings that its values point into.
 */
function readCharsmap(field: JsonField): {
  readonly rules: Uint32Array;
  readonly replacements: Uint8Array;
} {
  const blob = fromBase64(field);
  if (blob.length === 0) return { rules: new Uint32Array(0), replacements: new Uint8Array(0) };
  const size = blob.length < 4 ? 0 : new DataView(blob.buffer).getUint32(0, true);
  if (size === 0 || size % 4 !== 0 || size > blob.length - 4)
    throw field.fault(`a character map, and this one claims ${size} bytes of ${blob.length}`);
  const rules = new Uint32Array(blob.slice(4, 4 + size).buffer);
  const replacements = blob.slice(4 + size);
  if (!isUtf8(replacements)) throw field.fault("a character map whose strings are UTF-8");
  // A unit with bit 31 set is a value; no other is read as one.
  const astray = rules.findIndex((unit) => unit >= 0x80000000 && unit - 0x80000000 > replacements.length);
  if (astray >= 0)
    throw field.fault(`a character map, and rule ${astray} of this one points beyond its strings`);
  return { rules, replacements };
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes) !== undefined;
  } catch {
    return false;
  }
}

function fromBase64(field: JsonField): Uint8Array<ArrayBuffer> {
  const text = field.text();
  try {
    return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  } catch {
    throw field.fault("base64");
  }
}
