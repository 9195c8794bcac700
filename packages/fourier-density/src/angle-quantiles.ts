import type { AngleTable } from "./angle-table.ts";

/**
 * The inverse of the mass of an {@link AngleTable}: from a probability in [0, 1] to the angle below which it lies, points
 * in the order of the support.
 *
 * @remarks A guide gives the piece of a cell in O(1) steps on average (Chen and Asau, 1974), the cubic through its ends
 * with their slopes a start, from which one step of the table's leads to rounding as a rule. Probabilities near 0, and
 * near 1 as far as 1 − u tells them apart, give angles of full relative precision.
 */
export class AngleQuantiles {
  readonly #table: AngleTable;
  /** The probability below the end of each piece; the last one is 1. */
  readonly #ends: Float64Array;
  /** For each i the first piece that ends above i / guide.length. */
  readonly #guide: Uint32Array;
  /** Per piece the slopes of the cubic where it begins and ends. */
  readonly #slopes: Float64Array;
  /** Pieces on each side of θ = ±π: whole cells, but halves of the first and the last. */
  readonly #side: number;

  /** @param half - Whether angles are in [0, π]. */
  constructor(table: AngleTable, half: boolean) {
    const side = table.cells / 2 + 1;
    const count = half ? side : 2 * side;
    const [ends, slopes] = [new Float64Array(count), new Float64Array(2 * count)];
    for (let piece = 0; piece < count; piece++) {
      const upper = piece >= side;
      const index = upper ? piece - side : piece;
      const cell = upper ? index : index + table.origin;
      const [low, high] = [index === 0 ? 0 : -0.5, index === side - 1 ? 0 : 0.5];
      ends[piece] = (upper ? 1 : 0) + table.massIn(cell, high);
      const slope = (table.massIn(cell, high) - table.massIn(cell, low)) / (high - low);
      // beyond 3 the cubic would not be monotone
      const [first, last] = [slope / table.slopeIn(cell, low), slope / table.slopeIn(cell, high)];
      slopes.set(first <= 3 && last <= 3 ? [first, last] : [1, 1], 2 * piece);
    }
    ends[count - 1] = 1;
    for (let i = count - 2; i >= 0; i--) ends[i] = Math.min(ends[i]!, ends[i + 1]!); // rounding can disorder them
    const guide = new Uint32Array(2 * table.cells);
    for (let i = 0, piece = 0; i < guide.length; i++) {
      while (ends[piece]! * guide.length <= i) piece++;
      guide[i] = piece;
    }
    this.#table = table;
    this.#ends = ends;
    this.#guide = guide;
    this.#slopes = slopes;
    this.#side = side;
  }

  /** Puts in the place of each probability u, in [0, 1], the angle below which it lies: +0 for 0; for 1 −0 or π. */
  toAngles(values: Float64Array): void {
    const [table, ends, slopes, guide, side] = [
      this.#table,
      this.#ends,
      this.#slopes,
      this.#guide,
      this.#side,
    ];
    const [last, end] = [side - 1, side === ends.length ? Math.PI : -0];
    for (let i = 0; i < values.length; i++) {
      const u = values[i]!;
      if (u === 1) {
        values[i] = end;
        continue;
      }
      let piece = guide[(u * guide.length) | 0]!;
      while (ends[piece]! < u) piece++;
      const start = piece === 0 ? 0 : ends[piece - 1]!;
      const y = (u - start) / (ends[piece]! - start || 1);
      const z = 1 - y;
      const cubic = y * (y * (3 - 2 * y) + z * (slopes[2 * piece]! * z - slopes[2 * piece + 1]! * y));
      const upper = piece > last;
      const index = upper ? piece - side : piece;
      const cell = upper ? index : index + table.origin;
      const low = index === 0 ? 0 : -0.5;
      const high = index === last ? 0 : 0.5;
      const t = table.placeIn(cell, upper ? u - 1 : u, low, high, low + cubic * (high - low));
      values[i] = (cell - table.origin + t) * table.width;
    }
  }
}
