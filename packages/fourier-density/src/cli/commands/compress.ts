import { parseArgs } from "node:util";
import { type Command, listing, numberOption, UsageError } from "@lemmata/filter";
import { encode } from "../../coding/encode.ts";
import type { Quantization } from "../../coding/quantization.ts";
import type { Support } from "../../support.ts";
import { densityArgs, requireOneInput } from "../density-args.ts";
import { readDensity } from "../density-file.ts";
import { NumberList } from "../numbers/number-list.ts";
import { numberHelp, numberOptions, readNumbers } from "../numbers/read-numbers.ts";
import { digits, requireBinary, writeAll } from "../output.ts";
import { withRefusals } from "../refusals.ts";

export const compressCommand: Command = {
  name: "compress",
  summary: "codes numbers by a density, rounded to steps or to levels",
  help: `Usage: lemmata-density compress [options] DENSITY [FILE…]

Codes the numbers of files, or of standard input, by a density that fit wrote, in as few bits as it holds them likely.
They are rounded first: whole numbers with --step 1 come back unchanged. The result needs no density to be read, and has
a checksum. The numbers are held in memory. How short it became is told on standard error.

Options
  --step X          rounds to multiples of X
  --offset X        of that much more; 0 if left out
  --levels LIST     in place of --step: rounds to the nearest of some numbers, "-1,0,1", or to the density's own maxima:
                    modes
${numberHelp}
  --output FILE     where the bytes go; standard output if left out

Example
  lemmata-density compress --step 0.01 --column hour hours.json visits.csv --output hours.fdc
`,
  async run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        ...numberOptions,
        step: { type: "string" },
        offset: { type: "string" },
        levels: { type: "string" },
        output: { type: "string" },
      },
    });
    const quantization = quantizationOf(values);
    const { density: path, paths } = densityArgs(positionals);
    requireOneInput(path, paths);
    const { input, column, output } = values;
    requireBinary(output);
    const density = await readDensity(path);
    const numbers = new NumberList();
    for await (const block of readNumbers({ paths, input, column, fault: outsidePeriod(density.support) }))
      numbers.push(block.values);
    const list = numbers.whole();
    const bytes = await withRefusals(paths.join(", ") || "standard input", () =>
      encode(list, density, quantization),
    );
    await writeAll(output, bytes);
    const bits = list.length === 0 ? "" : `, ${digits((8 * bytes.length) / list.length, 4)} bits a number`;
    process.stderr.write(
      listing([
        ["numbers", String(list.length)],
        ["bytes", `${bytes.length}${bits}`],
      ]),
    );
  },
};

function quantizationOf(values: {
  readonly step?: string | undefined;
  readonly offset?: string | undefined;
  readonly levels?: string | undefined;
}): Quantization {
  const { step, offset = "0", levels } = values;
  if ((step === undefined) === (levels === undefined))
    throw new UsageError("either --step X or --levels LIST is needed: what numbers are rounded to");
  if (step !== undefined) return { step: numberOption("step", step), offset: numberOption("offset", offset) };
  if (values.offset !== undefined) throw new UsageError("--offset goes with --step");
  return {
    levels: levels === "modes" ? levels : levels!.split(",").map((level) => numberOption("levels", level)),
  };
}

/** Says what is wrong with a number beyond the period of a circle, which would come back as another. */
function outsidePeriod(support: Support): ((value: number) => string | undefined) | undefined {
  if (support.kind !== "circle") return undefined;
  const { lower, upper } = support;
  return (value) =>
    value >= lower && value <= upper ? undefined : `${value} is outside the period from ${lower} to ${upper}`;
}
