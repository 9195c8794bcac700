import { createRequire } from "node:module";
import { parseArgs } from "node:util";
import {
  filter,
  formatOf,
  fromModelFile,
  inputsOf,
  integerOption,
  numberOption,
  rowFormatOf,
  rowSink,
  runProgram,
  threadsOf,
  toStdout,
  UsageError,
} from "@lemmata/filter";
import { loadModel } from "@lemmata/lattice/formats";
import { SamplingError } from "../sampling-error.ts";
import { help } from "./help.ts";
import { drawLineIds, type Job, lineWriter } from "./line-writer.ts";

/** Does what the arguments say, and sets the exit code. */
export function main(args: readonly string[]): Promise<void> {
  return runProgram("lemmata-sample", () => run(args));
}

async function run(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      model: { type: "string" },
      alpha: { type: "string" },
      nbest: { type: "string" },
      dropout: { type: "string" },
      seed: { type: "string", default: "0" },
      epochs: { type: "string" },
      epoch: { type: "string" },
      "first-line": { type: "string", default: "0" },
      format: { type: "string", default: "ids" },
      output: { type: "string" },
      threads: { type: "string", default: "1" },
      help: { type: "boolean", short: "h", default: false },
      version: { type: "boolean", default: false },
    },
  });
  if (values.help) return await toStdout(help);
  if (values.version) return await toStdout(`${version()}\n`);
  const alpha = numberOption("alpha", values.alpha ?? "1");
  const dropout = values.dropout === undefined ? undefined : numberOption("dropout", values.dropout);
  if (dropout !== undefined && (values.alpha !== undefined || values.nbest !== undefined))
    throw new UsageError("--dropout takes the place of --alpha and --nbest: not both");
  const nbest = values.nbest === undefined ? undefined : integerOption("nbest", values.nbest, 1);
  const seed = integerOption("seed", values.seed, -Number.MAX_SAFE_INTEGER);
  if (values.epochs !== undefined && values.epoch !== undefined)
    throw new UsageError("--epochs says how many, and --epoch which one: not both");
  const epochs = integerOption("epochs", values.epochs ?? "1", 1, MOST_EPOCHS);
  const epoch = integerOption("epoch", values.epoch ?? "0", 0);
  const line = integerOption("first-line", values["first-line"], 0);
  const format = formatOf(values.format, values.output);
  const threads = threadsOf(values.threads);
  const model = await fromModelFile(values.model, loadModel);
  const to = rowFormatOf(format, model.pieceType.length);
  const job: Job = { model, to, alpha, nbest, dropout, seed, epoch, line };
  requireSampler(job);
  const passes = await Promise.all(Array.from({ length: epochs }, () => inputsOf(positionals)));
  const once = passes[0]!.find(({ size }) => size === undefined);
  if (epochs > 1 && once !== undefined)
    throw new UsageError(`${once.name} can be read only once: --epochs needs files, --epoch does not`);
  const sink = await rowSink(format, to, values.output);
  return await filter({ job, writerOf: lineWriter, passes, sink, threads });
}

/** Refuses what no line of this model can be drawn with. */
function requireSampler(job: Job): void {
  try {
    drawLineIds(job, "", Math.random);
  } catch (error) {
    if (!(error instanceof SamplingError) || error.code !== "argument") throw error;
    const hint =
      job.dropout === undefined && job.model.subword !== null ? ": give --dropout, or --alpha 0" : "";
    throw new UsageError(`${error.message}${hint}`);
  }
}

/** What `--epochs` may be: each has a list of the files. */
const MOST_EPOCHS = 10_000;

function version(): string {
  const require = createRequire(import.meta.url);
  return (require("@lemmata/sampling/package.json") as { version: string }).version;
}
