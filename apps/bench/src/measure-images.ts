// Compresses images without loss and compares the lengths: `pnpm --filter @lemmata/bench run images [more.png …]` writes
// results/images.{json,md}.
import { statSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { COLOUR_IMAGES, GREY_IMAGES, imagePath, pngPixels } from "@lemmata/data";
import { environment } from "./environment.ts";
import { ourSizes, peerSizes, peerVersions } from "./image-sizes.ts";
import { type ImageRow, imagesReport } from "./images-report.ts";

const bundled = [...GREY_IMAGES, ...COLOUR_IMAGES].map(imagePath);
const given = process.argv.slice(2).filter((argument) => argument !== "--"); // pnpm passes it on

const rows: ImageRow[] = [...bundled, ...given].map((path) => {
  console.error(path);
  const pixels = pngPixels(path);
  return {
    name: basename(path, ".png"),
    pixels: pixels.width * pixels.height,
    channels: pixels.channels,
    png: statSync(path).size,
    ours: ourSizes(pixels),
    peers: peerSizes(path),
  };
});
rows.sort((a, b) => a.channels - b.channels || (a.name < b.name ? -1 : 1));
const at = environment();
const versions = peerVersions();
const page = imagesReport(rows, versions, at);
const results = new URL("../results/", import.meta.url);
writeFileSync(new URL("images.json", results), `${JSON.stringify({ environment: at, versions, rows })}\n`);
writeFileSync(new URL("images.md", results), page);
console.log(page);
