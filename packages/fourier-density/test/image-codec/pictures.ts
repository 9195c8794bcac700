import type { RawImage } from "../../examples/image-codec/index.ts";
import { uniforms } from "../coding/laws.ts";

type Paint = (x: number, y: number, channel: number) => number;

/** An image by a rule for its values, which are rounded and cut to bytes. */
export function paint(width: number, height: number, channels: 1 | 3, value: Paint): RawImage {
  const data = new Uint8ClampedArray(width * height * channels);
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++) for (let c = 0; c < channels; c++) data[at++] = value(x, y, c);
  return { width, height, channels, data: new Uint8Array(data.buffer) };
}

export function noise(width: number, height: number, channels: 1 | 3, seed = 1): RawImage {
  const uniform = uniforms(seed);
  return paint(width, height, channels, () => Math.floor(256 * uniform()));
}

/** A lit ball before a striped wall, with grain. */
export function scene(width: number, height: number, channels: 1 | 3, grain = 2): RawImage {
  const uniform = uniforms(5);
  return paint(width, height, channels, (x, y, c) => {
    const [dx, dy] = [(2 * x) / width - 1, (2 * y) / height - 1];
    const inside = 0.5 - dx * dx - dy * dy;
    const ball = 60 + 190 * Math.sqrt(Math.max(0, inside)) * (0.6 - 0.4 * dx) - 20 * c;
    const wall = 120 + 40 * Math.sin(x / 3 + y / 7) + 15 * c;
    return (inside > 0 ? ball : wall) + grain * (uniform() + uniform() - 1);
  });
}
