import { basename } from "node:path";
import { parseArgs } from "node:util";
import { type Command, integerOption, numberOption, visible } from "@lemmata/filter";
import { densityArgs, requireOneInput } from "../density-args.ts";
import { readDensity } from "../density-file.ts";
import { numberHelp, numberOptions, readNumbers } from "../numbers/read-numbers.ts";
import { writeAll } from "../output.ts";
import { barsOf } from "../plot/bars.ts";
import { chart } from "../plot/chart.ts";
import { viewOf } from "../plot/view.ts";

export const plotCommand: Command = {
  name: "plot",
  summary: "draws a density with its modes, and data as a histogram, as SVG",
  help: `Usage: lemmata-density plot [options] DENSITY [FILE…]

Draws a density that fit wrote, or - for standard input, and its modes, as SVG. The numbers of files, or of standard
input as -, are drawn as a histogram behind it.

Options
  --lower X, --upper X
                    the ends of the picture; if left out, those of an interval or a period, and on the line the middle
                    98 % and some more
  --bins N          how many bars; 60 if left out
  --title TEXT      if left out, what the file of the density is called
  --label TEXT      what the numbers are; the column if left out
${numberHelp}
  --weights NAME    the column or field with the weight of each number
  --output FILE     where the picture goes; standard output if left out

Example
  lemmata-density plot --column hour --title Visits hours.json visits.csv --output hours.svg
`,
  async run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        ...numberOptions,
        lower: { type: "string" },
        upper: { type: "string" },
        bins: { type: "string", default: "60" },
        title: { type: "string" },
        label: { type: "string" },
        weights: { type: "string" },
        output: { type: "string" },
      },
    });
    const { input, column, weights, lower, upper, output } = values;
    const told = {
      ...(lower === undefined ? {} : { from: numberOption("lower", lower) }),
      ...(upper === undefined ? {} : { to: numberOption("upper", upper) }),
    };
    const bins = integerOption("bins", values.bins, 1, 1000);
    const { density: path, paths } = densityArgs(positionals);
    if (paths.length > 0) requireOneInput(path, paths);
    const density = await readDensity(path);
    const view = viewOf(density, told);
    const bars =
      paths.length === 0
        ? undefined
        : await barsOf(readNumbers({ paths, input, column, weights }), density, view, bins);
    const name = path === "-" ? "Density" : basename(path).replace(/\.json$/i, "");
    const title = visible(values.title ?? name);
    const label = visible(values.label ?? column ?? "x");
    await writeAll(output, chart({ density, view, bars, title, label }));
  },
};
