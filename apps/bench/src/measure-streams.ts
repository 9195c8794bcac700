// Measures how long text waits in streams: `pnpm --filter @lemmata/bench run streams` writes results/streams.{json,md}.
import { writeFileSync } from "node:fs";
import { type Model, modelFromPieces } from "@lemmata/lattice";
import { loadModel } from "@lemmata/lattice/formats";
import { environment } from "./environment.ts";
import { bundledInputs } from "./inputs.ts";
import { markdownTable } from "./report.ts";
import { largestPending, longestUndecided } from "./undecided.ts";

/** Parts of so many UTF-16 units. */
const PARTS = [1, 64, 4096];
const REPEATS = 10_000;

interface Case {
  readonly name: string;
  readonly model: Model;
  readonly text: string;
}

const cases: Case[] = [
  ...bundledInputs().map(({ name, model, lines }) => ({
    name,
    model: loadModel(model),
    text: lines.join("\n"),
  })),
  {
    name: "x(ab)ⁿ, of x, xa, ab, ba",
    model: modelFromPieces({ x: -1, xa: -1, ab: -1, ba: -1 }),
    text: `x${"ab".repeat(REPEATS)}`,
  },
];

const rows = cases.map(({ name, model, text }) => {
  const { bytes, characters, text: span } = longestUndecided(model, text);
  return {
    name,
    bytes: Buffer.byteLength(text),
    longestPiece: model.longestPiece,
    undecided: { bytes, characters, text: span.slice(0, 64) },
    pending: Object.fromEntries(PARTS.map((part) => [part, largestPending(model, text, part)])),
  };
});

const grouped = (count: number): string => count.toLocaleString("en");
const header = [
  "text",
  "bytes",
  "longest undecided span, bytes",
  "characters",
  ...PARTS.map((part) => `largest \`pending\`, parts of ${grouped(part)}`),
];
const table = rows.map(({ name, bytes, undecided, pending }) => [
  name,
  grouped(bytes),
  grouped(undecided.bytes),
  grouped(undecided.characters),
  ...PARTS.map((part) => grouped(pending[part]!)),
]);
const at = environment();
const lines = [
  "# streams",
  "",
  "How much of a text waits in `encodeStream` before its ids are certain.",
  "",
  markdownTable(header, table),
  "",
  "- The longest undecided span is what waits, in normalised text, after the best decision that is possible after each character: the least `maxPending` with which the text goes through.",
  "- `pending` is what waits between two parts of so many UTF-16 units. A stream looks for decisions when 512 bytes more wait, and at the end of a long part; it takes a part in portions of 16,384 units.",
  `- The texts and models are those of the other suites; n is ${grouped(REPEATS)}.`,
  `- ${at.date.slice(0, 10)}, ${at.cpu}, Node ${at.node}${at.commit === "" ? "" : `, commit ${at.commit}`}; counts, the same on every machine. By \`pnpm --filter @lemmata/bench run streams\`.`,
  "",
];
for (const [file, content] of [
  ["streams.json", `${JSON.stringify({ environment: at, rows })}\n`],
  ["streams.md", lines.join("\n")],
] as const)
  writeFileSync(new URL(`../results/${file}`, import.meta.url), content);
console.log(lines.join("\n"));
