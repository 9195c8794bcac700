import { type Alignment, alignmentOf, areSafe } from "../alignment.ts";
import { MetricsError } from "../metrics-error.ts";
import { addProducts } from "../products.ts";
import type { Vector } from "../vector.ts";
import type { StoredVector } from "./vector-file.ts";

/** Entries that are read at once: a multiple of what `addProducts` sums before it adds to the whole. */
const PART = 1 << 17;

/**
 * The alignment of two vectors of one length that are read by parts, to the bit as `alignment` gives it of vectors in
 * memory: where squares leave the range of float64, they are read again, in units of the largest entry.
 *
 * @param onRead is told how many entries of each have been read, the first time.
 * @throws {@link MetricsError} `value` for NaN and infinities.
 */
export async function storedAlignment(
  x: StoredVector,
  y: StoredVector,
  onRead: (entries: number) => void,
): Promise<Alignment> {
  const sums: [number, number, number] = [0, 0, 0];
  for await (const [a, b] of partsOf(x, y)) {
    addProducts(sums, a, b, 0, a.length);
    onRead(a.length);
  }
  if (areSafe(sums)) return alignmentOf(sums, 1, 1);
  const unitX = await largest(x);
  const unitY = await largest(y);
  const scaled: [number, number, number] = [0, 0, 0];
  for await (const [a, b] of partsOf(x, y))
    addProducts(scaled, inUnits(a, unitX), inUnits(b, unitY), 0, a.length);
  return alignmentOf(scaled, unitX, unitY);
}

async function* partsOf(x: StoredVector, y: StoredVector): AsyncGenerator<[Vector, Vector]> {
  for (let from = 0; from < x.length; from += PART) {
    const to = Math.min(from + PART, x.length);
    yield await Promise.all([x.read(from, to), y.read(from, to)]);
  }
}

function inUnits(x: Vector, unit: number): Float64Array {
  return Float64Array.from(x, (entry) => entry / unit);
}

/** The size of the largest entry, 1 if all are zero. */
async function largest(x: StoredVector): Promise<number> {
  let most = 0;
  for (let from = 0; from < x.length; from += PART) {
    const part = await x.read(from, Math.min(from + PART, x.length));
    for (let i = 0; i < part.length; i++) {
      if (!Number.isFinite(part[i]))
        throw new MetricsError("value", `${x.name}[${from + i}] is ${part[i]}`, from + i);
      most = Math.max(most, Math.abs(part[i]!));
    }
  }
  return most || 1;
}
