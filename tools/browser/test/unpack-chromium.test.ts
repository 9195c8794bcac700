import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright";
import { expect, test } from "vitest";
import { unpackChromium } from "../src/unpack-chromium.ts";

test.runIf(process.platform === "linux" && process.arch === "x64")(
  "processes that unpack at the same time end with one Chromium, which shows a page",
  { timeout: 120_000 },
  async () => {
    const temporary = mkdtempSync(join(tmpdir(), "lemmata-unpack-"));
    try {
      const [first, second] = await Promise.all([unpackChromium(temporary), unpackChromium(temporary)]);
      expect(second).toEqual(first);
      expect(readdirSync(temporary)).toHaveLength(1);
      const browser = await chromium.launch(first);
      expect(browser.version()).toMatch(/^\d+\./);
      const page = await browser.newPage();
      await page.setContent(`<input value="a text field, which needs a font">`);
      expect(await page.locator("input").evaluate((input) => input.clientWidth)).toBeGreaterThan(0);
      await browser.close();
    } finally {
      rmSync(temporary, { recursive: true });
    }
  },
);
