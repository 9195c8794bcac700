/** Some rows of a matrix. */
export function take(matrix: ArrayLike<number>, length: number, rows: Uint32Array): Float64Array {
  return Float64Array.from({ length: rows.length * length }, (_, i) => {
    const row = Math.floor(i / length);
    return matrix[rows[row]! * length + (i - row * length)]!;
  });
}

/** Shuffles in place (Fisher and Yates). */
export function shuffle(list: Uint32Array, rng: () => number): Uint32Array {
  for (let i = list.length - 1; i > 0; i--) {
    const j = Math.floor(rng() * (i + 1));
    const kept = list[i]!;
    list[i] = list[j]!;
    list[j] = kept;
  }
  return list;
}
