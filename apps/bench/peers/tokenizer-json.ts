import type { Model } from "@lemmata/lattice";
import { readSentencePiece } from "@lemmata/lattice/sentencepiece";

/** The document for a model file: what a tokenizer.json says itself, or what a SentencePiece model is converted to. */
export function jsonFor(file: Uint8Array): object {
  const isJson = file[0] === 0x7b;
  return isJson
    ? (JSON.parse(new TextDecoder().decode(file)) as object)
    : tokenizerJson(readSentencePiece(file));
}

/** `PieceType` of SentencePiece's model files. */
const UNKNOWN = 2;
const CONTROL = 3;

/**
 * The `tokenizer.json` of a SentencePiece unigram model, as Hugging Face's converter for such models makes it: the same
 * pieces and scores, the same compiled character map, spaces trimmed and joined, and a pre-tokenizer that cuts at
 * spaces and marks the beginning of each word. Cutting gives the same ids as long as no piece has a mark inside, and
 * it is what the files on their hub ask for; it spares their lattices the length of a line.
 *
 * User-defined pieces keep the score that SentencePiece gives them; that no rule of the character map may touch them
 * is lost.
 *
 * @throws Error for what is not converted: byte fallback, and spaces treated in another way than the usual one.
 */
export function tokenizerJson(model: Model): object {
  const { normalizer, pieceType, pieceBytes, pieceStart, unkId } = model;
  const { addDummyPrefix, removeExtraSpaces, escapeSpaces, spaceAsSuffix } = normalizer;
  if (model.byteId.length > 0) throw new Error("tokenizer.json: byte fallback is not converted");
  if (!addDummyPrefix || !removeExtraSpaces || !escapeSpaces || spaceAsSuffix)
    throw new Error("tokenizer.json: only the usual treatment of spaces is converted");
  const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
  const pieces = Array.from(pieceType.keys(), (id) =>
    utf8.decode(pieceBytes.subarray(pieceStart[id], pieceStart[id + 1])),
  );
  if (pieces.some((piece) => piece.indexOf("▁", 1) > 0 && piece.replaceAll("▁", "") !== ""))
    throw new Error("tokenizer.json: a piece goes over a space, so that words cannot be cut apart");
  const special = [...pieceType.keys()].filter(
    (id) => pieceType[id] === UNKNOWN || pieceType[id] === CONTROL,
  );
  const charsmap = normalizer.rules.length === 0 ? [] : [precompiled(model)];
  return {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: special.map((id) => ({
      id,
      content: pieces[id],
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special: true,
    })),
    normalizer: {
      type: "Sequence",
      normalizers: [
        ...charsmap,
        { type: "Strip", strip_left: true, strip_right: true },
        { type: "Replace", pattern: { Regex: " {2,}" }, content: " " },
      ],
    },
    pre_tokenizer: {
      type: "Sequence",
      pretokenizers: [
        { type: "WhitespaceSplit" },
        { type: "Metaspace", replacement: "▁", prepend_scheme: "always", split: true },
      ],
    },
    post_processor: null,
    decoder: { type: "Metaspace", replacement: "▁", prepend_scheme: "always", split: true },
    model: {
      type: "Unigram",
      unk_id: unkId < 0 ? null : unkId,
      // Theirs finds the score of the unknown piece by itself, from the lowest of all scores in the file.
      vocab: pieces.map((piece, id) => [piece, id === unkId ? 0 : model.labelScore[id]]),
      byte_fallback: false,
    },
  };
}

/** The character map as it stands in a model file: length of the double array in bytes, the array, the strings. */
function precompiled({ normalizer: { rules, replacements } }: Model): object {
  const blob = Buffer.alloc(4 + 4 * rules.length + replacements.length);
  blob.writeUInt32LE(4 * rules.length);
  rules.forEach((unit, i) => blob.writeUInt32LE(unit, 4 + 4 * i));
  blob.set(replacements, 4 + 4 * rules.length);
  return { type: "Precompiled", precompiled_charsmap: blob.toString("base64") };
}
