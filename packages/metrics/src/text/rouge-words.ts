import { porterStem } from "./porter-stemmer.ts";

/** How many stems are kept: more than an English text has different words, in a few megabytes. */
const KEPT = 50_000;

/**
 * The words of a text as rouge_score cuts them: runs of a–z and 0–9 in the lower-cased text; all else, letters of other
 * scripts included, parts words. With `stem`, those of more than three letters are stemmed, and stems are kept in it.
 *
 * @remarks O(n).
 */
export function rougeWords(text: string, stems?: Map<string, string>): string[] {
  const lower = text.toLowerCase();
  const words: string[] = [];
  for (let i = 0, start = 0; i <= lower.length; i++) {
    // Past the end there is NaN, which is no letter.
    const unit = lower.charCodeAt(i);
    if ((unit >= 97 && unit <= 122) || (unit >= 48 && unit <= 57)) continue;
    if (i > start) words.push(stemOf(lower.slice(start, i), stems));
    start = i + 1;
  }
  return words;
}

function stemOf(word: string, stems: Map<string, string> | undefined): string {
  if (stems === undefined || word.length <= 3) return word;
  let stem = stems.get(word);
  if (stem === undefined) {
    if (stems.size >= KEPT) stems.clear();
    stems.set(word, (stem = porterStem(word)));
  }
  return stem;
}
