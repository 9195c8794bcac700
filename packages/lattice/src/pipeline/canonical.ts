import { type AlignedText, Realigner } from "./aligned-text.ts";

type Form = "NFC" | "NFD" | "NFKC" | "NFKD";

/** Takes characters with their changes, in order: see {@link Realigner}. */
type Sink = (character: string, change: number) => void;

/**
 * A Unicode normalisation form, with alignments as Hugging Face keeps them: what a character decomposes into comes from
 * that character, and what composes comes from the first.
 *
 * @remarks The tables are the engine's own: `normalize` of single characters and pairs tells decompositions, the order
 * of marks and compositions. O(text), times a logarithm of the longest run of marks.
 */
export function normalizeForm(source: AlignedText, form: Form): AlignedText {
  if (source.text.normalize(form) === source.text) return source;
  const realigner = new Realigner(source);
  const put: Sink = (character, change) => realigner.put(character, change);
  if (form === "NFD" || form === "NFKD") decompose(source.text, form, put);
  else {
    const composer = new Composer(put);
    decompose(source.text, form === "NFC" ? "NFD" : "NFKD", (character, change) =>
      composer.put(character, change),
    );
    composer.end();
  }
  return realigner.finish();
}

interface Change {
  readonly character: string;
  readonly change: number;
}

function decompose(text: string, form: "NFD" | "NFKD", put: Sink): void {
  let marks: Change[] = [];
  const settle = (): void => {
    if (marks.length > 1) marks.sort((a, b) => byClass(a.character, b.character));
    for (const { character, change } of marks) put(character, change);
    marks = [];
  };
  for (const whole of text) {
    let change = 0;
    for (const character of whole.normalize(form)) {
      if (isMark(character)) marks.push({ character, change });
      else {
        settle();
        put(character, change);
      }
      change = 1;
    }
  }
  settle();
}

/** The canonical composition of decomposed text (Unicode Standard, section 3.11, D117). */
class Composer {
  private readonly sink: Sink;
  /** The last starter, if there is one, and the marks that have not composed with it. */
  private starter: Change | undefined;
  private marks: Change[] = [];

  constructor(sink: Sink) {
    this.sink = sink;
  }

  put(character: string, change: number): void {
    const { starter } = this;
    const last = this.marks.at(-1);
    const mark = isMark(character);
    // Between the two there may be marks of lower classes alone.
    const blocked = last !== undefined && (!mark || byClass(last.character, character) === 0);
    const both =
      starter === undefined || blocked ? undefined : (starter.character + character).normalize("NFC");
    if (starter !== undefined && both !== undefined && [...both].length === 1)
      this.starter = { character: both, change: starter.change + change - 1 };
    else if (mark) this.marks.push({ character, change });
    else {
      this.end();
      this.starter = { character, change };
    }
  }

  end(): void {
    if (this.starter !== undefined) this.sink(this.starter.character, this.starter.change);
    for (const { character, change } of this.marks) this.sink(character, change);
    this.starter = undefined;
    this.marks = [];
  }
}

/** U+0345 has the highest of all combining classes: a mark of any other class goes before it. */
const HIGHEST = "\u0345";

/** Whether the character has a combining class other than 0. */
function isMark(character: string): boolean {
  return character > "\u02ff" && (character === HIGHEST || swaps(HIGHEST, character));
}

/** Whether canonical order puts the second character before the first. */
function swaps(first: string, second: string): boolean {
  return (first + second).normalize("NFD") !== first + second;
}

/** Compares the combining classes of two marks. */
function byClass(first: string, second: string): number {
  return swaps(first, second) ? 1 : swaps(second, first) ? -1 : 0;
}
