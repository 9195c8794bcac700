import type { AngleTable } from "./angle-table.ts";
import { plus, type Range } from "./range.ts";

/** What q, q′ and q″ can be within a radius of an angle. */
export interface LocalBounds {
  readonly q: Range;
  readonly slope: Range;
  readonly curvature: Range;
  /** What rounding can move q′ by. */
  readonly noise: number;
}

/**
 * Bounds of q and its derivatives around an angle, from the table's Taylor polynomials of the amplitude with their remainder.
 *
 * @remarks |A⁽ᵐ⁾| within the radius ρ is at most Σⱼ |A⁽ᵐ⁺ʲ⁾(θ)| ρʲ/j! over the polynomial's derivatives, and
 * Σ |aₖ| κ⁸ h⁸⁻ᵐ/(8 − m)! for what the polynomial leaves, as all is within a cell's width h of its middle. As q = |A|² and its
 * derivatives are made of the A⁽ᵐ⁾, bounds are relative to |A|, and stay sharp where q is near 0. Ranges are widened by what
 * rounding and the remainder can move. O(1).
 */
export class AmplitudeBounds {
  /** The greatest radius. */
  readonly reach: number;
  /** κ. */
  readonly frequency: number;
  readonly #table: AngleTable;
  readonly #x = new Float64Array(8);
  readonly #y = new Float64Array(8);
  /** Of |A⁽ᵐ⁾| within a cell's width of its middle, and of the value at an angle: with what rounding leaves. */
  readonly #remainders: readonly number[];
  readonly #errors: readonly number[];

  constructor(table: AngleTable) {
    const { width, frequency, size } = table;
    this.#table = table;
    this.reach = width / 4;
    this.frequency = frequency;
    const rest = (m: number, distance: number): number => {
      let value = size;
      for (let i = 0; i < 8; i++) value *= i < 8 - m ? (frequency * distance) / (i + 1) : frequency;
      return value;
    };
    const orders = [0, 1, 2, 3];
    this.#remainders = orders.map((m) => 1.1 * rest(m, width));
    this.#errors = orders.map((m) => 1.1 * rest(m, width / 2) + 8 * Number.EPSILON * size * frequency ** m);
  }

  /** q and q′ at an angle, which may lie a little beyond the table's: q is periodic, and even where it has [0, π]. */
  at(angle: number): { readonly q: number; readonly slope: number } {
    const [x, y, table] = [this.#x, this.#y, this.#table];
    const mirrored = table.origin === 0 && (angle < 0 || angle > Math.PI);
    const inside = angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI));
    table.derivatives(mirrored ? Math.abs(inside) : inside, x, y);
    const slope = 2 * (x[0]! * x[1]! + y[0]! * y[1]!);
    return { q: x[0]! ** 2 + y[0]! ** 2, slope: mirrored ? -slope : slope };
  }

  /** @param radius - At most `reach`. */
  around(angle: number, radius: number): LocalBounds {
    const { q, slope } = this.at(angle);
    const [x, y] = [this.#x, this.#y];
    const curvature = 2 * (x[1]! ** 2 + y[1]! ** 2 + x[0]! * x[2]! + y[0]! * y[2]!);
    const a = this.#largest(0, radius);
    const b = this.#largest(1, radius);
    const c = this.#largest(2, radius);
    const d = this.#largest(3, radius);
    const [errorA, errorB, errorC] = this.#errors as [number, number, number];
    const noise = 2 * (a * errorB + b * errorA);
    const [low, high] = plus([q, q], 2 * a * b * radius + 2 * a * errorA);
    return {
      q: [Math.max(low, 0), high],
      slope: plus([slope, slope], 2 * (b * b + a * c) * radius + noise),
      curvature: plus(
        [curvature, curvature],
        2 * (a * d + 3 * b * c) * radius + 2 * (2 * b * errorB + a * errorC + c * errorA),
      ),
      noise,
    };
  }

  /** A bound of |A⁽ᵐ⁾| within the radius. */
  #largest(m: number, radius: number): number {
    let sum = this.#remainders[m]!;
    let factor = 1;
    for (let j = 0; m + j < 8; j++) {
      sum += Math.sqrt(this.#x[m + j]! ** 2 + this.#y[m + j]! ** 2) * factor;
      factor *= radius / (j + 1);
    }
    return sum;
  }
}
