import { isArrayLike } from "./array-like.ts";
import { MetricsError } from "./metrics-error.ts";
import { textOf } from "./text-of.ts";
import { characterCount, utf8Length } from "./utf8-length.ts";

/** What a model loses on a text, spread over its parts. */
export interface LossSummary {
  readonly tokens: number;
  /** Of the texts as UTF-8; undefined if a text was left out. */
  readonly bytes: number | undefined;
  /** Code points of the texts; undefined if a text was left out. */
  readonly characters: number | undefined;
  /** −Σ log p in all. */
  readonly nats: number;
  /** exp(nats / tokens), in [1, ∞]. */
  readonly perplexity: number;
  readonly bitsPerToken: number;
  /** Undefined without bytes. */
  readonly bitsPerByte: number | undefined;
  /** Undefined without characters. */
  readonly bitsPerCharacter: number | undefined;
}

/** Sums, as JSON. `nats` is a sum and what rounding has taken from it. An infinite loss is null, as JSON has it. */
export interface TokenLossesJson {
  readonly tokens: number;
  readonly bytes: number | null;
  readonly characters: number | null;
  readonly nats: readonly [sum: number | null, rest: number | null];
}

/**
 * The loss of a language model over any number of texts, an accumulator: rounded, but summed with compensation (Neumaier,
 * 1974), so that the error stays near 2⁻⁵³ of the sum for up to 2²⁶ tokens, in any order.
 */
export class TokenLosses {
  #tokens = 0;
  #bytes: number | undefined = 0;
  #characters: number | undefined = 0;
  #sum = 0;
  #rest = 0;

  /**
   * Adds a text.
   *
   * @param logProbs the natural logarithm of the probability that the model gave to each token, in [−∞, 0]; up to 10⁻³ above,
   *   as a softmax in single precision may have it.
   * @param text what the tokens stand for; without it there is no loss by byte or character.
   * @throws {@link MetricsError} `argument`, `text`.
   */
  add(logProbs: ArrayLike<number>, text?: string): this {
    requireLogProbs(logProbs);
    if (text !== undefined) textOf(text, "the text");
    for (let i = 0; i < logProbs.length; i++) this.#addLoss(-logProbs[i]!);
    this.#tokens += logProbs.length;
    this.#addLengths(
      text === undefined ? undefined : utf8Length(text),
      text === undefined ? undefined : characterCount(text),
    );
    return this;
  }

  /**
   * Adds what another accumulator has summed, or its JSON form.
   *
   * @throws {@link MetricsError} `argument` for what is not such a form.
   */
  merge(other: TokenLosses | TokenLossesJson): this {
    const json = other instanceof TokenLosses ? other.toJSON() : other;
    const natural = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
    const real = (value: unknown): boolean => value === null || Number.isFinite(value);
    const sound =
      natural(json?.tokens) &&
      (json.bytes === null || natural(json.bytes)) &&
      (json.characters === null || natural(json.characters)) &&
      Array.isArray(json.nats) &&
      json.nats.length === 2 &&
      json.nats.every(real);
    if (!sound) throw new MetricsError("argument", "these are not sums that such an accumulator has written");
    const [sum, rest] = json.nats;
    this.#addLoss(sum ?? Infinity);
    this.#addLoss(rest ?? 0);
    this.#tokens += json.tokens;
    this.#addLengths(json.bytes ?? undefined, json.characters ?? undefined);
    return this;
  }

  /**
   * The loss over all texts so far.
   *
   * @throws {@link MetricsError} `empty` if there are no tokens.
   */
  finish(): LossSummary {
    if (this.#tokens === 0) throw new MetricsError("empty", "there are no tokens");
    const nats = this.#sum === Infinity ? Infinity : this.#sum + this.#rest;
    const bits = nats / Math.LN2;
    const per = (units: number | undefined): number | undefined =>
      units === undefined || units === 0 ? undefined : bits / units;
    return {
      tokens: this.#tokens,
      bytes: this.#bytes,
      characters: this.#characters,
      nats,
      perplexity: Math.exp(nats / this.#tokens),
      bitsPerToken: bits / this.#tokens,
      bitsPerByte: per(this.#bytes),
      bitsPerCharacter: per(this.#characters),
    };
  }

  toJSON(): TokenLossesJson {
    const finite = this.#sum !== Infinity;
    return {
      tokens: this.#tokens,
      bytes: this.#bytes ?? null,
      characters: this.#characters ?? null,
      nats: [finite ? this.#sum : null, finite ? this.#rest : null],
    };
  }

  #addLoss(loss: number): void {
    const sum = this.#sum + loss;
    if (sum !== Infinity)
      this.#rest += Math.abs(this.#sum) >= Math.abs(loss) ? this.#sum - sum + loss : loss - sum + this.#sum;
    this.#sum = sum;
  }

  #addLengths(bytes: number | undefined, characters: number | undefined): void {
    this.#bytes = sumOrNone(this.#bytes, bytes);
    this.#characters = sumOrNone(this.#characters, characters);
  }
}

function sumOrNone(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a + b;
}

/** How far above 0 rounding may leave a log-probability. */
const LOG_TOLERANCE = 1e-3;

function requireLogProbs(logProbs: ArrayLike<number>): void {
  if (!isArrayLike(logProbs)) throw new MetricsError("argument", "logProbs must be an array of numbers");
  for (let i = 0; i < logProbs.length; i++) {
    const entry = logProbs[i]!;
    if (typeof entry !== "number" || !(entry <= LOG_TOLERANCE))
      throw new MetricsError("argument", `logProbs[${i}] is ${String(entry)}; want a number ≤ 0`, i);
  }
}

/**
 * exp(−Σ log p / n): among how many equally likely tokens the model chose, on average. In [1, ∞].
 *
 * @param units over how many words, bytes or characters to spread the loss in place of tokens; more than 0.
 * @throws {@link MetricsError} `empty`, `argument`, `text`.
 * @remarks O(n).
 */
export function perplexity(logProbs: ArrayLike<number>, units?: number): number {
  const { nats, tokens } = new TokenLosses().add(logProbs).finish();
  return Math.exp(nats / positive(units ?? tokens, "units"));
}

/**
 * −Σ log₂ p / bytes: how many bits the model needs for each byte of a text, whatever its tokens are. In [0, ∞]; 8 is no
 * compression.
 *
 * @param text what the tokens stand for, or how many bytes it has as UTF-8.
 * @throws {@link MetricsError} `empty`, `argument`, `text`.
 * @remarks O(n).
 */
export function bitsPerByte(logProbs: ArrayLike<number>, text: string | number): number {
  const { nats } = new TokenLosses().add(logProbs).finish();
  return (
    nats /
    Math.LN2 /
    positive(typeof text === "string" ? utf8Length(textOf(text, "the text")) : text, "the number of bytes")
  );
}

function positive(value: number, name: string): number {
  if (!(typeof value === "number" && value > 0 && value < Infinity))
    throw new MetricsError("argument", `${name} is ${String(value)}; want a number > 0`);
  return value;
}
