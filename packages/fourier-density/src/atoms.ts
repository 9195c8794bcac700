import { DensityError } from "./density-error.ts";
import { fieldsOf, isList } from "./fields.ts";
import type { Support } from "./support.ts";

/** Values that come again and again (ties), with the share of the whole that each has. */
export interface Atoms {
  /** In increasing order. */
  readonly values: Float64Array;
  /** Each in (0, 1]; the rest of 1 is spread continuously. */
  readonly masses: Float64Array;
}

/** None: all is spread continuously. */
export const NO_ATOMS: Atoms = { values: new Float64Array(), masses: new Float64Array() };

/** What may part a sum of masses from the 1 that they make up. */
const ROUNDING = 1e-12;

/**
 * A copy of atoms, after a look at them.
 *
 * @throws {@link DensityError} `argument` for what are none, values that do not increase, masses that are not in (0, 1]
 * or sum to more than 1; `length`; `support` for a value outside the support (a circle's upper end is its lower one).
 */
export function checkedAtoms(atoms: unknown, support: Support): Atoms {
  const { values, masses } = fieldsOf(atoms);
  if (!isList(values) || !isList(masses))
    throw new DensityError("argument", "atoms are { values, masses }, two lists of numbers");
  if (values.length !== masses.length)
    throw new DensityError("length", `${values.length} atoms have ${masses.length} masses`);
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    const [value, mass] = [values[i] as number, masses[i] as number];
    if (!Number.isFinite(value) || !within(support, value))
      throw new DensityError("support", `the atom at ${String(value)} is outside the support`, i);
    if (i > 0 && !(value > (values[i - 1] as number)))
      throw new DensityError("argument", "the values of atoms must increase", i);
    if (typeof mass !== "number" || !(mass > 0 && mass <= 1))
      throw new DensityError("argument", `the mass of an atom is in (0, 1], not ${String(mass)}`, i);
    total += mass;
  }
  if (total > 1 + ROUNDING)
    throw new DensityError("argument", `the masses of the atoms sum to ${total}, above 1`);
  return { values: Float64Array.from(values as number[]), masses: Float64Array.from(masses as number[]) };
}

/** Atoms, looked up: the mass at or below a point, and the atom that a probability falls on. */
export class AtomMasses {
  /** What is spread continuously. */
  readonly rest: number;
  readonly #values: Float64Array;
  /** The masses of the first i atoms. */
  readonly #sums: Float64Array;
  /** The probabilities just below and at each atom. */
  readonly #below: Float64Array;
  readonly #at: Float64Array;

  /** @param cdf - The distribution function of the continuous part. */
  constructor({ values, masses }: Atoms, cdf: (x: Float64Array) => Float64Array) {
    this.#values = values;
    this.#sums = new Float64Array(values.length + 1);
    for (let i = 0; i < values.length; i++) this.#sums[i + 1] = this.#sums[i]! + masses[i]!;
    const rest = 1 - this.#sums[values.length]!;
    this.rest = rest > ROUNDING ? rest : 0;
    const below = cdf(values);
    this.#below = below.map((mass, i) => Math.min(1, this.rest * mass + this.#sums[i]!));
    this.#at = below.map((mass, i) => Math.min(1, this.rest * mass + this.#sums[i + 1]!));
  }

  /** The sum of the masses at values ≤ x. */
  upTo(x: number): number {
    return this.#sums[countOf(this.#values, (value) => value <= x)]!;
  }

  /** The sum of the masses at values in (lower, upper], on a circle those of an arc of less than a period. */
  within(support: Support, lower: number, upper: number): number {
    const period = support.kind === "circle" ? support.upper - support.lower : Infinity;
    let sum = 0;
    for (let i = 0; i < this.#values.length; i++) {
      const value = this.#values[i]!;
      const inside =
        period === Infinity
          ? value > lower && value <= upper
          : Math.floor((upper - value) / period) > Math.floor((lower - value) / period);
      if (inside) sum += this.#sums[i + 1]! - this.#sums[i]!;
    }
    return sum;
  }

  /** The atom at which the distribution function passes u, or the probability of the continuous part that it is. */
  locate(u: number): { readonly value: number } | { readonly continuous: number } {
    const i = countOf(this.#at, (at) => at < u);
    if (i < this.#values.length && (u > this.#below[i]! || this.rest === 0))
      return { value: this.#values[i]! };
    if (this.rest === 0) return { value: this.#values[this.#values.length - 1]! };
    return { continuous: Math.min(Math.max((u - this.#sums[i]!) / this.rest, 0), 1) };
  }
}

/** How many of the first entries hold, where those that hold come first. */
function countOf(sorted: Float64Array, holds: (value: number) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(sorted[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function within(support: Support, value: number): boolean {
  if (support.kind === "line") return true;
  return (
    value >= support.lower &&
    (value < support.upper || (support.kind === "interval" && value === support.upper))
  );
}
