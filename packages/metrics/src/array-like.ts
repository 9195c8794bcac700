/** Whether a value has entries by number: an array, a typed array, or something of their shape. A string is not meant. */
export function isArrayLike(value: unknown): value is ArrayLike<unknown> {
  if (typeof value !== "object" || value === null) return false;
  const { length } = value as { length?: unknown };
  return Number.isInteger(length) && (length as number) >= 0;
}
