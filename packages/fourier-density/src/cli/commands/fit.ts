import { parseArgs } from "node:util";
import { type Command, integerOption, listing, numberOption, UsageError } from "@lemmata/filter";
import type { FitOptions, FittedDensity } from "../../fit.ts";
import type { Support } from "../../support.ts";
import { fitAsTheyCome, fitInMemory } from "../data-fit.ts";
import type { NumberBlock } from "../numbers/number-block.ts";
import { numberHelp, numberOptions, readNumbers } from "../numbers/read-numbers.ts";
import { digits, writeAll } from "../output.ts";
import { withRefusals } from "../refusals.ts";
import { outsideOf, supportHelp, supportOf, supportOptions, wholeSupport } from "../support-options.ts";

export const fitCommand: Command = {
  name: "fit",
  summary: "fits a density to samples, and writes it as JSON",
  help: `Usage: lemmata-density fit [options] [FILE…]

Fits a density to samples in files, or in standard input, writes it as JSON, and tells on standard error how it went.
Where the support is told in full, samples are binned as they come, however many; else they are held in memory, 8 bytes
each.

Options
${supportHelp}
  --terms N         the degree of the series, up to 4096, or auto (the default)
  --smoothness X    how much to penalise roughness; 0 if left out
  --method NAME     likelihood, or jackson, a kernel estimate; if left out, likelihood, or what loses less on samples
                    left out where terms are to be chosen
  --atoms WHICH     auto keeps values that stand out as ties apart, and needs all samples in memory; none keeps none. If
                    left out, it is none where the support is told in full, else auto
${numberHelp}
  --weights NAME    the column or field with the weight of each sample
  --output FILE     where the density goes; standard output if left out

Example
  lemmata-density fit --support interval --lower 0 --upper 24 --column hour visits.csv --output hours.json
`,
  async run(args) {
    const { values, positionals: paths } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        ...supportOptions,
        ...numberOptions,
        terms: { type: "string", default: "auto" },
        smoothness: { type: "string", default: "0" },
        method: { type: "string" },
        atoms: { type: "string" },
        weights: { type: "string" },
        output: { type: "string" },
      },
    });
    const { input, column, weights, atoms, output } = values;
    if (atoms !== undefined && atoms !== "auto" && atoms !== "none")
      throw new UsageError(`--atoms is auto or none, not "${atoms}"`);
    const support = supportOf(values);
    const options = {
      terms: values.terms === "auto" ? ("auto" as const) : integerOption("terms", values.terms, 0, 4096),
      smoothness: numberOption("smoothness", values.smoothness),
      method: values.method as FitOptions["method"],
    };
    const seen = { count: 0, weight: 0 };
    const blocks = counted(readNumbers({ paths, input, column, weights, fault: outsideOf(support) }), seen);
    const whole = atoms === "auto" ? undefined : wholeSupport(support);
    const density = await withRefusals(paths.join(", ") || "standard input", () =>
      whole === undefined
        ? fitInMemory(blocks, { ...options, support, atoms: atoms ?? "auto" })
        : fitAsTheyCome(blocks, whole, options),
    );
    await writeAll(output, `${JSON.stringify(density)}\n`);
    const lookedFor = whole === undefined && atoms !== "none";
    process.stderr.write(report(density, seen, lookedFor));
  },
};

/** Numbers as they come, counted. */
async function* counted(
  blocks: AsyncIterable<NumberBlock>,
  seen: { count: number; weight: number },
): AsyncGenerator<NumberBlock> {
  for await (const block of blocks) {
    seen.count += block.values.length;
    seen.weight += block.weights?.reduce((sum, weight) => sum + weight, 0) ?? block.values.length;
    yield block;
  }
}

function report(
  density: FittedDensity,
  { count, weight }: { readonly count: number; readonly weight: number },
  lookedFor: boolean,
): string {
  const { method, terms, parameters, logLikelihood, gap } = density.report;
  const { values, masses } = density.atoms;
  const share = 100 * masses.reduce((sum, mass) => sum + mass, 0);
  const atoms = values.length === 0 ? "none" : `${values.length}, with ${digits(share)} % of the samples`;
  return listing([
    ["samples", weight === count ? String(count) : `${count}, of a weight of ${digits(weight)}`],
    ["support", supportText(density.support)],
    ["method", method],
    ["terms", `${terms}, ${digits(parameters!)} parameters in effect`],
    ["log-likelihood", `${digits(logLikelihood!)} nats, ${digits(logLikelihood! / weight)} a sample`],
    ["gap", `${digits(gap!, 2)} nats a sample at most, to the best with these terms`],
    ["atoms", lookedFor ? atoms : "not looked for"],
  ]);
}

function supportText(support: Support): string {
  if (support.kind === "line")
    return `line, ${support.map}, location ${digits(support.location)}, scale ${digits(support.scale)}`;
  const ends = `from ${digits(support.lower)} to ${digits(support.upper)}`;
  return support.kind === "circle" ? `circle, ${ends}` : `interval, ${support.map}, ${ends}`;
}
