import { fileURLToPath } from "node:url";
import { conditions, toolTests } from "@lemmata/testing";
import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";
import { findChromium } from "./src/find-chromium.ts";

const workspace = fileURLToPath(new URL("../..", import.meta.url));

// Two projects: this member's own tests in Node, and those of every package, as they stand, in Chromium.
export default defineConfig({
  ...toolTests(),
  test: {
    ...toolTests().test,
    projects: [
      { extends: true, test: { name: "node" } },
      {
        // A package's own vitest has no browser provider: all tests must share the one that runs them.
        resolve: { conditions: ["browser", ...conditions], dedupe: ["vitest"] },
        test: {
          name: "chromium",
          dir: workspace,
          include: ["packages/*/test/**/*.test.ts"],
          exclude: ["**/*.node.test.ts"],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: await findChromium() }),
            instances: [{ browser: "chromium" }],
          },
        },
      },
    ],
  },
});
