import type { NormalizeStep } from "../model/pipeline.ts";
import type { JsonField } from "./json-field.ts";
import { readPattern } from "./ruby-pattern.ts";

/** What `StripAccents` leaves out. */
export const MARKS: string = String.raw`\p{M}`;
/** What Hugging Face's `Nmt` leaves out, and what it takes for a space. */
export const NMT_REMOVED: string = String.raw`[\u0001-\u0008\u000b\u000e-\u001f\u007f\u008f\u009f]`;
export const NMT_SPACES: string = String.raw`[\t\n\f\r\u1680\u200b-\u200f\u2028\u2029\u2581\ufeff\ufffd]`;

/** What the cleaning of BERT leaves out: characters of no class of their own, other than white space. */
const BERT_REMOVED = String.raw`[\0\ufffd]|(?![\t\n\r])\p{C}`;
const BERT_CHINESE = String.raw`[\u4e00-\u9fff\u3400-\u4dbf\u{20000}-\u{2a6df}\u{2a700}-\u{2b73f}\u{2b740}-\u{2b81f}\u{2b920}-\u{2ceaf}\uf900-\ufaff\u{2f800}-\u{2fa1f}]`;

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
      const steps: NormalizeStep[] = [];
      if (field.at("clean_text").boolean())
        steps.push(
          { type: "remove", pattern: BERT_REMOVED },
          { type: "replace", pattern: String.raw`\p{White_Space}`, content: " " },
        );
      if (field.at("handle_chinese_chars").boolean()) steps.push({ type: "isolate", pattern: BERT_CHINESE });
      if (field.at("strip_accents").boolean(lowercase))
        steps.push({ type: "unicode", form: "NFD" }, { type: "remove", pattern: String.raw`\p{Mn}` });
      if (lowercase) steps.push({ type: "lowercase" });
      return steps;
    }
    case "Nmt":
      return [
        { type: "remove", pattern: NMT_REMOVED },
        { type: "replace", pattern: NMT_SPACES, content: " " },
      ];
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
