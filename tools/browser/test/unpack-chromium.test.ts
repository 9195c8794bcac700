import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright";
import { expect, test } from "vitest";
import { unpackChromium } from "../src/unpack-chromium.ts";

test.runIf(process.platform === "linux" && process.arch === "x64")(
  "processes that unpack at the same time end with one Chromium, which starts",
  { timeout: 120_000 },
  async () => {
    const temporary = mkdtempSync(join(tmpdir(), "lemmata-unpack-"));
    try {
      const [first, second] = await Promise.all([unpackChromium(temporary), unpackChromium(temporary)]);
      expect(second).toEqual(first);
      expect(readdirSync(temporary)).toHaveLength(1);
      const browser = await chromium.launch(first);
      expect(browser.version()).toMatch(/^\d+\./);
      await browser.close();
    } finally {
      rmSync(temporary, { recursive: true });
    }
  },
);
