import { parseArgs } from "node:util";
import { type Command, integerOption, UsageError } from "@lemmata/filter";
import { decode } from "../../coding/decode.ts";
import { readWhole } from "../density-file.ts";
import { numberSink, numberSinkHelp } from "../output.ts";
import { withRefusals } from "../refusals.ts";

/** Numbers that are written at once. */
const PART = 1 << 16;

export const decompressCommand: Command = {
  name: "decompress",
  summary: "gives the numbers back that compress coded",
  help: `Usage: lemmata-density decompress [options] [FILE]

Gives back the numbers that compress coded to a file, or to what comes on standard input. A file that is damaged or cut
short gives no numbers at all.

Options
  --limit N         the most numbers to give back: if left out, 256 for each byte, and 4194304 at the least. A few
                    bytes may stand for any number of equal ones
${numberSinkHelp}

Example
  lemmata-density decompress hours.fdc --output hours.npy
`,
  async run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { limit: { type: "string" }, output: { type: "string" } },
    });
    const [path = "-", ...more] = positionals;
    if (more.length > 0) throw new UsageError(`one file is wanted, got ${positionals.length}`);
    const limit = values.limit === undefined ? undefined : integerOption("limit", values.limit, 0);
    const { name, bytes } = await readWhole(path);
    const numbers = await withRefusals(name, () => decode(bytes, { limit }));
    const sink = await numberSink(values.output);
    for (let from = 0; from < numbers.length; from += PART)
      await sink.write(numbers.subarray(from, from + PART));
    await sink.finish();
  },
};
