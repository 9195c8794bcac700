import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { equalLines } from "./check.ts";
import { ContestantProcess, type Cost } from "./contestant-process.ts";
import { ratioSpread, type RoundValue, type Spread, spread } from "./statistics.ts";
import type { Check, Contestant, Input, InputFiles, Suite } from "./suite.ts";

/** How much effort goes into a run. */
export interface Effort {
  readonly rounds: number;
  /** CPU seconds of passes before the first round. */
  readonly warmUp: number;
  /** CPU seconds that a contestant's turn in a round shall take at least. */
  readonly turn: number;
  /** Longest wait for a contestant's answer, in seconds. */
  readonly limit: number;
}

/** A contestant's turn in a round: costs of one pass, the mean of `passes`. */
export interface Sample extends Cost {
  readonly round: number;
  readonly passes: number;
  /** Of a process that was started for this turn: see {@link FirstCost}. */
  readonly addedMemory?: number | null;
}

/** What came of a contestant on an input. */
export interface Row {
  readonly contestant: string;
  readonly ours: boolean;
  readonly remark?: string;
  readonly versions: Readonly<Record<string, string>>;
  /** Why there are no samples, or no more. */
  readonly failure?: string;
  readonly check?: Check;
  readonly quality?: string;
  /** CPU and passed seconds of one pass over the input. */
  readonly cpu: Spread;
  readonly wall: Spread;
  /** For each baseline, by the suite's clock: see {@link Suite.ratio}. */
  readonly ratio: Readonly<Record<string, Spread>>;
  readonly samples: readonly Sample[];
}

export interface InputResult {
  readonly name: string;
  readonly description: string;
  readonly extent?: string;
  readonly bytes: number;
  readonly lines: number;
  /** How many processes wanted the machine on average over the last minute, before and after. */
  readonly load: readonly [number, number];
  readonly rows: readonly Row[];
}

/** A contestant under way. */
interface Runner {
  readonly contestant: Contestant;
  readonly samples: Sample[];
  process?: ContestantProcess;
  passes: number;
  versions: Readonly<Record<string, string>>;
  failure?: string;
  check?: Check;
  quality?: string;
}

/**
 * Measures all contestants of a suite on one input. Each has a process of its own; one at a time works, and in every
 * round each has its turn, so that whatever slows the machine down for a while slows all of them down. Before that,
 * each shows its output, which is compared with the first contestant's.
 */
export async function runInput(
  suite: Suite,
  input: Input,
  effort: Effort,
  directory: string,
  log: (line: string) => void,
): Promise<InputResult> {
  const files = writeInput(input, directory);
  const bytes = Buffer.byteLength(input.lines.join(""));
  const loadBefore = loadavg()[0] ?? 0;
  const runners: Runner[] = suite.contestants.map((contestant) => ({
    contestant,
    samples: [],
    passes: 1,
    versions: {},
  }));
  const attempt = async (runner: Runner, work: () => Promise<void>): Promise<void> => {
    if (runner.failure !== undefined) return;
    try {
      await work();
    } catch (error) {
      runner.failure = error instanceof Error ? error.message : String(error);
      runner.process?.stop();
      log(`  ${runner.contestant.name}: ${runner.failure}`);
    }
  };

  try {
    let expected: readonly string[] | undefined;
    for (const runner of runners)
      await attempt(runner, async () => {
        await start(runner, files, effort);
        if (runner.contestant.unchecked !== true) {
          const got = await outputOf(runner, files);
          if (suite.quality !== undefined) runner.quality = suite.quality.of(got, input);
          else if (expected !== undefined) runner.check = (suite.check ?? equalLines)(expected, got, input);
          expected ??= got;
        }
        if (suite.process === "kept") await warmUp(runner, effort);
        else runner.process?.stop();
        log(
          `  ${runner.contestant.name}: ready${runner.check ? `, ${runner.check.differing} lines differ` : ""}`,
        );
      });
    for (let round = 0; round < effort.rounds; round++) {
      for (const runner of inTurn(runners, round))
        await attempt(runner, async () => {
          const { passes, contestant } = runner;
          const fresh = suite.process === "fresh";
          if (fresh) await start(runner, files, effort);
          const cost = await (fresh
            ? runner.process!.firstPass(contestant.collects === true)
            : runner.process!.pass(passes));
          if (fresh) runner.process?.stop();
          runner.samples.push({ round, passes, ...cost, cpu: cost.cpu / passes, wall: cost.wall / passes });
        });
      log(`  round ${round + 1} of ${effort.rounds}`);
    }
  } finally {
    for (const runner of runners) runner.process?.stop();
  }
  return {
    name: input.name,
    description: input.description,
    ...(input.extent === undefined ? {} : { extent: input.extent }),
    bytes,
    lines: input.lines.length,
    load: [loadBefore, loadavg()[0] ?? 0],
    rows: runners.map((runner) => rowOf(runner, runners, suite)),
  };
}

