import { toolTests } from "@lemmata/testing";
import { mergeConfig } from "vitest/config";

export default mergeConfig(toolTests(), {
  test: { globalSetup: "test/registry.setup.ts", testTimeout: 120_000, hookTimeout: 120_000 },
});
