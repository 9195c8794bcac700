import type { BitReader, BitWriter } from "./bits.ts";

/** Numbers of this many high bits or more, written in unary, are written whole. */
const LONGEST = 20;
const WHOLE_BITS = 30;

/**
 * Codes of non-negative whole numbers below 2³⁰ whose size varies slowly: k low bits as they are and the rest in unary,
 * with the k that suits the mean of those before (Rice codes, adapted as in JPEG-LS, ITU-T T.87, A.5).
 */
export class AdaptiveRice {
  #sum = 16;
  #count = 1;

  write(bits: BitWriter, value: number): void {
    const k = this.#lowBits();
    const high = value >> k;
    for (let i = 0; i < Math.min(high, LONGEST); i++) bits.write(1, 1);
    if (high < LONGEST) {
      bits.write(0, 1);
      bits.write(value & ((1 << k) - 1), k);
    } else bits.write(value, WHOLE_BITS);
    this.#learn(value);
  }

  read(bits: BitReader): number {
    const k = this.#lowBits();
    let high = 0;
    while (high < LONGEST && bits.read(1) === 1) high++;
    const value = high < LONGEST ? high * (1 << k) + bits.read(k) : bits.read(WHOLE_BITS);
    this.#learn(value);
    return value;
  }

  #lowBits(): number {
    let k = 0;
    while (k < WHOLE_BITS - 1 && this.#count * (1 << k) < this.#sum) k++;
    return k;
  }

  #learn(value: number): void {
    this.#sum += value;
    this.#count += 1;
    if (this.#count < 8) return;
    this.#sum = Math.floor(this.#sum / 2);
    this.#count /= 2;
  }
}
