/** A type of number that files hold and that can be read. */
export type ElementType = keyof typeof elementSize;

/** How many bytes a number of each type takes. */
export const elementSize = {
  float64: 8,
  float32: 4,
  float16: 2,
  bfloat16: 2,
  int64: 8,
  int32: 4,
  int16: 2,
  int8: 1,
  uint64: 8,
  uint32: 4,
  uint16: 2,
  uint8: 1,
  bool: 1,
} as const;

/** The names of all types. */
export const elementTypes = Object.keys(elementSize) as readonly ElementType[];
