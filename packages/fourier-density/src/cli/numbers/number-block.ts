import { DataError, type Input, visible } from "@lemmata/filter";

/** Some of the numbers of an input, in order. */
export interface NumberBlock {
  readonly values: Float64Array;
  /** As many; undefined where all weigh the same. */
  readonly weights: Float64Array | undefined;
  /** Where an entry stands, for messages. */
  readonly place: (i: number) => string;
}

/** Which fields of a row are wanted. */
export interface Columns {
  /** The name or, counted from 1, the number of a column; undefined for the only one. */
  readonly value: string | undefined;
  /** Undefined for none. */
  readonly weight: string | undefined;
}

/** What reads an input in one of the formats. */
export type NumberReader = (input: Input, columns: Columns) => AsyncGenerator<NumberBlock>;

/** Collects the numbers of rows, and the lines where they stand. */
export class RowNumbers {
  readonly #name: string;
  readonly #weighted: boolean;
  readonly #values: number[] = [];
  readonly #weights: number[] = [];
  readonly #lines: number[] = [];

  constructor(name: string, weighted: boolean) {
    this.#name = name;
    this.#weighted = weighted;
  }

  /** @throws {@link DataError} for a text that is no number. */
  add(line: number, value: string | number, weight?: string | number): void {
    this.#values.push(typeof value === "number" ? value : this.#number(value, line));
    this.#lines.push(line);
    if (this.#weighted) this.#weights.push(typeof weight === "number" ? weight : this.#number(weight!, line));
  }

  finish(): NumberBlock {
    const [name, lines] = [this.#name, this.#lines];
    return {
      values: Float64Array.from(this.#values),
      weights: this.#weighted ? Float64Array.from(this.#weights) : undefined,
      place: (i) => `${name}, line ${lines[i]}`,
    };
  }

  #number(text: string, line: number): number {
    const number = Number(text);
    if (Number.isNaN(number) || text.trim() === "")
      throw new DataError(`${this.#name}, line ${line}: ${quoted(text)} is no number`);
    return number;
  }
}

/** A text in a message: in quotes, harmless, and no longer than can be read. */
export function quoted(text: string): string {
  return JSON.stringify(visible(text.length > 40 ? `${text.slice(0, 40)}…` : text));
}
