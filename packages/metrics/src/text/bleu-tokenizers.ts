import { splitWords, trimStart } from "./white-space.ts";

/**
 * How BLEU cuts a line into words, by sacrebleu's names:
 *
 * - `13a`: mteval-v13a's rules for Western languages, which WMT uses;
 * - `intl`: mteval-v14's, by Unicode's classes of punctuation and symbols;
 * - `zh`: each Chinese character alone, the rest by the rules of `13a`;
 * - `char`: each character alone;
 * - `none`: white space only.
 */
export type BleuTokenizer = "13a" | "intl" | "zh" | "char" | "none";

/** Tokenizers of lines without white space at their end. Each is O(n). */
export const bleuTokenizers: Readonly<Record<BleuTokenizer, (line: string) => string[]>> = {
  none: splitWords,

  char: (line) => splitWords(Array.from(line).join(" ")),

  intl: (line) =>
    splitWords(
      line
        .replace(/(\P{N})(\p{P})/gu, "$1 $2 ")
        .replace(/(\p{P})(\P{N})/gu, " $1 $2")
        .replace(/\p{S}/gu, " $& "),
    ),

  "13a": (line) => {
    let plain = line.replaceAll("<skipped>", "").replaceAll("-\n", "").replaceAll("\n", " ");
    if (plain.includes("&"))
      plain = plain
        .replaceAll("&quot;", '"')
        .replaceAll("&amp;", "&")
        .replaceAll("&lt;", "<")
        .replaceAll("&gt;", ">");
    return westernWords(` ${plain} `);
  },

  zh: (line) => westernWords(trimStart(line).replace(CHINESE, " $& ")),
};

/**
 * What sacrebleu takes for Chinese. U+2001 … U+2A6D is its mistake, made standard: two limits that were meant as U+20000
 * and U+2A6D6 are read as strings of two characters, so that dashes and quotation marks count, and Extension B does not.
 */
const CHINESE =
  /[\u2001-\u2a6d\u2e80-\u2fdf\u2ff0-\u303f\u3100-\u312f\u31a0-\u31ef\u3200-\u4db5\u4e00-\u9fbb\uf900-\ufa2d\ufa30-\ufa6a\ufa70-\ufad9\ufe10-\ufe1f\ufe30-\ufe4f\uff00-\uffef]/g;

/** mteval-v13a: splits off punctuation, but not periods and commas inside numbers, nor hyphens but after digits. */
function westernWords(line: string): string[] {
  return splitWords(
    line
      .replace(/[!-&(-+/:-@[-`{-~]/g, " $& ")
      .replace(/([^0-9])([.,])/g, "$1 $2 ")
      .replace(/([.,])([^0-9])/g, " $1 $2")
      .replace(/([0-9])-/g, "$1 - "),
  );
}
