// Takes the picture of the main job that the README shows, from the built site: `pnpm --filter @lemmata/docs picture`.
import { fileURLToPath } from "node:url";
import { findChromium } from "@lemmata/browser";
import { chromium } from "playwright";
import { serveSite } from "./serve-site.ts";

const path = fileURLToPath(new URL("public/main-job.png", import.meta.url));
const { url, close } = await serveSite(0);
const browser = await chromium.launch(await findChromium());
const page = await browser.newPage({ viewport: { width: 1200, height: 900 }, colorScheme: "light" });
await page.goto(url);
await page.getByText("20,000 of").waitFor();
await page.getByRole("button", { name: "Pause" }).waitFor({ state: "hidden" });
const top = await page.getByRole("heading", { level: 1 }).boundingBox();
const figure = await page.getByRole("region", { name: "drawn by two methods" }).boundingBox();
if (top === null || figure === null) throw new Error("the home page has no figure");
const y = top.y - 24;
await page.screenshot({
  path,
  clip: { x: 0, y, width: 1200, height: figure.y + figure.height + 24 - y },
  fullPage: true,
});
await browser.close();
close();
console.log(path);
