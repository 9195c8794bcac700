// Measures how long text waits in streams: `pnpm --filter @lemmata/bench run streams` writes results/streams.{json,md}.
import { writeFileSync } from "node:fs";
import { type Model, modelFromPieces } from "@lemmata/lattice";
import { loadModel } from "@lemmata/lattice/formats";
import { encodeStream } from "@lemmata/lattice/stream";
import { createRng, sampleStream } from "@lemmata/sampling";
import { environment } from "./environment.ts";
import { bundledInputs } from "./inputs.ts";
import { markdownTable } from "./report.ts";
import { largestPending, longestUndecided, type OpenStream } from "./undecided.ts";

/** Parts of so many UTF-16 units. */
const PARTS = [1, 64, 4096];
const REPEATS = 10_000;
const SEEDS = [1, 2, 3, 4, 5];

interface Case {
  readonly name: string;
  readonly model: Model;
  readonly text: string;
}

const books: Case[] = bundledInputs().map(({ name, model, lines }) => ({
  name,
  model: loadModel(model),
  text: lines.join("\n"),
}));
const adversarial: Case = {
  name: "x(ab)ⁿ, of x, xa, ab, ba",
  model: modelFromPieces({ x: -1, xa: -1, ab: -1, ba: -1 }),
  text: `x${"ab".repeat(REPEATS)}`,
};

/** Each kind of stream, with as many ways to open it as are tried. */
const kinds: {
  readonly name: string;
  readonly cases: readonly Case[];
  readonly opens: readonly OpenStream[];
}[] = [
  { name: "`encodeStream`", cases: [...books, adversarial], opens: [encodeStream] },
  ...[1, 0.1, 0].map((alpha) => ({
    name: `\`sampleStream\`, alpha ${alpha}`,
    cases: books,
    opens: SEEDS.map(
      (seed): OpenStream =>
        (model, options) =>
          sampleStream(model, { ...options, alpha, rng: createRng(seed) }),
    ),
  })),
];

const rows = kinds.flatMap(({ name: stream, cases, opens }) =>
  cases.map(({ name, model, text }) => ({
    name,
    stream,
    bytes: Buffer.byteLength(text),
    longestPiece: model.longestPiece,
    undecided: Math.max(...opens.map((open) => longestUndecided(model, text, open))),
    pending: Object.fromEntries(
      PARTS.map((part) => [part, Math.max(...opens.map((open) => largestPending(model, text, part, open)))]),
    ),
  })),
);

const grouped = (count: number): string => count.toLocaleString("en");
const header = [
  "stream",
  "bytes",
  "longest undecided span, bytes",
  ...PARTS.map((part) => `largest \`pending\`, parts of ${grouped(part)}`),
];
const table = rows.map(({ name, stream, bytes, undecided, pending }) => [
  `${stream}: ${name}`,
  grouped(bytes),
  grouped(undecided),
  ...PARTS.map((part) => grouped(pending[part]!)),
]);
const at = environment();
const lines = [
  "# streams",
  "",
  "How much of a text waits in a stream before its ids are certain.",
  "",
  markdownTable(header, table),
  "",
  "- The longest undecided span is what waits, in normalised text, after the best decision that is possible after each character, from as many bytes on as a piece can have: the least `maxPending` with which the text goes through.",
  "- `pending` is what waits between two parts of so many UTF-16 units. A stream looks for decisions when 512 bytes more wait, and the bytes that the longest piece can have are waited for in any case.",
  `- Of draws the largest of ${SEEDS.length} seeds.`,
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
