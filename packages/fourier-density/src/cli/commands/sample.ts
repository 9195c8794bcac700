import { parseArgs } from "node:util";
import { type Command, integerOption, progressOf, UsageError } from "@lemmata/filter";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { mersenne } from "pure-rand/generator/mersenne";
import { densityArgs } from "../density-args.ts";
import { readDensity } from "../density-file.ts";
import { numberSink, numberSinkHelp } from "../output.ts";

/** Draws that are made at once. */
const PART = 1 << 16;

export const sampleCommand: Command = {
  name: "sample",
  summary: "draws from a density",
  help: `Usage: lemmata-density sample [options] DENSITY

Draws independent numbers from a density that fit wrote, or - for standard input.

Options
  --count N         how many; 1 if left out
  --seed N          0 to 4294967295: the same draws at each call, by the generator MT19937. Others each time if left out
${numberSinkHelp}

Example
  lemmata-density sample --count 1000000 --seed 7 --output draws.npy hours.json
`,
  async run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        count: { type: "string", default: "1" },
        seed: { type: "string" },
        output: { type: "string" },
      },
    });
    const count = integerOption("count", values.count, 0);
    const rng =
      values.seed === undefined ? Math.random : seeded(integerOption("seed", values.seed, 0, 2 ** 32 - 1));
    const { density: path, paths } = densityArgs(positionals);
    if (paths.length > 0) throw new UsageError(`one file is wanted, got ${positionals.length}`);
    const density = await readDensity(path);
    const sink = await numberSink(values.output);
    const progress = sink.isTTY ? undefined : progressOf(8 * count);
    try {
      for (let drawn = 0; drawn < count; drawn += PART) {
        const part = density.sample(Math.min(PART, count - drawn), { rng });
        await sink.write(part);
        progress?.add(part.byteLength);
      }
    } finally {
      progress?.clear();
    }
    await sink.finish();
  },
};

function seeded(seed: number): () => number {
  const generator = mersenne(seed);
  return () => uniformFloat64(generator);
}
