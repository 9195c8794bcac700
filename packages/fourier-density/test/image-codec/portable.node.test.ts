import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const folder = new URL("../../examples/image-codec/", import.meta.url);

describe("the model that encoder and decoder share", () => {
  test.each(["least-squares", "model-image", "pixel-law", "plane", "portable", "predictors", "residual-law"])(
    "%s computes by what IEEE 754 and ECMAScript specify to the last bit alone",
    (name) => {
      const commented = readFileSync(new URL(`${name}.ts`, folder), "utf8");
      const source = commented.replaceAll(/\/\*.*?\*\/|\/\/[^\n]*/gs, "");
      const called = [...source.matchAll(/Math\.(\w+)/g)].map(([, method]) => method!);
      expect(called.filter((method) => !["floor", "ceil", "sqrt", "PI"].includes(method))).toEqual([]);
      // Powers are approximations, too, but for those of two that are constants.
      expect([...source.matchAll(/(\S+) \*\* /g)].filter(([, base]) => base !== "2")).toEqual([]);
    },
  );

  test("the codec imports nothing of Node, so it runs in browsers", () => {
    for (const file of readdirSync(folder).filter((name) => name.endsWith(".ts") && name !== "cli.ts"))
      expect(readFileSync(new URL(file, folder), "utf8")).not.toMatch(/from "node:/);
  });
});
