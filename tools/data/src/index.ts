import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

/** The models of `models/`, without their ending. */
export type ModelName = "trained_en_8000" | "trained_zh_8000" | "spm_test_ja_model" | "spm_test_model";

/** The byte-level BPE tokenizer.json files of `models/`, without their ending. */
export type TokenizerJsonName = "gpt2_shape_16000" | "llama3_shape_16000";

/** The texts of `text/`, without their ending. */
export type TextName = "botchan" | "sanguo_40" | "wagahaiwa_nekodearu";

/** The path of a bundled SentencePiece model file. */
export function modelPath(name: ModelName): string {
  return fileURLToPath(new URL(`../models/${name}.model`, import.meta.url));
}

/** The bytes of a bundled SentencePiece model file. */
export function modelBytes(name: ModelName): Uint8Array {
  return new Uint8Array(readFileSync(modelPath(name)));
}

/** The bytes of a bundled tokenizer.json, which is JSON once it is read. */
export function tokenizerJsonBytes(name: TokenizerJsonName): Uint8Array {
  return new Uint8Array(gunzipSync(readFileSync(new URL(`../models/${name}.json.gz`, import.meta.url))));
}

/** The lines of a bundled text, without their line ends and without the empty ones. */
export function textLines(name: TextName): string[] {
  const bytes = gunzipSync(readFileSync(new URL(`../text/${name}.txt.gz`, import.meta.url)));
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  return text.split(/\r?\n/).filter((line) => line.trim() !== "");
}
