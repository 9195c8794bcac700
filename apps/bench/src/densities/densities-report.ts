import type { Target } from "@lemmata/comparators";
import type { Environment } from "../environment.ts";
import { figure, markdownTable } from "../report.ts";
import { type Estimator, ours } from "./estimators.ts";
import { MIXTURE_BOUND, type Row } from "./summary.ts";

/** The page `densities.md`. */
export function densitiesReport(
  rows: readonly Row[],
  laws: readonly Target[],
  estimators: readonly Estimator[],
  seeds: number,
  at: Pick<Environment, "date" | "node" | "commit">,
): string {
  const failures = new Map(
    rows.flatMap(({ excess }) =>
      Object.entries(excess).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
    ),
  );
  const part = (gaussian: boolean): Row[] =>
    rows.filter(({ target }) => laws.find(({ name }) => name === target)!.gaussian === gaussian);
  return [
    "# densities",
    "",
    `What an estimate costs: KL(law ‖ estimate) in 10⁻⁵ nats, which is the held-out loss beyond the entropy of the law. The median of ${seeds} seeds, or fewer where it is said so. By quadrature against the law, so without the noise of test samples.`,
    "",
    "### Mixtures of normal laws",
    "",
    table(part(true), estimators),
    "",
    "### Other laws",
    "",
    table(part(false), estimators),
    "",
    "### Against what ours shall reach",
    "",
    verdict(
      "At or below the kernel estimate with the ISJ bandwidth, guarded",
      rows,
      ({ toKernels }) => toKernels,
      1,
    ),
    verdict(
      `At most ${MIXTURE_BOUND} times the converged mixture of ten, on the seeds that it had`,
      rows,
      ({ toMixture }) => toMixture,
      MIXTURE_BOUND,
    ),
    "",
    ...estimators.map(
      ({ name, description, seeds: most }) =>
        `- ${name}: ${description}${most < seeds ? ` (${most === 1 ? "one seed" : `${most} seeds`})` : ""}.`,
    ),
    ...laws.map(({ name, description }) => `- ${name}: ${description}.`),
    "- ∞: the estimate's tails are so much lighter than the law's that the loss has no finite mean. Kernels and mixtures are not told of an interval or a circle, since they have no use for it.",
    ...[...failures].map(([name, why]) => `- ${name}, where there is no number: ${why}`),
    `- ${at.date.slice(0, 10)}, Node ${at.node}${at.commit === "" ? "" : `, commit ${at.commit}`}. By \`pnpm --filter @lemmata/bench run densities\`.`,
    "",
  ].join("\n");
}

function table(rows: readonly Row[], estimators: readonly Estimator[]): string {
  return markdownTable(
    ["", "samples", ...estimators.map(({ name }) => (name === ours ? `**${name}**` : name)), "÷ ISJ", "÷ EM"],
    rows.map(({ target, size, excess, toKernels, toMixture }) => [
      target,
      size.toLocaleString("en"),
      ...estimators.map(({ name }) => loss(excess[name])),
      times(toKernels, 1),
      times(toMixture, MIXTURE_BOUND),
    ]),
  );
}

function loss(excess: number | string | undefined): string {
  if (typeof excess !== "number") return "–";
  return excess === Infinity ? "∞" : figure(1e5 * excess);
}

/** A ratio; in bold where it is above what it shall be. */
function times(ratio: number, most: number): string {
  if (Number.isNaN(ratio)) return "–";
  return ratio > most ? `**${figure(ratio)}**` : figure(ratio);
}

function verdict(claim: string, rows: readonly Row[], ratioOf: (row: Row) => number, most: number): string {
  const known = rows.filter((row) => !Number.isNaN(ratioOf(row)));
  const missed = known.filter((row) => ratioOf(row) > most);
  const list = missed.map(
    (row) => `${row.target} at ${row.size.toLocaleString("en")} (${figure(ratioOf(row))}×)`,
  );
  return `- ${claim}: ${known.length - missed.length} of ${known.length} cells${list.length === 0 ? "" : `; not on ${list.join(", ")}`}.`;
}
