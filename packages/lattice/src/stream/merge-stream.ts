import { LatticeError } from "../lattice-error.ts";
import type { Model } from "../model/model.ts";
import type { EncodeStream, StreamOptions } from "./encode-stream.ts";
import { idsAround, templateFor } from "../segment/special-tokens.ts";
import {
  feed,
  finishNormalizing,
  type Normalizing,
  settledLength,
  startNormalizing,
} from "../text/normalize.ts";
import { uncovered } from "./pending.ts";
import { wordIds } from "../subword/word-ids.ts";
import { checkedTies } from "../viterbi.ts";
import { PartStream } from "./part-stream.ts";
import { wordSeam } from "./word-seam.ts";

/**
 * The ids of a text in parts, of a BPE model of SentencePiece: the text is normalised as it comes, and what comes of
 * it is one word.
 *
 * @throws {@link LatticeError} as {@link encodeStream}.
 */
export function mergeStream(model: Model, options?: StreamOptions): EncodeStream {
  return new MergeStream(model, options);
}

class MergeStream implements EncodeStream {
  private readonly model: Model;
  private readonly parts: PartStream;
  /** A high surrogate whose other half is to come. */
  private surrogate = "";
  /** What could still match a rule. */
  private input: Uint8Array<ArrayBuffer> = new Uint8Array(0);
  private text: Normalizing;

  constructor(model: Model, options: StreamOptions | undefined) {
    checkedTies(options?.ties ?? "sentencepiece");
    this.model = model;
    this.parts = new PartStream(
      {
        isSeam: wordSeam(model),
        asksForMore: false,
        idsOf(part) {
          const ids = wordIds(model, part);
          if (ids === undefined) throw uncovered();
          return ids;
        },
        around: idsAround(templateFor(model, "single", options)),
      },
      options,
    );
    this.text = this.begun();
  }

  get pending(): number {
    return this.parts.pending;
  }

  push(text: string): Int32Array {
    if (typeof text !== "string")
      throw new LatticeError("argument", `text must be a string, got ${typeof text}`);
    const whole = this.surrogate + text;
    const last = whole.charCodeAt(whole.length - 1);
    const stop = last >= 0xd800 && last < 0xdc00 ? whole.length - 1 : whole.length;
    this.surrogate = whole.slice(stop);
    this.feed(whole.slice(0, stop), false);
    return this.parts.push(this.settled(settledLength(this.text)));
  }

  end(): Int32Array {
    this.feed(this.surrogate, true);
    this.surrogate = "";
    finishNormalizing(this.text);
    const rest = this.parts.push(this.settled(this.text.length));
    const last = this.parts.end();
    this.text = this.begun();
    const ids = new Int32Array(rest.length + last.length);
    ids.set(rest);
    ids.set(last, rest.length);
    return ids;
  }

  private begun(): Normalizing {
    const size = 1 << 12;
    return startNormalizing(this.model.normalizer, {
      bytes: new Uint8Array(size),
      origin: new Int32Array(size + 1),
    });
  }

  private feed(text: string, final: boolean): void {
    const added = utf8.encode(text);
    const input = new Uint8Array(this.input.length + added.length);
    input.set(this.input);
    input.set(added, this.input.length);
    this.input = input.slice(feed(this.text, input, input.length, final));
  }

  /** Takes the first bytes out of the normalised text. */
  private settled(length: number): string {
    const { text } = this;
    const { bytes } = text.output;
    const taken = fromUtf8.decode(bytes.subarray(0, length));
    bytes.copyWithin(0, length, text.length);
    text.length -= length;
    return taken;
  }
}

const utf8 = new TextEncoder();
const fromUtf8 = new TextDecoder("utf-8", { ignoreBOM: true });
