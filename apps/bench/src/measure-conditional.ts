// Measures what conditional densities lose against laws that are known: `pnpm --filter @lemmata/bench run conditional`
// writes results/conditional.{json,md}.
import { writeFileSync } from "node:fs";
import { fit } from "@lemmata/fourier-density";
import { fitAutoregressive, fitConditional } from "@lemmata/fourier-density/conditional";
import { createRng } from "@lemmata/sampling";
import { environment } from "./environment.ts";
import { markdownTable } from "./report.ts";

const ROWS = 10_000;
const FRESH = 50_000;
/** Data sets of each law: an odd number. */
const SEEDS = 7;

type Rng = () => number;

/** A law of points; the first number is the feature where a conditional density is meant. */
interface Law {
  readonly name: string;
  readonly draw: (rng: Rng) => readonly [x: number, y: number];
  /** log p(y | x), or log p(x, y). */
  readonly logPdf: (x: number, y: number) => number;
}

const normal = (rng: Rng): number => Math.sqrt(-2 * Math.log(1 - rng())) * Math.cos(2 * Math.PI * rng());
const logNormal = (x: number, mean: number, deviation: number): number =>
  -(((x - mean) / deviation) ** 2) / 2 - Math.log(deviation * Math.sqrt(2 * Math.PI));
const logSum = (a: number, b: number): number => Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)));

/** x is uniform on [0, 2]. */
const given = (name: string, y: (x: number, rng: Rng) => number, logPdf: Law["logPdf"]): Law => ({
  name,
  draw: (rng) => {
    const x = 2 * rng();
    return [x, y(x, rng)];
  },
  logPdf,
});

const conditional: readonly Law[] = [
  given(
    "normal, mean sin 3x, deviation ½ eˣ⁻¹",
    (x, rng) => Math.sin(3 * x) + 0.5 * Math.exp(x - 1) * normal(rng),
    (x, y) => logNormal(y, Math.sin(3 * x), 0.5 * Math.exp(x - 1)),
  ),
  given(
    "two normal branches of deviation 0.2 that part",
    (x, rng) => (rng() < 0.5 ? 1 : -1) * (0.5 + x) + 0.2 * normal(rng),
    (x, y) => logSum(logNormal(y, 0.5 + x, 0.2), logNormal(y, -0.5 - x, 0.2)) - Math.LN2,
  ),
  given(
    "uniform on an interval that moves and widens",
    (x, rng) => x + (1 + x) * (rng() - 0.5),
    (x) => -Math.log(1 + x),
  ),
];

const plane: readonly Law[] = [
  {
    name: "normal, correlation 0.8",
    draw: (rng) => {
      const x = normal(rng);
      return [x, 0.8 * x + 0.6 * normal(rng)];
    },
    logPdf: (x, y) => logNormal(x, 0, 1) + logNormal(y, 0.8 * x, 0.6),
  },
  {
    name: "ring of radius 1, deviation 0.15",
    draw: (rng) => {
      const [radius, angle] = [1 + 0.15 * normal(rng), 2 * Math.PI * rng()];
      return [radius * Math.cos(angle), radius * Math.sin(angle)];
    },
    logPdf: (x, y) => {
      const radius = Math.hypot(x, y);
      return logSum(logNormal(radius, 1, 0.15), logNormal(-radius, 1, 0.15)) - Math.log(2 * Math.PI * radius);
    },
  },
  {
    name: "banana, y = x² − 1 and deviation 0.3",
    draw: (rng) => {
      const x = normal(rng);
      return [x, x * x - 1 + 0.3 * normal(rng)];
    },
    logPdf: (x, y) => logNormal(x, 0, 1) + logNormal(y, x * x - 1, 0.3),
  },
];

/** So many draws, number by number. */
function drawn(law: Law, count: number, seed: number): { x: Float64Array; y: Float64Array } {
  const rng = createRng(seed);
  const points = Array.from({ length: count }, () => law.draw(rng));
  return { x: Float64Array.from(points, ([x]) => x), y: Float64Array.from(points, ([, y]) => y) };
}

