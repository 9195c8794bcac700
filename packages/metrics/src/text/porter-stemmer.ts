/**
 * The stem of an English word in lower case by Porter's algorithm (1980) with NLTK's extensions, as rouge_score uses it:
 * a table of irregular forms, -ies and -ied of four letters, y → i after any consonant, -alli before -bli, and more.
 *
 * @remarks O(n).
 */
export function porterStem(word: string): string {
  const irregular = IRREGULAR.get(word);
  if (irregular !== undefined) return irregular;
  if (word.length <= 2) return word;
  let stem = verbEndings(plurals(word));
  if (stem.endsWith("y") && stem.length > 2 && isConsonant(stem, stem.length - 2))
    stem = `${stem.slice(0, -1)}i`;
  return finalLetters(applyRules(applyRules(doubleSuffixes(stem), STEP_3, 0), STEP_4, 1));
}

const IRREGULAR: ReadonlyMap<string, string> = new Map([
  ["sky", "sky"],
  ["skies", "sky"],
  ["dying", "die"],
  ["lying", "lie"],
  ["tying", "tie"],
  ["news", "news"],
  ["innings", "inning"],
  ["inning", "inning"],
  ["outings", "outing"],
  ["outing", "outing"],
  ["cannings", "canning"],
  ["canning", "canning"],
  ["howe", "howe"],
  ["proceed", "proceed"],
  ["exceed", "exceed"],
  ["succeed", "succeed"],
]);

/** Suffixes and what replaces them: the first that fits decides, even if what is left of it is too short. */
type Rules = readonly (readonly [suffix: string, replacement: string])[];

const rules = (text: string): Rules =>
  text.split(" ").map((rule) => {
    const [suffix = "", replacement = ""] = rule.split(">");
    return [suffix, replacement] as const;
  });

const STEP_2 = rules(
  "ational>ate tional>tion enci>ence anci>ance izer>ize bli>ble alli>al entli>ent eli>e ousli>ous ization>ize ation>ate ator>ate alism>al iveness>ive fulness>ful ousness>ous aliti>al iviti>ive biliti>ble fulli>ful",
);
const STEP_3 = rules("icate>ic ative> alize>al iciti>ic ical>ic ful> ness>");
const STEP_4 = rules(
  "al> ance> ence> er> ic> able> ible> ant> ement> ment> ent> ion> ou> ism> ate> iti> ous> ive> ize>",
);

/** Replaces a suffix if more than `least` sequences of vowels and consonants are left before it. */
function applyRules(word: string, list: Rules, least: number): string {
  for (const [suffix, replacement] of list) {
    if (!word.endsWith(suffix)) continue;
    const end = word.length - suffix.length;
    const fits = measure(word, end) > least && (suffix !== "ion" || /[st]/.test(word[end - 1] ?? ""));
    return fits ? word.slice(0, end) + replacement : word;
  }
  return word;
}

/** Step 1a. */
function plurals(word: string): string {
  if (word.endsWith("ies")) return word.slice(0, word.length === 4 ? -1 : -2);
  if (word.endsWith("sses")) return word.slice(0, -2);
  return word.endsWith("s") && !word.endsWith("ss") ? word.slice(0, -1) : word;
}

/** Step 1b. */
function verbEndings(word: string): string {
  if (word.endsWith("ied")) return word.slice(0, word.length === 4 ? -1 : -2);
  if (word.endsWith("eed")) return measure(word, word.length - 3) > 0 ? word.slice(0, -1) : word;
  const suffix = ["ed", "ing"].find((ending) => word.endsWith(ending));
  if (suffix === undefined) return word;
  const stem = word.slice(0, -suffix.length);
  if (!hasVowel(stem)) return word;
  if (/(?:at|bl|iz)$/.test(stem)) return `${stem}e`;
  if (endsInDoubleConsonant(stem)) return /[lsz]$/.test(stem) ? stem : stem.slice(0, -1);
  return measure(stem, stem.length) === 1 && endsInShortSyllable(stem) ? `${stem}e` : stem;
}

/** Step 2. */
function doubleSuffixes(word: string): string {
  if (word.endsWith("alli") && measure(word, word.length - 4) > 0) return doubleSuffixes(word.slice(0, -2));
  // Here the l belongs to what must be left: so that geo- and theo- do as archaeo- does.
  if (word.endsWith("logi")) return measure(word, word.length - 3) > 0 ? word.slice(0, -1) : word;
  return applyRules(word, STEP_2, 0);
}

/** Step 5. */
function finalLetters(word: string): string {
  let stem = word;
  if (word.endsWith("e")) {
    const rest = word.slice(0, -1);
    const m = measure(rest, rest.length);
    if (m > 1 || (m === 1 && !endsInShortSyllable(rest))) stem = rest;
  }
  return stem.endsWith("ll") && measure(stem, stem.length - 1) > 1 ? stem.slice(0, -1) : stem;
}

const isAlwaysVowel = (unit: number): boolean =>
  unit === 97 || unit === 101 || unit === 105 || unit === 111 || unit === 117;

/** A y is a consonant at the start and after a vowel. */
function isConsonant(word: string, i: number): boolean {
  let at = i;
  while (at > 0 && word[at] === "y") at--;
  const consonant = !isAlwaysVowel(word.charCodeAt(at));
  return (i - at) % 2 === 0 ? consonant : !consonant;
}

/** Porter's m of the first `end` letters: how often a consonant follows a vowel. */
function measure(word: string, end: number): number {
  let m = 0;
  let afterVowel = false;
  for (let i = 0; i < end; i++) {
    const unit = word.charCodeAt(i);
    const vowel: boolean = unit === 121 ? i > 0 && !afterVowel : isAlwaysVowel(unit);
    if (afterVowel && !vowel) m++;
    afterVowel = vowel;
  }
  return m;
}

function hasVowel(word: string): boolean {
  return /[aeiou]|.y/.test(word);
}

function endsInDoubleConsonant(word: string): boolean {
  const last = word.length - 1;
  return last > 0 && word[last] === word[last - 1] && isConsonant(word, last);
}

/** Consonant, vowel, consonant other than w, x, y; or the last two alone. */
function endsInShortSyllable(word: string): boolean {
  const last = word.length - 1;
  if (last < 1 || !isConsonant(word, last) || isConsonant(word, last - 1)) return false;
  return last === 1 || (isConsonant(word, last - 2) && !/[wxy]$/.test(word));
}
