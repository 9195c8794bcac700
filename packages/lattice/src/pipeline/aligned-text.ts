/** A text on its way through a pipeline: for each UTF-16 unit, where in the text as given its source begins and ends. */
export interface AlignedText {
  readonly text: string;
  readonly from: Int32Array;
  readonly to: Int32Array;
}

/** A stretch of a text as given. Its lone surrogates have become U+FFFD, which keeps its length. */
export function alignedText(text: string, begin: number, end: number): AlignedText {
  const stretch = begin === 0 && end === text.length ? text : text.slice(begin, end);
  if (end <= IDENTITY_ROOM && !PAIR.test(stretch))
    return { text: stretch, from: identity.subarray(begin, end), to: identity.subarray(begin + 1, end + 1) };
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
  return { text: stretch, from, to };
}

const PAIR = /[\ud800-\udbff]/;
/** The alignment of a text that is as given, shared by all that are not too long. */
const IDENTITY_ROOM = 1 << 13;
const identity = Int32Array.from({ length: IDENTITY_ROOM + 1 }, (_, i) => i);

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

/**
 * Rewrites a text from its beginning to its end, in the bookkeeping of Hugging Face's `NormalizedString::transform`: a
 * character of change 0 takes the place of the next one of the source, one of a positive change is put after the last
 * one, and one of change −n takes the next one's place and leaves out n more.
 */
export class Realigner {
  private readonly source: AlignedText;
  private readonly builder: AlignedBuilder;
  private at = 0;
  /** The last character, whose change may still be amended. */
  private character = "";
  private change = 0;

  constructor(source: AlignedText) {
    this.source = source;
    this.builder = new AlignedBuilder(source.text.length + 16);
  }

  put(character: string, change: number): void {
    this.settle();
    this.character = character;
    this.change = change;
  }

  /** Lets the last character leave out so many more characters of the source; without one, none are left out. */
  leaveOut(count: number): void {
    this.change -= count;
  }

  finish(): AlignedText {
    this.settle();
    return this.builder.finish();
  }

  private settle(): void {
    if (this.character === "") {
      this.change = 0;
      return;
    }
    const { text, from, to } = this.source;
    const unit = this.change > 0 ? Math.max(0, this.at - 1) : this.at;
    this.builder.put(this.character, from[unit]!, to[unit]!);
    for (let skip = this.change; skip <= 0; skip++) this.at += isPair(text, this.at) ? 2 : 1;
    this.character = "";
  }
}
