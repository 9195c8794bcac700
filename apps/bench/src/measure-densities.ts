// Measures what estimates of densities cost beyond the entropy: `pnpm --filter @lemmata/bench run densities` writes
// results/densities.{json,md}. Cells that were measured before with the same commit are not measured again: they stand in
// results/local/densities.jsonl, so a run may be broken off.
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { targets } from "@lemmata/comparators";
import { pythonWith } from "../peers/python-with.ts";
import type { Cell, Outcome } from "./densities/cell.ts";
import { densitiesReport } from "./densities/densities-report.ts";
import { estimators, ours, scikitLearn } from "./densities/estimators.ts";
import { groupBy } from "./densities/group-by.ts";
import { summarize } from "./densities/summary.ts";
import { environment } from "./environment.ts";

const usage = `pnpm --filter @lemmata/bench run densities [options]

  --seeds N          seeds of each cell (20)
  --sizes A,B        numbers of samples (10000,100000,1000000)
  --targets A,B      only the laws whose name contains A or B
  --estimators A,B   only the estimators whose name contains A or B
  --threads N        how many work at a time (2)
With any of the first four, the result goes to results/local/, which git ignores.
`;

const { values } = parseArgs({
  args: process.argv.slice(2).filter((argument) => argument !== "--"), // pnpm passes it on
  options: {
    seeds: { type: "string" },
    sizes: { type: "string" },
    targets: { type: "string" },
    estimators: { type: "string" },
    threads: { type: "string", default: "2" },
    help: { type: "boolean", default: false },
  },
});

if (values.help) console.log(usage);
else await main();

async function main(): Promise<void> {
  const seeds = positive("seeds", values.seeds ?? "20");
  const sizes = (values.sizes ?? "10000,100000,1000000").split(",").map((size) => positive("sizes", size));
  const laws = named(targets, values.targets);
  const chosen = named(estimators, values.estimators);
  const python = await pythonWith("sklearn").catch(() => undefined);

  const cells = laws.flatMap(({ name: target }) =>
    sizes.flatMap((size) =>
      Array.from({ length: seeds }, (_, seed) =>
        chosen
          .filter(
            (estimator) => seed < estimator.seeds && (estimator.name !== scikitLearn || python !== undefined),
          )
          .map(({ name: estimator }): Cell => ({ target, size, seed, estimator })),
      ).flat(),
    ),
  );
  const at = environment();
  const local = new URL("../results/local/", import.meta.url);
  mkdirSync(local, { recursive: true });
  const outcomes = await outcomesOf(cells, new URL("densities.jsonl", local), at.commit, python);

  const rows = summarize(outcomes);
  const full = [values.seeds, values.sizes, values.targets, values.estimators].every((v) => v === undefined);
  const out = full ? new URL("../results/", import.meta.url) : local;
  const report = densitiesReport(rows, laws, chosen, seeds, at);
  writeFileSync(
    new URL("densities.json", out),
    `${JSON.stringify({ environment: at, seeds, rows, outcomes })}\n`,
  );
  writeFileSync(new URL("densities.md", out), report);
  console.log(report);
}

/** A line of the journal: an outcome, and the commit of ours; that of others does not depend on it. */
interface Entry extends Outcome {
  readonly commit: string;
}

function keyOf({ target, size, seed, estimator }: Cell): string {
  return [target, size, seed, estimator].join("\t");
}

/** Outcomes of all cells, in their order: from the journal, else measured, in threads that each take one group at a time. */
async function outcomesOf(
  cells: readonly Cell[],
  journal: URL,
  commit: string,
  python: string | undefined,
): Promise<Outcome[]> {
  const known = new Map<string, Outcome>();
  if (existsSync(journal))
    for (const line of readFileSync(journal, "utf8").split("\n").slice(0, -1)) {
      const { commit: by, ...outcome } = JSON.parse(line) as Entry;
      // Changed files make a commit that cannot be told from another with changed files.
      if (outcome.estimator !== ours || (by === commit && !by.endsWith("+")))
        known.set(keyOf(outcome), outcome);
    }
  const missing = cells.filter((cell) => !known.has(keyOf(cell)));
  const groups = [...groupBy(missing, ({ target, size, seed }) => [target, size, seed].join("\t")).values()];
  // The largest first, so that no thread is left with one at the end.
  groups.sort((a, b) => b[0]!.size - a[0]!.size);
  let done = 0;
  const work = async (): Promise<void> => {
    const worker = new Worker(new URL("densities/worker.ts", import.meta.url), { workerData: python });
    for (let group = groups.shift(); group !== undefined; group = groups.shift()) {
      const answered = new Promise<Outcome[]>((resolve, reject) => {
        worker.once("message", resolve);
        worker.once("error", reject);
      });
      worker.postMessage(group, []);
      for (const outcome of await answered) {
        known.set(keyOf(outcome), outcome);
        appendFileSync(journal, `${JSON.stringify({ ...outcome, commit } satisfies Entry)}\n`);
      }
      done += group.length;
      console.error(
        `${done} of ${missing.length}: ${group[0]!.target}, ${group[0]!.size}, seed ${group[0]!.seed}`,
      );
    }
    await worker.terminate();
  };
  await Promise.all(Array.from({ length: positive("threads", values.threads) }, work));
  return cells.map((cell) => known.get(keyOf(cell))!);
}

function named<T extends { readonly name: string }>(all: readonly T[], asked: string | undefined): T[] {
  const parts = (asked ?? "").toLowerCase().split(",");
  return all.filter(({ name }) => parts.some((part) => name.toLowerCase().includes(part)));
}

function positive(name: string, value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1) throw new RangeError(`--${name} takes whole numbers from 1`);
  return number;
}
