import { type AlignedText, type Change, realign } from "./aligned-text.ts";

type Form = "NFC" | "NFD" | "NFKC" | "NFKD";

/**
 * A Unicode normalisation form, with alignments as Hugging Face keeps them: what a character decomposes into comes from
 * that character, and what composes comes from the first.
 *
 * @remarks The tables are the engine's own: `normalize` of single characters and pairs tells decompositions, the order
 * of marks and compositions.
 */
export function normalizeForm(source: AlignedText, form: Form): AlignedText {
  if (source.text.normalize(form) === source.text) return source;
  const changes = decomposed(source.text, form === "NFC" || form === "NFD" ? "NFD" : "NFKD");
  return realign(source, form === "NFD" || form === "NFKD" ? changes : composed(changes));
}

function decomposed(text: string, form: "NFD" | "NFKD"): Change[] {
  const changes: Change[] = [];
  /** Where the marks begin that are still to be put in order. */
  let marks = 0;
  for (const whole of text) {
    let change = 0;
    for (const character of whole.normalize(form)) {
      let place = changes.length;
      if (!isMark(character)) marks = place + 1;
      else while (place > marks && swaps(changes[place - 1]!.character, character)) place--;
      changes.splice(place, 0, { character, change });
      change = 1;
    }
  }
  return changes;
}

/** The canonical composition of decomposed text (Unicode Standard, section 3.11, D117). */
function composed(changes: readonly Change[]): Change[] {
  const out: Change[] = [];
  /** Place of the last starter in `out`, or −1. */
  let starter = -1;
  for (const next of changes) {
    const first = out[starter];
    const last = out.at(-1);
    const mark = isMark(next.character);
    // Between the two there may be marks of lower classes alone.
    const blocked =
      out.length - 1 > starter && (!mark || last === undefined || sameClass(last.character, next.character));
    const both =
      first === undefined || blocked ? undefined : (first.character + next.character).normalize("NFC");
    if (first !== undefined && both !== undefined && [...both].length === 1)
      out[starter] = { character: both, change: first.change + next.change - 1 };
    else {
      if (!mark) starter = out.length;
      out.push(next);
    }
  }
  return out;
}

/** U+0345 has the highest of all combining classes: a mark of any other class goes before it. */
const HIGHEST = "\u0345";

/** Whether the character has a combining class other than 0. */
function isMark(character: string): boolean {
  return character === HIGHEST || swaps(HIGHEST, character);
}

/** Whether canonical order puts the second character before the first. */
function swaps(first: string, second: string): boolean {
  return (first + second).normalize("NFD") !== first + second;
}

function sameClass(first: string, second: string): boolean {
  return !swaps(first, second) && !swaps(second, first);
}
