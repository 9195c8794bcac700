// Compresses and restores portable greymaps and pixmaps (PGM and PPM of 8 bits), which most image tools write and read:
//
//   node --conditions=lemmata-source examples/image-codec/cli.ts compress photo.ppm photo.fdi
//   node --conditions=lemmata-source examples/image-codec/cli.ts restore photo.fdi photo.ppm
import { readFileSync, writeFileSync } from "node:fs";
import { DensityError } from "@lemmata/fourier-density/coding";
import { decodeImage, encodeImage, type RawImage } from "./index.ts";

const [command, from, to] = process.argv.slice(2);

try {
  if (from === undefined || to === undefined || (command !== "compress" && command !== "restore"))
    throw new DensityError("argument", "compress IMAGE.pgm FILE.fdi | restore FILE.fdi IMAGE.pgm");
  const bytes = new Uint8Array(readFileSync(from));
  writeFileSync(
    to,
    command === "compress" ? encodeImage(readMap(bytes)) : writeMap(decodeImage(bytes, { limit: Infinity })),
  );
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}

/** Netpbm's binary formats P5 and P6: white space and comments between the numbers, one white space after them. */
function readMap(bytes: Uint8Array): RawImage {
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, 4096));
  const space = String.raw`(?:\s|#[^\n]*\n)+`;
  const match = new RegExp(`^P([56])${space}(\\d+)${space}(\\d+)${space}255\\s`).exec(head);
  if (match === null)
    throw new DensityError("format", `${from} is no binary greymap or pixmap (P5, P6) of 8 bits`);
  const [whole, kind, width, height] = match;
  return {
    width: Number(width),
    height: Number(height),
    channels: kind === "5" ? 1 : 3,
    data: bytes.subarray(whole.length),
  };
}

function writeMap({ width, height, channels, data }: RawImage): Uint8Array {
  const head = new TextEncoder().encode(`P${channels === 1 ? 5 : 6}\n${width} ${height}\n255\n`);
  const bytes = new Uint8Array(head.length + data.length);
  bytes.set(head);
  bytes.set(data, head.length);
  return bytes;
}
