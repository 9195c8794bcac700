import { LatticeError } from "../lattice-error.ts";

/** Steps within steps: no real file goes beyond a few, and a cycle must not be followed. */
const MAX_DEPTH = 64;

/** A value of a JSON document and its place in it, such as `model.vocab[3][1]`, for messages a stranger can use. */
export class JsonField {
  readonly value: unknown;
  readonly path: string;
  private readonly depth: number;

  constructor(value: unknown, path = "", depth = 0) {
    if (depth > MAX_DEPTH) throw new LatticeError("format", `${path.slice(0, 80)}… is nested too deep`);
    this.value = value;
    this.path = path;
    this.depth = depth;
  }

  /** The field of an object; its value is undefined where there is none. */
  at(key: string): JsonField {
    const { value } = this;
    if (typeof value !== "object" || value === null || Array.isArray(value)) throw this.fault("an object");
    return new JsonField(
      Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined,
      this.path === "" ? key : `${this.path}.${key}`,
      this.depth + 1,
    );
  }

  /** The elements of an array. */
  items(): JsonField[] {
    return this.array().map((value, i) => new JsonField(value, `${this.path}[${i}]`, this.depth + 1));
  }

  /** An array without holes: where there was one, undefined stands. */
  array(): readonly unknown[] {
    if (!Array.isArray(this.value)) throw this.fault("an array");
    return Array.from(this.value as unknown[]);
  }

  get isMissing(): boolean {
    return this.value === undefined || this.value === null;
  }

  text(): string {
    if (typeof this.value !== "string") throw this.fault("a string");
    if (!this.value.isWellFormed()) throw this.fault("a string without lone surrogates");
    return this.value;
  }

  /** A string of one character. */
  character(): string {
    const text = this.text();
    if ([...text].length !== 1) throw this.fault("one character");
    return text;
  }

  boolean(otherwise?: boolean): boolean {
    if (this.isMissing && otherwise !== undefined) return otherwise;
    if (typeof this.value !== "boolean") throw this.fault("true or false");
    return this.value;
  }

  /** A whole number from 0 to below `limit`. */
  index(limit: number): number {
    const { value } = this;
    if (typeof value !== "number" || !Number.isInteger(value) || value < 0 || value >= limit)
      throw this.fault(`a whole number from 0 to ${limit - 1}`);
    return value;
  }

  oneOf<T extends string>(words: readonly T[]): T {
    const word = words.find((candidate) => candidate === this.value);
    if (word === undefined) throw this.fault(`one of ${words.join(", ")}`);
    return word;
  }

  fault(want: string): LatticeError {
    return new LatticeError("format", `${this.path || "the document"} is ${shown(this.value)}; want ${want}`);
  }

  unsupported(what: string): LatticeError {
    return new LatticeError("unsupported", `${this.path}: ${what} is not supported`);
  }
}

function shown(value: unknown): string {
  if (value === undefined) return "missing";
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === "string") return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (typeof value === "number" || typeof value === "boolean" || value === null) return `${value}`;
  return `of the type ${typeof value}`;
}
