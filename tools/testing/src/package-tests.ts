import { defineConfig, type ViteUserConfig } from "vitest/config";

/** The share of code, in percent, that the tests of a package must reach. */
export interface Thresholds {
  readonly statements?: number;
  readonly branches?: number;
  readonly functions?: number;
  readonly lines?: number;
}

/** The vitest configuration of a published package: Node, workspace packages from source, coverage of `src/`. */
export function packageTests(thresholds: Thresholds): ViteUserConfig {
  const conditions = ["lemmata-source", "module", "node", "import", "default"];
  return defineConfig({
    resolve: { conditions },
    ssr: { resolve: { conditions } },
    test: {
      include: ["test/**/*.test.ts"],
      coverage: {
        provider: "v8",
        include: ["src/**/*.ts"],
        exclude: ["**/*.gen.ts"],
        reporter: ["text", "json-summary"],
        thresholds,
      },
    },
  });
}
