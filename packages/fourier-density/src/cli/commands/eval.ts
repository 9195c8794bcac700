import { parseArgs } from "node:util";
import { type Command, UsageError } from "@lemmata/filter";
import { densityArgs, requireOneInput } from "../density-args.ts";
import { readDensity } from "../density-file.ts";
import { numberHelp, numberOptions, readNumbers } from "../numbers/read-numbers.ts";
import { numberSink, numberSinkHelp } from "../output.ts";

const answers = ["pdf", "logPdf", "cdf", "quantile"] as const;

export const evalCommand: Command = {
  name: "eval",
  summary: "the density, its logarithm, the distribution function or quantiles at numbers",
  help: `Usage: lemmata-density eval [options] DENSITY [FILE…]

Evaluates a density that fit wrote, or - for standard input, at the numbers of files or of standard input: an answer for
each, in their order, with all digits that count.

Options
  --what NAME       pdf (the default), logPdf, cdf, or quantile, of probabilities
${numberHelp}
${numberSinkHelp}

Example
  seq 0 0.25 24 | lemmata-density eval --what cdf hours.json
`,
  async run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        ...numberOptions,
        what: { type: "string", default: "pdf" },
        output: { type: "string" },
      },
    });
    const what = answers.find((known) => known === values.what);
    if (what === undefined)
      throw new UsageError(`no answer "${values.what}"; there are ${answers.join(", ")}`);
    const { density: path, paths } = densityArgs(positionals);
    requireOneInput(path, paths);
    const density = await readDensity(path);
    const { input, column, output } = values;
    const fault = what === "quantile" ? noProbability : undefined;
    const sink = await numberSink(output);
    for await (const block of readNumbers({ paths, input, column, fault }))
      await sink.write(density[what](block.values));
    await sink.finish();
  },
};

function noProbability(value: number): string | undefined {
  return value >= 0 && value <= 1 ? undefined : `${value} is no probability, from 0 to 1`;
}
