import type { Header } from "./header.ts";
import { PixelLaw } from "./pixel-law.ts";

/** Is told, row by row, how many rows of the channels are done, and of how many. */
export type OnProgress = (done: number, total: number) => void;

/**
 * Goes through the pixels of an image as encoder and decoder both do: channel after channel, row after row. For each,
 * `code` is given the law of the pixel, and answers which of the channel's levels it is.
 */
export function modelImage(
  { width, height, order, levels, modelling }: Header,
  code: (law: PixelLaw, channel: number, pixel: number) => number,
  onProgress?: OnProgress,
): void {
  const laws: PixelLaw[] = [];
  const rows = height * levels.filter(({ length }) => length > 1).length;
  order.forEach((channel, c) => {
    const { length } = levels[c]!;
    // A channel of one value says nothing, neither of itself nor of others.
    if (length === 1) return;
    const law = new PixelLaw(width, height, length, laws, c + 1 < order.length, modelling);
    for (let y = 0, pixel = 0; y < height; y++) {
      law.nextRow(y);
      for (let x = 0; x < width; x++, pixel++) {
        law.begin(x, y);
        law.learn(code(law, channel, pixel));
      }
      onProgress?.(height * laws.length + y + 1, rows);
    }
    laws.push(law);
  });
}
