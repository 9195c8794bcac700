// Runs suites: `pnpm bench [suite…] [options]`. See the README beside package.json.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { environment } from "./environment.ts";
import { ownInput } from "./inputs.ts";
import { installPeers } from "./install-peers.ts";
import { report, type SuiteResult } from "./report.ts";
import { type Effort, type InputResult, runInput } from "./run-suite.ts";
import type { Input, Suite } from "./suite.ts";

const usage = `pnpm bench [suite…] [options]

  --list             name the suites, their inputs and contestants, and stop
  --quick            a glance: few and short rounds
  --rounds N         rounds to run (11; quick: 3)
  --input NAME       only the inputs whose name contains NAME
  --peers A,B        only the peers whose name contains A or B; "none" for none
  --model FILE --text FILE
                     a SentencePiece model and a text (may be .gz) in place of the bundled ones
  --out DIR          where to write; results/ for a full run, else results/local/, which git ignores
`;

const thorough: Effort = { rounds: 11, warmUp: 1, turn: 0.3, limit: 300 };
const quick: Effort = { rounds: 3, warmUp: 0.2, turn: 0.1, limit: 60 };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  args: process.argv.slice(2).filter((argument) => argument !== "--"), // pnpm passes it on
  options: {
    list: { type: "boolean", default: false },
    quick: { type: "boolean", default: false },
    rounds: { type: "string" },
    input: { type: "string" },
    peers: { type: "string" },
    model: { type: "string" },
    text: { type: "string" },
    out: { type: "string" },
    help: { type: "boolean", default: false },
  },
});

await main();

async function main(): Promise<void> {
  if (values.help) return log(usage);
  const suites = (await allSuites()).filter(
    ({ name }) => positionals.length === 0 || positionals.includes(name),
  );
  const unknown = positionals.filter((name) => !suites.some((suite) => suite.name === name));
  if (unknown.length > 0) return refuse(`there is no suite ${unknown.join(", ")}; see --list`);
  if ((values.model === undefined) !== (values.text === undefined))
    return refuse("--model and --text go together");
  if (values.list) return suites.forEach(list);

  const effort = { ...(values.quick ? quick : thorough) };
  if (values.rounds !== undefined) effort.rounds = Number(values.rounds);
  if (!Number.isInteger(effort.rounds) || effort.rounds < 1) return refuse("--rounds takes a number from 1");
  const full =
    !values.quick && [values.rounds, values.input, values.peers, values.model].every((v) => v === undefined);
  const out = resolve(
    values.out ?? fileURLToPath(new URL(`../results${full ? "" : "/local"}`, import.meta.url)),
  );
  mkdirSync(out, { recursive: true });

  const chosen = suites.map((suite) => withPeers(suite, values.peers));
  if (chosen.some(({ contestants }) => contestants.some(({ ours }) => !ours))) {
    const failure = installPeers();
    if (failure !== undefined) log(`The peers could not be installed: ${failure}`);
  }
  for (const suite of chosen) {
    const result = await run(suite, effort);
    const table = report(result);
    writeFileSync(join(out, `${suite.name}.json`), `${JSON.stringify(result)}\n`);
    writeFileSync(join(out, `${suite.name}.md`), table);
    console.log(`\n${table}`);
  }
  log(`Written to ${out}`);
}

async function allSuites(): Promise<Suite[]> {
  const directory = new URL("../suites/", import.meta.url);
  const files = readdirSync(directory)
    .filter((file) => file.endsWith(".ts"))
    .sort();
  return Promise.all(
    files.map(async (file) => ((await import(new URL(file, directory).href)) as { suite: Suite }).suite),
  );
}

function list({ name, claim, inputs, contestants }: Suite): void {
  const names = inputs().map((input) => input.name);
  console.log(`${name}: ${claim}\n  on ${names.join(", ")}`);
  for (const contestant of contestants) console.log(`  ${contestant.ours ? "*" : "-"} ${contestant.name}`);
}

/** The suite with only the peers asked for. */
function withPeers(suite: Suite, asked: string | undefined): Suite {
  if (asked === undefined) return suite;
  const parts = asked.toLowerCase().split(",");
  const contestants = suite.contestants.filter(
    ({ name, ours }) => ours || parts.some((part) => name.toLowerCase().includes(part)),
  );
  return { ...suite, contestants };
}

function inputsOf(suite: Suite): readonly Input[] {
  if (values.model !== undefined && values.text !== undefined) return [ownInput(values.model, values.text)];
  const part = (values.input ?? "").toLowerCase();
  return suite.inputs().filter(({ name }) => name.toLowerCase().includes(part));
}

async function run(suite: Suite, effort: Effort): Promise<SuiteResult> {
  const directory = mkdtempSync(join(tmpdir(), "lemmata-bench-"));
  try {
    const inputs: InputResult[] = [];
    for (const input of inputsOf(suite)) {
      log(`${suite.name}, ${input.name}`);
      inputs.push(await runInput(suite, input, effort, directory, log));
    }
    const { name, claim, measure, clock = "cpu", process, baselines, ratio, quality, notes } = suite;
    return {
      name,
      claim,
      measure,
      clock,
      process,
      baselines,
      ratio,
      ...(quality === undefined ? {} : { quality: quality.heading }),
      notes,
      environment: environment(),
      effort,
      inputs,
    };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function refuse(reason: string): void {
  log(reason);
  process.exitCode = 2;
}

/** What is not the result goes to standard error. */
function log(line: string): void {
  console.error(line);
}
