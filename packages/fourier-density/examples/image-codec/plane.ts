/** How far a neighbour may be. */
export const MARGIN = 3;

/**
 * One channel of an image on its way, with a margin around it, so that every pixel has all neighbours: above the first
 * row stands one grey; left of a row, what stands above its first pixel; right of it, its last.
 */
export class Plane {
  readonly width: number;
  readonly height: number;
  /** From a pixel to the one below it. */
  readonly stride: number;
  readonly data: Float64Array;

  constructor(width: number, height: number, grey: number) {
    this.width = width;
    this.height = height;
    this.stride = width + 2 * MARGIN;
    this.data = new Float64Array(this.stride * (height + MARGIN + 1)).fill(grey);
  }

  /** Where a pixel stands in {@link Plane.data}. */
  index(x: number, y: number): number {
    return (y + MARGIN) * this.stride + x + MARGIN;
  }

  beginRow(y: number): void {
    const from = this.index(0, y);
    this.data.fill(this.data[from - this.stride]!, from - MARGIN, from);
  }

  endRow(y: number): void {
    const end = this.index(this.width, y);
    this.data.fill(this.data[end - 1]!, end, end + MARGIN);
    // The row below the last is asked for by other channels.
    if (y === this.height - 1) this.data.copyWithin(end + MARGIN, end + MARGIN - this.stride, end + MARGIN);
  }
}

/** The nearest pixels before one, nearest first, as steps in a plane. */
export function neighbours(stride: number, count: number): Int32Array {
  const near: [number, number][] = [];
  for (let dy = -MARGIN; dy <= 0; dy++)
    for (let dx = -MARGIN; dx <= MARGIN; dx++) if (dy < 0 || dx < 0) near.push([dx, dy]);
  near.sort(([a, b], [c, d]) => a * a + b * b - c * c - d * d || b - d || a - c);
  return Int32Array.from(near.slice(0, count), ([dx, dy]) => dy * stride + dx);
}

/** The sum over six neighbours, nearer ones weighing more: of errors, what is to be expected. {@link NEAR_WEIGHT} in all. */
export function nearSum(data: Float64Array, at: number, stride: number): number {
  return (
    data[at - 1]! +
    data[at - stride]! +
    0.7 * (data[at - stride - 1]! + data[at - stride + 1]!) +
    0.5 * (data[at - 2]! + data[at - 2 * stride]!)
  );
}

export const NEAR_WEIGHT = 4.4;
