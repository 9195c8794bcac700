/** Whether a value has entries by number: an array, a typed array, or something of their shape. A string is not meant. */
export function isArrayLike(value: unknown): value is ArrayLike<unknown> {
  return (
    typeof value === "object" &&
    Number.isInteger((value as ArrayLike<unknown> | null)?.length) &&
    (value as ArrayLike<unknown>).length >= 0
  );
}
