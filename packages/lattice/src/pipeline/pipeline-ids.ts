import type { Model } from "../model/model.ts";
import type { Pipeline, SplitStep } from "../model/pipeline.ts";
import type { EncodeOptions } from "../segment/searcher.ts";
import { wordIds } from "../subword/word-ids.ts";
import { findAdded } from "./added-tokens.ts";
import { normalizedText } from "./normalize-step.ts";
import { splitText } from "./split-text.ts";

/**
 * The ids of a text, in the way of throughput: strings without their alignment are normalised and cut, and a word that
 * was there before has the ids that it had then, since no piece goes beyond one. They hold until the next call.
 *
 * @returns Undefined where only a search can tell: how the unlikely rule of ties decides, where a text that is not
 * covered fails, and what stands at the beginning of a text that a normaliser may have cut.
 */
export function pipelineIds(model: Model, text: string, options?: EncodeOptions): Int32Array | undefined {
  const pipeline = model.pipeline!;
  if (typeof text !== "string" || (options?.ties ?? "exact") !== "exact" || !cutsStrings(pipeline))
    return undefined;
  const memo = memoOf(model);
  const given = text.toWellFormed();
  let count = 0;
  for (const stretch of findAdded(pipeline.added, false, given)) {
    if (stretch.token !== undefined) {
      count = put(count, stretch.token.id);
      continue;
    }
    const whole = given.slice(stretch.begin, stretch.end);
    const normalized = pipeline.normalizers.reduce((source, step) => normalizedText(step, source), whole);
    for (const { begin, end, token } of findAdded(pipeline.added, true, normalized)) {
      if (token !== undefined) count = put(count, token.id);
      else if (begin < end) {
        const atStart = stretch.begin === 0 && begin === 0;
        for (const word of splitText(pipeline.splitters, normalized.slice(begin, end), atStart)) {
          count = memo.append(word, count);
          if (count < 0) return undefined;
        }
      }
    }
  }
  return output.subarray(0, count);
}

/** Whether words can be told from strings alone. */
function cutsStrings({ normalizers, splitters }: Pipeline): boolean {
  const asksForStart = (step: SplitStep): boolean => step.type === "metaspace" && step.prepend === "first";
  return !splitters.some((step, i) => asksForStart(step) && (i > 0 || normalizers.length > 0));
}

let output = new Int32Array(1 << 12);

function put(count: number, id: number): number {
  reserveOutput(count + 1);
  output[count] = id;
  return count + 1;
}

function reserveOutput(size: number): void {
  if (size <= output.length) return;
  const larger = new Int32Array(2 * size);
  larger.set(output);
  output = larger;
}

/** Longer words are too rare to be worth their room. */
const LONGEST_WORD = 48;
const MOST_WORDS = 1 << 16;

/** The ids of words, end to end; a word's place is `begin · 64 + count`. */
class WordMemo {
  private readonly model: Model;
  private readonly places = new Map<string, number>();
  private ids = new Int32Array(1 << 12);
  private length = 0;

  constructor(model: Model) {
    this.model = model;
  }

  /** Puts the ids of a word after the first `count` of the output; returns how many there are then, or −1 for no path. */
  append(word: string, count: number): number {
    const place = this.places.get(word);
    if (place !== undefined) {
      const size = place & 63;
      const begin = (place - size) / 64;
      reserveOutput(count + size);
      if (size === 1) output[count] = this.ids[begin]!;
      else for (let i = 0; i < size; i++) output[count + i] = this.ids[begin + i]!;
      return count + size;
    }
    const ids = wordIds(this.model, word);
    if (ids === undefined) return -1;
    reserveOutput(count + ids.length);
    output.set(ids, count);
    if (word.length <= LONGEST_WORD && ids.length < 64) this.remember(word, ids);
    return count + ids.length;
  }

  private remember(word: string, ids: Int32Array): void {
    if (this.places.size === MOST_WORDS) {
      this.places.clear();
      this.length = 0;
    }
    if (this.length + ids.length > this.ids.length) {
      const larger = new Int32Array(2 * this.ids.length);
      larger.set(this.ids);
      this.ids = larger;
    }
    this.ids.set(ids, this.length);
    this.places.set(copyOf(word), this.length * 64 + ids.length);
    this.length += ids.length;
  }
}

const memos = new WeakMap<Model, WordMemo>();

function memoOf(model: Model): WordMemo {
  let memo = memos.get(model);
  if (memo === undefined) {
    memo = new WordMemo(model);
    memos.set(model, memo);
  }
  return memo;
}

/** A string of its own: a word is a part of its text, which it would keep in memory. */
function copyOf(word: string): string {
  return fromUtf8.decode(utf8.encode(word));
}

const utf8 = new TextEncoder();
const fromUtf8 = new TextDecoder("utf-8", { ignoreBOM: true });
