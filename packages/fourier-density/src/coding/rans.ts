import { DensityError } from "../density-error.ts";

/**
 * The coder: range asymmetric numeral systems (Duda 2013, arXiv 1311.2540), two states in turns.
 *
 * A state x ∈ [2²³, 2³¹) takes up a symbol of frequency f and cumulative frequency c, out of 2^precision, as
 * x ← ⌊x / f⌋ · 2^precision + c + (x mod f), and gives up its low bytes when it would become too large. Chosen over a
 * range coder because decoding has no division and no carry, and because a state and its inverse are whole numbers
 * below 2³¹: exact in every engine, and int32 in optimised code. That two states take turns lets a processor work at
 * both at once. The price: symbols are taken up last first, so all of them must be known.
 *
 * The length is that of the ideal code but for a share of about 4^(precision − 23) / 24 nats a symbol, and 8 bytes.
 */
const LOWER = 0x80_0000; // 2²³
const STATE_BITS = 31;

/** The largest `precision`: frequencies sum to at most 2²⁰. */
export const MAX_PRECISION = 20;

/** @throws {@link DensityError} `argument` unless it is a whole number from 1 to {@link MAX_PRECISION}. */
export function checkPrecision(precision: number): void {
  if (!(Number.isInteger(precision) && precision >= 1 && precision <= MAX_PRECISION))
    throw new DensityError(
      "argument",
      `precision must be a whole number from 1 to ${MAX_PRECISION}, got ${String(precision)}`,
    );
}

/**
 * Codes the symbols `indices[0]`, `indices[1]`, …: symbol s takes the share `frequency[s]` of 2^precision that begins at
 * `start[s]`. With indices 0, 1, 2, … each symbol has shares of its own: an adaptive code.
 *
 * @param precision - 1 to {@link MAX_PRECISION}.
 * @returns What {@link RansDecoder} reads.
 * @throws {@link DensityError} `argument`, also (`at`: the symbol) for one without a share of 1 or more within 2^precision.
 * @remarks O(symbols).
 */
export function ransEncode(
  indices: ArrayLike<number>,
  start: ArrayLike<number>,
  frequency: ArrayLike<number>,
  precision: number,
): Uint8Array {
  checkPrecision(precision);
  const total = 1 << precision;
  const bytes = new Uint8Array(Math.ceil((indices.length * (precision + 1)) / 8) + 16);
  let at = bytes.length;
  const room = STATE_BITS - precision;
  // `x` is the state whose turn it is: the last symbol's first.
  let x = LOWER;
  let other = LOWER;
  for (let i = indices.length - 1; i >= 0; i--) {
    const s = indices[i]!;
    const f = frequency[s]!;
    const c = start[s]!;
    if (!(f >= 1 && c >= 0 && c + f <= total))
      throw new DensityError("argument", `symbol ${i}, ${s}, has the share ${f} from ${c} of ${total}`, i);
    // x / 2^room ≥ f is x ≥ f · 2^room, which may be 2³¹.
    while (x >> room >= f) {
      bytes[--at] = x;
      x >>= 8;
    }
    const quotient = (x / f) | 0;
    const next = (quotient << precision) + (x - quotient * f) + c;
    x = other;
    other = next;
  }
  // Decoding begins with the state of symbol 0, which is `other` now unless there was none.
  for (const state of [x, other]) for (let shift = 24; shift >= 0; shift -= 8) bytes[--at] = state >> shift;
  return bytes.slice(at);
}

/**
 * Reads what {@link ransEncode} wrote. For each symbol: `slot` tells into whose share it falls, then `take` that
 * symbol's share. When all are read, `finish`.
 */
export class RansDecoder {
  readonly #bytes: Uint8Array;
  readonly #precision: number;
  readonly #mask: number;
  #at = 8;
  #state: number;
  #other: number;

  /** @throws {@link DensityError} `format` for bytes that cannot be a beginning; `argument` for no such precision. */
  constructor(bytes: Uint8Array, precision: number) {
    checkPrecision(precision);
    if (bytes.length < 8) throw damaged();
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    this.#bytes = bytes;
    this.#precision = precision;
    this.#mask = (1 << precision) - 1;
    this.#state = view.getUint32(0, true);
    this.#other = view.getUint32(4, true);
    for (const state of [this.#state, this.#other]) if (state < LOWER || state > 0x7fff_ffff) throw damaged();
  }

  /** A number in [0, 2^precision): the next symbol is the one in whose share it lies. */
  get slot(): number {
    return this.#state & this.#mask;
  }

  /**
   * Passes on to the symbol after the one of this share.
   *
   * @throws {@link DensityError} `format` where the bytes end.
   */
  take(start: number, frequency: number): void {
    let x = frequency * (this.#state >> this.#precision) + (this.#state & this.#mask) - start;
    while (x < LOWER) {
      if (this.#at === this.#bytes.length) throw damaged();
      x = (x << 8) | this.#bytes[this.#at++]!;
    }
    this.#state = this.#other;
    this.#other = x;
  }

  /** @throws {@link DensityError} `format` unless this is where the coder began, with no byte left or lacking. */
  finish(): void {
    if (this.#state !== LOWER || this.#other !== LOWER || this.#at !== this.#bytes.length) throw damaged();
  }
}

function damaged(): DensityError {
  return new DensityError("format", "damaged: the coded symbols do not end where they must");
}
