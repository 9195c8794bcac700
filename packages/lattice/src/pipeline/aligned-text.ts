/** A text on its way through a pipeline: for each UTF-16 unit, where in the text as given its source begins and ends. */
export interface AlignedText {
  readonly text: string;
  readonly from: Int32Array;
  readonly to: Int32Array;
}

/** A stretch of a text as given. Its lone surrogates have become U+FFFD, which keeps its length. */
export function alignedText(text: string, begin: number, end: number): AlignedText {
  const from = new Int32Array(end - begin);
  const to = new Int32Array(end - begin);
  for (let i = 0; i < from.length; i++) {
    from[i] = begin + i;
    to[i] = begin + i + 1;
    if (isPair(text, begin + i)) {
      from[i + 1] = begin + i;
      to[i] = to[i + 1] = begin + i + 2;
      i++;
    }
  }
  return { text: text.slice(begin, end), from, to };
}

/** Whether a character of two units begins at `at`; the text is well-formed. */
export function isPair(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xd800;
}

/** The units `begin` … `end − 1` of an aligned text. */
export function alignedSlice(source: AlignedText, begin: number, end: number): AlignedText {
  return {
    text: source.text.slice(begin, end),
    from: source.from.subarray(begin, end),
    to: source.to.subarray(begin, end),
  };
}

/** Puts an aligned text together out of another. */
export class AlignedBuilder {
  private text = "";
  private from: Int32Array;
  private to: Int32Array;
  private length = 0;

  constructor(capacity: number) {
    this.from = new Int32Array(capacity);
    this.to = new Int32Array(capacity);
  }

  /** Appends the units `begin` … `end − 1` of a text. */
  copy(source: AlignedText, begin: number, end: number): void {
    if (begin === end) return;
    this.reserve(end - begin);
    this.text += source.text.slice(begin, end);
    for (let i = begin; i < end; i++, this.length++) {
      this.from[this.length] = source.from[i]!;
      this.to[this.length] = source.to[i]!;
    }
  }

  /** Appends a text that stands for `from` … `to` of the text as given. */
  put(text: string, from: number, to: number): void {
    this.reserve(text.length);
    this.text += text;
    for (let stop = this.length + text.length; this.length < stop; this.length++) {
      this.from[this.length] = from;
      this.to[this.length] = to;
    }
  }

  get size(): number {
    return this.length;
  }

  finish(): AlignedText {
    return {
      text: this.text,
      from: this.from.subarray(0, this.length),
      to: this.to.subarray(0, this.length),
    };
  }

  private reserve(more: number): void {
    if (this.length + more <= this.from.length) return;
    const size = Math.max(2 * this.from.length, this.length + more);
    const from = new Int32Array(size);
    from.set(this.from);
    const to = new Int32Array(size);
    to.set(this.to);
    Object.assign(this, { from, to });
  }
}

/** A character that a rewriting puts in place, and how many characters of the source it takes: see {@link realign}. */
export interface Change {
  readonly character: string;
  readonly change: number;
}

/**
 * Rewrites a whole text by a list of changes, in the bookkeeping of Hugging Face's `NormalizedString::transform`: 0
 * takes the place of the next character of the source, a positive change is put after the last one, and −n takes the
 * next one's place and leaves out n more.
 */
export function realign(source: AlignedText, changes: readonly Change[]): AlignedText {
  const { text, from, to } = source;
  const builder = new AlignedBuilder(text.length + changes.length);
  let at = 0;
  for (const { character, change } of changes) {
    const unit = change > 0 ? Math.max(0, at - 1) : at;
    builder.put(character, from[unit]!, to[unit]!);
    for (let skip = change; skip <= 0; skip++) at += isPair(text, at) ? 2 : 1;
  }
  return builder.finish();
}
