import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { decode } from "fast-png";

/** The models of `models/`, without their ending. */
export type ModelName = "trained_en_8000" | "trained_zh_8000" | "spm_test_ja_model" | "spm_test_model";

/** The byte-level BPE tokenizer.json files of `models/`, without their ending. */
export type TokenizerJsonName = "gpt2_shape_16000" | "llama3_shape_16000";

/** The texts of `text/`, without their ending. */
export type TextName = "botchan" | "sanguo_40" | "wagahaiwa_nekodearu";

/** The grey images of `images/`, without their ending, and those in colour. */
export const GREY_IMAGES = ["camera", "clock_motion", "coins", "gravel"] as const;
export const COLOUR_IMAGES = ["astronaut", "chelsea", "coffee"] as const;
export type ImageName = (typeof GREY_IMAGES)[number] | (typeof COLOUR_IMAGES)[number];

/** Raw pixels, row after row: one byte each of a grey image, three of one in colour. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly data: Uint8Array;
}

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

/** The path of a bundled image, a PNG file. */
export function imagePath(name: ImageName): string {
  return fileURLToPath(new URL(`../images/${name}.png`, import.meta.url));
}

/** The pixels of a PNG file of 8 bits, grey or in colour. */
export function pngPixels(path: string): Pixels {
  const { width, height, channels, depth, data } = decode(new Uint8Array(readFileSync(path)));
  if (depth !== 8 || (channels !== 1 && channels !== 3))
    throw new Error(`${path} is not grey or in colour with 8 bits: ${channels} channels of ${depth}`);
  return { width, height, channels, data: new Uint8Array(data) };
}
