/** A shape of values. */
export interface Shape<T = unknown> {
  /** Says what is wrong with a value, which stands at `place`; undefined if it is of the shape. */
  (value: unknown, place: string): string | undefined;
  /** Never there: it tells the compiler of which values this is the shape. */
  readonly of?: T;
}

/** Shapes of the fields of a record. A field that T has and this lacks does not compile. */
export type Fields<T> = { readonly [K in keyof T]-?: Shape<T[K]> };

/** A shape of values of which a test tells all. */
export function kindOf<T>(what: string, is: (value: unknown) => boolean): Shape<T> {
  return (value, place) => (is(value) ? undefined : `${place} is not ${what}`);
}

export const truth: Shape<boolean> = kindOf("true or false", (value) => typeof value === "boolean");
export const text: Shape<string> = kindOf("text", (value) => typeof value === "string");
export const someText: Shape<string> = kindOf(
  "text of some length",
  (value) => typeof value === "string" && value !== "",
);
/** A whole number below 2³¹. */
export const count: Shape<number> = kindOf(
  "a count",
  (value) => Number.isInteger(value) && (value as number) >= 0 && (value as number) < 2 ** 31,
);
/** The source of a regular expression with the flags `gu`. */
export const pattern: Shape<string> = kindOf("a regular expression", (value) => {
  try {
    return typeof value === "string" && new RegExp(value, "gu").global;
  } catch {
    return false;
  }
});

export function oneOf<T>(...values: readonly T[]): Shape<T> {
  return kindOf(`one of ${values.join(", ")}`, (value) => values.includes(value as T));
}

/** A typed array, of whichever window or worker. */
export function arrayOf<T extends ArrayBufferView>(name: string): Shape<T> {
  return kindOf(
    `a ${name}`,
    (value) => ArrayBuffer.isView(value) && Object.prototype.toString.call(value) === `[object ${name}]`,
  );
}

export function orNull<T>(shape: Shape<T>): Shape<T | null> {
  return (value, place) => (value === null ? undefined : shape(value, place));
}

export function listOf<T>(shape: Shape<T>): Shape<readonly T[]> {
  return (value, place) => {
    if (!Array.isArray(value)) return `${place} is not a list`;
    for (const [i, item] of value.entries()) {
      const fault = shape(item, `${place}[${i}]`);
      if (fault !== undefined) return fault;
    }
    return undefined;
  };
}

/** A record with just these fields. */
export function record<T>(fields: Fields<T>): Shape<T> {
  return (value, place) => {
    if (typeof value !== "object" || value === null || Array.isArray(value))
      return `${place} is not a record`;
    const strange = Object.keys(value).find((name) => !Object.hasOwn(fields, name));
    if (strange !== undefined) return `${place} has the field ${JSON.stringify(strange)}, which is not known`;
    for (const name of Object.keys(fields) as (keyof T & string)[]) {
      const fault = fields[name]((value as T)[name], `${place}.${name}`);
      if (fault !== undefined) return fault;
    }
    return undefined;
  };
}

/** Steps, told apart by their `type`: the fields of each beside it. */
export function stepOf<T extends { readonly type: string }>(steps: {
  readonly [K in T["type"]]: Fields<Omit<Extract<T, { type: K }>, "type">>;
}): Shape<T> {
  const shapes = new Map<unknown, Shape>(
    Object.entries(steps).map(([type, fields]) => [type, record({ type: text, ...(fields as object) })]),
  );
  return (value, place) => {
    const { type } = (value ?? {}) as T;
    const shape = shapes.get(type);
    return shape === undefined
      ? `${place} is of the unknown type ${JSON.stringify(type)}`
      : shape(value, place);
  };
}
