// Measures what sampling costs in pieces: `pnpm --filter @lemmata/bench run inflation` writes
// results/inflation.{json,md}.
import { writeFileSync } from "node:fs";
import { entropy, expectation, latticeOf, viterbi } from "@lemmata/lattice";
import { loadModel } from "@lemmata/lattice/formats";
import { environment } from "./environment.ts";
import { bundledInputs } from "./inputs.ts";
import { markdownTable } from "./report.ts";

const ALPHAS = [0, 0.1, 0.2, 0.3, 0.5, 1, 2];

const rows = bundledInputs().map(({ name, description, model: bytes, lines }) => {
  const model = loadModel(bytes);
  const lattices = lines.map((line) => latticeOf(model, line)).filter(({ length }) => length > 0);
  const sum = (of: (lattice: (typeof lattices)[number]) => number): number =>
    lattices.reduce((total, lattice) => total + of(lattice), 0);
  const best = sum((lattice) => viterbi(lattice).edges.length);
  return {
    name,
    description,
    best,
    at: ALPHAS.map((alpha) => ({
      alpha,
      times: sum((lattice) => expectation(lattice, () => 1, { alpha }).mean) / best,
      entropyPerPiece: sum((lattice) => entropy(lattice, { alpha })) / best,
    })),
  };
});

const header = ["alpha", ...ALPHAS.map(String)];
const at = environment();
const lines = [
  "# inflation",
  "",
  "How many pieces a text comes to when its segmentation is drawn at an alpha, in multiples of the best segmentation's.",
  "",
  markdownTable(
    header,
    rows.map(({ name, at: values }) => [name, ...values.map(({ times }) => times.toFixed(3))]),
  ),
  "",
  `- Exact: the expectation over all segmentations of each line, by \`expectation\` of \`@lemmata/lattice\`; nothing is drawn. ${rows.map(({ name, description, best }) => `${name}: ${description}, ${best.toLocaleString("en")} pieces at best`).join("; ")}.`,
  `- ${at.date.slice(0, 10)}, Node ${at.node}${at.commit === "" ? "" : `, commit ${at.commit}`}; the same on every machine. By \`pnpm --filter @lemmata/bench run inflation\`.`,
  "",
];
for (const [file, content] of [
  ["inflation.json", `${JSON.stringify({ environment: at, rows })}\n`],
  ["inflation.md", lines.join("\n")],
] as const)
  writeFileSync(new URL(`../results/${file}`, import.meta.url), content);
console.log(lines.join("\n"));
