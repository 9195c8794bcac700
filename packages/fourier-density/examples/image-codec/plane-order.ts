import type { RawImage } from "./image.ts";
import { medianOf } from "./predictors.ts";

const ORDERS = [
  [1, 0, 2],
  [0, 1, 2],
  [0, 2, 1],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
] as const;

/**
 * In which order the channels are best coded, each after the first by those before it: the one of six with the least
 * product of mean differences from the median edge prediction: of the first channel, of the second less the first, and
 * of the third less the one that suits it better. Green, red, blue, unless another is better by a twentieth.
 *
 * This is all of a colour transform that is left to choose: how much of the other channels to take away is found anew
 * at every pixel by the predictors, where a fixed transform takes the same away everywhere.
 */
export function planeOrder(image: RawImage): readonly number[] {
  if (image.channels === 1) return [0];
  const alone = [0, 1, 2].map((c) => roughness(image, c));
  const less = [0, 1, 2].map((c) => [0, 1, 2].map((d) => roughness(image, c, d)));
  const cost = ([a, b, c]: (typeof ORDERS)[number]): number =>
    alone[a]! * less[b]![a]! * Math.min(less[c]![a]!, less[c]![b]!);
  const best = ORDERS.reduce((a, b) => (cost(b) < cost(a) ? b : a));
  return cost(best) < 0.95 * cost(ORDERS[0]) ? best : ORDERS[0];
}

/** The mean size, with a little added, of what the median edge predictor leaves of a channel, or of one less another. */
function roughness({ width, height, data }: RawImage, channel: number, other?: number): number {
  const at = (x: number, y: number): number => {
    const pixel = 3 * (y * width + x);
    return data[pixel + channel]! - (other === undefined ? 0 : data[pixel + other]!);
  };
  let sum = 0;
  for (let y = 1; y < height; y++)
    for (let x = 1; x < width; x++) {
      const median = medianOf(at(x - 1, y), at(x, y - 1), at(x - 1, y - 1));
      sum += Math.abs(at(x, y) - median);
    }
  return 0.1 + sum / (width * height);
}
