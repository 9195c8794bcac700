import { defineConfig, type ViteUserConfig } from "vitest/config";
import { CountsReporter } from "./counts-reporter.ts";

/** How tests resolve `@lemmata/*`: to the sources, so that no build can be stale. */
export const conditions: readonly string[] = ["lemmata-source", "module", "import", "default"];

/** The share, in percent, of a package's code that its tests must reach. */
export interface Thresholds {
  readonly statements?: number;
  readonly branches?: number;
  readonly functions?: number;
  readonly lines?: number;
}

/** The vitest configuration of a private member. */
export function toolTests(): ViteUserConfig {
  return defineConfig({
    resolve: { conditions: [...conditions] },
    ssr: { resolve: { conditions: ["node", ...conditions] } },
    test: {
      include: ["test/**/*.test.ts"],
      reporters: ["default", new CountsReporter()],
      // Only against a hang: a slow machine under coverage must not fail a test.
      testTimeout: 120_000,
    },
  });
}

/** The vitest configuration of a published package: as a private member's, and with `--coverage` a floor under it. */
export function packageTests(thresholds: Thresholds): ViteUserConfig {
  const base = toolTests();
  return {
    ...base,
    test: {
      ...base.test,
      coverage: {
        provider: "v8",
        include: ["src/**/*.ts"],
        // A command line is tested as it runs, in a process of its own, where nothing is counted.
        exclude: ["**/*.gen.ts", "src/cli.ts", "src/cli/**"],
        reporter: ["text", "json-summary"],
        thresholds,
      },
    },
  };
}
