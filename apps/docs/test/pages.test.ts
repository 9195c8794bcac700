import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { inspect } from "node:util";
import * as densityCoding from "@lemmata/fourier-density/coding";
import * as densityConditional from "@lemmata/fourier-density/conditional";
import * as densityCore from "@lemmata/fourier-density";
import * as latticeCore from "@lemmata/lattice";
import * as latticeStream from "@lemmata/lattice/stream";
import * as metricsCore from "@lemmata/metrics";
import * as metricsKernel from "@lemmata/metrics/kernel";
import * as metricsLongbench from "@lemmata/metrics/longbench";
import * as metricsSparsity from "@lemmata/metrics/sparsity";
import * as metricsTests from "@lemmata/metrics/tests";
import * as metricsText from "@lemmata/metrics/text";
import * as sampling from "@lemmata/sampling";
import { examplesIn, runExample } from "@lemmata/testing/readme";
import { describe, expect, test } from "vitest";

const lattice = { ...latticeCore, ...latticeStream };
const metrics = {
  ...metricsKernel, // the main entry's cosines have the same names
  ...metricsCore,
  ...metricsLongbench,
  ...metricsSparsity,
  ...metricsTests,
  ...metricsText,
};
const density = { ...densityCoding, ...densityConditional, ...densityCore };
const here = fileURLToPath(new URL("..", import.meta.url));

/** Each page, and what its values may use. */
const pages = {
  "guide.md": {},
  "packages/lattice.md": lattice,
  "packages/sampling.md": { ...lattice, ...sampling },
  "packages/metrics.md": metrics,
  "packages/fourier-density.md": density,
};

/**
 * The values in a page: each line `expression // value` in a block fenced as `js`. All blocks of a page are one
 * program, so that what one block declares the next may use.
 */
function valuesIn(markdown: string, names: object): { expression: string; wanted: string; value: unknown }[] {
  const program = [...markdown.matchAll(/^```js\n(.*?)^```$/gms)].map((block) => block[1]).join("");
  const claims: { expression: string; wanted: string }[] = [];
  const code = program.replaceAll(/^(\S.*?) \/\/ (.+)$/gm, (_, expression: string, wanted: string) => {
    claims.push({ expression, wanted });
    return `found.push(${expression.replace(/;$/, "")});`;
  });
  // oxlint-disable-next-line typescript/no-implied-eval -- it runs what the page shows
  const run = new Function("found", ...Object.keys(names), code) as (...args: unknown[]) => void;
  const found: unknown[] = [];
  run(found, ...Object.values(names));
  return claims.map((claim, i) => ({ ...claim, value: found[i] }));
}

describe.each(Object.entries(pages))("%s", (page, names) => {
  const markdown = readFileSync(`${here}/${page}`, "utf8");

  const examples = examplesIn(markdown);
  test("has an example", () => expect(examples).not.toEqual([]));
  test.each(examples)("prints at line $line what it says", (example) => {
    const printed = runExample(here, example);
    if (example.printed.length > 0) expect(printed).toEqual(example.printed);
  });

  test("names everything that the package exports", () => {
    const own = page === "packages/sampling.md" ? sampling : names;
    expect(Object.keys(own).filter((name) => !new RegExp(`\\b${name}\\b`).test(markdown))).toEqual([]);
  });

  const values = valuesIn(markdown, names);
  if (values.length > 0)
    test.each(values)("$expression is $wanted", ({ value, wanted }) => {
      if (Number.isFinite(value)) expect(Math.abs(Number(value) - Number(wanted))).not.toBeGreaterThan(1e-14);
      else expect(inspect(value, { breakLength: Infinity })).toBe(wanted);
    });
});