function writeInput(input: Input, workDirectory: string): InputFiles {
  const directory = join(workDirectory, input.name.replaceAll(/\W/g, "-"));
  mkdirSync(directory, { recursive: true });
  const modelFile = join(directory, "input.model");
  const textFile = join(directory, "input.txt");
  writeFileSync(modelFile, input.model);
  writeFileSync(textFile, input.lines.map((line) => `${line}\n`).join(""));
  return { modelFile, textFile, workDirectory };
}

async function start(runner: Runner, files: InputFiles, effort: Effort): Promise<void> {
  runner.process = await ContestantProcess.start(await runner.contestant.launch(files), effort.limit);
  runner.versions = runner.process.versions;
}

async function outputOf(runner: Runner, files: InputFiles): Promise<string[]> {
  const file = join(files.workDirectory, "output.txt");
  await runner.process!.output(file);
  return readFileSync(file, "utf8").split("\n").slice(0, -1);
}

/** Runs passes until compilers have seen enough, and finds out how many make a turn. */
async function warmUp(runner: Runner, effort: Effort): Promise<void> {
  const times: number[] = [];
  for (let spent = 0; spent < effort.warmUp; spent += times.at(-1)!)
    times.push(Math.max((await runner.process!.pass(1)).cpu, 1e-6));
  const { low } = spread(times);
  runner.passes = Math.max(1, Math.ceil(effort.turn / low));
}

/** Each round begins with another contestant, so that no one always follows the same one. */
function inTurn<T>(all: readonly T[], round: number): T[] {
  const first = round % Math.max(1, all.length);
  return [...all.slice(first), ...all.slice(0, first)];
}

function rowOf(runner: Runner, all: readonly Runner[], suite: Suite): Row {
  const { contestant, versions, failure, check, quality, samples } = runner;
  const clock = suite.clock ?? "cpu";
  const timesOf = (of: readonly Sample[]): RoundValue[] =>
    of.map((sample) => ({ round: sample.round, value: sample[clock] }));
  const ratio: Record<string, Spread> = {};
  for (const name of suite.baselines) {
    const baseline = all.find((other) => other.contestant.name === name);
    if (baseline === undefined) continue;
    const [above, below] =
      suite.ratio === "times" ? [samples, baseline.samples] : [baseline.samples, samples];
    ratio[name] = ratioSpread(timesOf(above), timesOf(below));
  }
  return {
    contestant: contestant.name,
    ours: contestant.ours,
    ...(contestant.remark === undefined ? {} : { remark: contestant.remark }),
    versions,
    ...(failure === undefined ? {} : { failure }),
    ...(check === undefined ? {} : { check }),
    ...(quality === undefined ? {} : { quality }),
    cpu: spread(samples.map(({ cpu }) => cpu)),
    wall: spread(samples.map(({ wall }) => wall)),
    ratio,
    samples,
  };
}
