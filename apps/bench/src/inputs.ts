import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { gunzipSync } from "node:zlib";
import { modelBytes, textLines } from "@lemmata/data";
import { largeModel } from "./large-model.ts";
import type { Input } from "./suite.ts";

/** The bundled text of each language, with the bundled model for it. */
export function bundledInputs(): Input[] {
  return [
    {
      name: "English",
      description: "Botchan, SentencePiece unigram model of 8,000 pieces",
      model: modelBytes("trained_en_8000"),
      lines: textLines("botchan"),
    },
    {
      name: "Chinese",
      description: "Romance of the Three Kingdoms, SentencePiece unigram model of 8,000 pieces",
      model: modelBytes("trained_zh_8000"),
      lines: textLines("sanguo_40"),
    },
    {
      name: "Japanese",
      description: "Wagahai wa neko de aru, SentencePiece's own test model of 8,000 pieces",
      model: modelBytes("spm_test_ja_model"),
      lines: textLines("wagahaiwa_nekodearu"),
    },
  ];
}

/** A model of 32,000 pieces, the size that many models have, with the English text. */
export function largeInput(): Input {
  return {
    name: "32k",
    description:
      "Botchan, the English model with the most frequent runs of two to four characters of the Chinese and the Japanese text added, 32,000 pieces in all",
    model: largeModel(32_000),
    lines: textLines("botchan"),
  };
}

/** An input from files of one's own: a SentencePiece model, and a text that may be gzipped. Empty lines are left out. */
export function ownInput(modelFile: string, textFile: string): Input {
  const raw = readFileSync(textFile);
  const bytes = textFile.endsWith(".gz") ? gunzipSync(raw) : raw;
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  return {
    name: basename(textFile).replace(/\..*$/, ""),
    description: `${basename(textFile)}, ${basename(modelFile)}`,
    model: new Uint8Array(readFileSync(modelFile)),
    lines: text.split(/\r?\n/).filter((line) => line.trim() !== ""),
  };
}
