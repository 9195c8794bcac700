import type { Support } from "../support.ts";

/** How many features these dimensions give: two for a circle, its cosine and its sine, so that its ends are one point. */
export function featureCount(supports: readonly Support[]): number {
  return supports.reduce((sum, { kind }) => sum + (kind === "circle" ? 2 : 1), 0);
}

/**
 * The features that the first dimensions of points give to the next.
 *
 * @param points - Rows of `stride` numbers; the first `supports.length` of a row are looked at.
 */
export function prefixFeatures(
  points: ArrayLike<number>,
  rows: number,
  stride: number,
  supports: readonly Support[],
): Float64Array {
  const features = new Float64Array(rows * featureCount(supports));
  for (let row = 0, to = 0; row < rows; row++)
    for (let k = 0; k < supports.length; k++) {
      const [x, support] = [points[row * stride + k]!, supports[k]!];
      if (support.kind === "circle") {
        const angle = (2 * Math.PI * (x - support.lower)) / (support.upper - support.lower);
        features[to++] = Math.cos(angle);
        features[to++] = Math.sin(angle);
      } else features[to++] = x;
    }
  return features;
}