/** The numbers of each point one behind another. */
function rowsOf({ x, y }: { x: Float64Array; y: Float64Array }): Float64Array {
  return Float64Array.from({ length: 2 * x.length }, (_, i) => (i % 2 === 0 ? x : y)[i >> 1]!);
}

const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** What a task gives, and the CPU time that it took, in seconds. */
async function timed<T>(task: () => Promise<T>): Promise<[T, number]> {
  const before = process.cpuUsage();
  const result = await task();
  const { user, system } = process.cpuUsage(before);
  return [result, (user + system) / 1e6];
}

interface Outcome {
  readonly lost: number;
  /** By how much y is better known for x. */
  readonly brought?: number;
  readonly seconds: number;
}

async function ofConditional(law: Law, seed: number): Promise<Outcome> {
  const [data, fresh] = [drawn(law, ROWS, 2 * seed), drawn(law, FRESH, 2 * seed + 1)];
  const [density, seconds] = await timed(() => fitConditional(data.x, data.y, { rng: createRng(seed) }));
  const found = mean(density.logPdf(fresh.x, fresh.y));
  const lost = mean(fresh.x.map((x, i) => law.logPdf(x, fresh.y[i]!))) - found;
  return { lost, brought: found - mean(fit(data.y).logPdf(fresh.y)), seconds };
}

async function ofPlane(law: Law, seed: number): Promise<Outcome> {
  const [data, fresh] = [drawn(law, ROWS, 2 * seed), drawn(law, FRESH, 2 * seed + 1)];
  const [density, seconds] = await timed(() => fitAutoregressive(rowsOf(data), 2, { rng: createRng(seed) }));
  const best = mean(fresh.x.map((x, i) => law.logPdf(x, fresh.y[i]!)));
  return { lost: best - mean(density.logPdf(rowsOf(fresh))), seconds };
}

const rows: { readonly name: string; readonly outcomes: readonly Outcome[] }[] = [];
for (const [laws, outcome] of [
  [conditional, ofConditional],
  [plane, ofPlane],
] as const)
  for (const law of laws) {
    const outcomes: Outcome[] = [];
    for (let seed = 0; seed < SEEDS; seed++) outcomes.push(await outcome(law, seed));
    rows.push({ name: law.name, outcomes });
  }

const sorted = (values: readonly number[]): number[] => values.toSorted((a, b) => a - b);
const median = (values: readonly number[]): number => sorted(values)[SEEDS >> 1]!;

const at = environment();
const lines = [
  "# conditional",
  "",
  `What densities given a feature, and of points in the plane, lose against the law that they were fitted to: in nats a row, with ${ROWS.toLocaleString("en")} rows and all defaults, on ${FRESH.toLocaleString("en")} fresh rows.`,
  "",
  markdownTable(
    ["law", "lost", "brought by x", "CPU seconds of the fit"],
    rows.map(({ name, outcomes }) => {
      const lost = sorted(outcomes.map((outcome) => outcome.lost));
      const brought = outcomes.flatMap((outcome) => outcome.brought ?? []);
      return [
        name,
        `${median(lost).toFixed(3)} (${lost[0]!.toFixed(3)}–${lost.at(-1)!.toFixed(3)})`,
        brought.length > 0 ? median(brought).toFixed(2) : "",
        median(outcomes.map(({ seconds }) => seconds)).toFixed(1),
      ];
    }),
  ),
  "",
  "- The first three are of y given x, which is uniform on [0, 2]; _brought by x_ is by how much its density is better than that of y alone, by `fit`. The others are of both, by `fitAutoregressive`.",
  `- A cell is the median of ${SEEDS} data sets, with the least and the greatest in brackets.`,
  `- ${at.date.slice(0, 10)}, ${at.cpu}, ${at.cores} cores, Node ${at.node}${at.commit === "" ? "" : `, commit ${at.commit}`}. By \`pnpm --filter @lemmata/bench run conditional\`.`,
  "",
];
for (const [file, content] of [
  ["conditional.json", `${JSON.stringify({ environment: at, rows })}\n`],
  ["conditional.md", lines.join("\n")],
] as const)
  writeFileSync(new URL(`../results/${file}`, import.meta.url), content);
console.log(lines.join("\n"));
