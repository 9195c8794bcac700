import { imagePath, pngPixels } from "@lemmata/data";
import { expect, test } from "vitest";
import { type ImageRow, imagesReport } from "../src/images-report.ts";
import { MODELLINGS } from "../src/image-sizes.ts";

const row = (name: string, channels: number, length: number): ImageRow => ({
  name,
  pixels: 1000,
  channels,
  png: 1000,
  ours: { ours: length, laplace: length + 10, median: 2 * length, "median, laplace": 2 * length + 20 },
  peers: { WebP: 800, "JPEG XL": name === "b" ? undefined : 500 },
});
const at = { date: "2026-11-24T00:00:00Z", node: "24.0.0", commit: "abc" };

test("the report gives bits a pixel and differences, sums of images alike, and a dash for peers that are lacking", () => {
  const page = imagesReport([row("a", 1, 400), row("b", 1, 600), row("c", 3, 500)], ["WebP 1.2.4"], at);
  expect(page).toContain("| a | 3.200 | 8.000 | 6.400 | 4.000 | −60.0 % | −50.0 % | −20.0 % |");
  expect(page).toContain("| b | 4.800 | 8.000 | 6.400 | – | −40.0 % | −25.0 % | – |");
  expect(page).toContain("| all grey | 4.000 | 8.000 | 6.400 | – | −50.0 % | −37.5 % | – |");
  expect(page).not.toContain("all in colour");
  expect(page).toContain("| a | 3.200 | 3.280 | 6.400 | 6.560 | +2.5 % | +100.0 % |");
});

test("images are bundled as raw pixels can be had of them", () => {
  expect(pngPixels(imagePath("coins"))).toMatchObject({ width: 384, height: 303, channels: 1 });
  expect(pngPixels(imagePath("chelsea")).data).toHaveLength(451 * 300 * 3);
  expect(Object.keys(MODELLINGS)).toContain("ours");
});
