import type { Environment } from "./environment.ts";
import { markdownTable } from "./report.ts";

/** What was found of one text at one alpha. */
export interface LawRow {
  readonly language: string;
  readonly description: string;
  readonly text: string;
  readonly segmentations: number;
  readonly alpha: number;
  /** Distances that exact draws leave. */
  readonly noise: { readonly mean: number; readonly largest: number };
  /** Distance of the draws of each of our samplers. */
  readonly ours: Readonly<Record<string, number>>;
  /** That of SentencePiece's, or why there is none. */
  readonly sentencePiece: number | string;
  readonly sentencePieceVersion: string | undefined;
  /** Exact distances of the laws of two samplers. */
  readonly viterbiSample: number;
  readonly huggingFace: number;
}

/** The page `laws.md`: a table for each text, with a row for each sampler and a column for each alpha. */
export function lawsReport(
  rows: readonly LawRow[],
  at: Pick<Environment, "date" | "node" | "commit">,
  draws: number,
  tries: number,
): string {
  const texts = [...new Set(rows.map(({ text }) => text))];
  const absent = rows.find(({ sentencePiece }) => typeof sentencePiece === "string")?.sentencePiece;
  return [
    "# laws",
    "",
    "Total variation between what samplers draw and the law P ∝ exp(alpha · score), by enumeration of all segmentations.",
    "",
    ...texts.flatMap((text) => tableOf(rows.filter((row) => row.text === text))),
    `- The first rows are measured, by ${draws.toLocaleString("en")} draws each, and draws leave a distance by themselves. The noise floor is that of as many draws from a table of the exact law, on average and at most in ${tries} tries: what lies there cannot be told from exact. SentencePiece's is its \`SampleEncode\` over all paths.`,
    "- The last two have laws that can be computed, so their distances are exact, and what no number of draws takes away. The earlier method is `viterbiSample`. Hugging Face's is the recursion in its `Lattice::sample` (tokenizers/src/models/unigram/lattice.rs), written anew in `src/laws.ts`; the library itself was not run, since its packages for Node have no sampling.",
    ...(absent === undefined ? [] : [`- SentencePiece was not measured: ${absent}`]),
    `- ${at.date.slice(0, 10)}, Node ${at.node}${at.commit === "" ? "" : `, commit ${at.commit}`}; seeds are fixed but for SentencePiece's. By \`pnpm --filter @lemmata/bench run laws\`.`,
    "",
  ].join("\n");
}

function tableOf(rows: readonly LawRow[]): string[] {
  const { language, text, segmentations, description, ours, sentencePieceVersion } = rows[0]!;
  const line = (name: string, distance: (row: LawRow) => number | string): string[] => [
    name,
    ...rows.map((row) => places(distance(row))),
  ];
  return [
    `### ${language}`,
    "",
    `${text}: ${segmentations.toLocaleString("en")} segmentations; ${description.replace(/^.*?, /, "")}.`,
    "",
    markdownTable(
      ["alpha", ...rows.map(({ alpha }) => String(alpha))],
      [
        line("noise floor", ({ noise }) => noise.mean),
        line("noise, at most", ({ noise }) => noise.largest),
        ...Object.keys(ours).map((name) => line(`\`${name}\``, (row) => row.ours[name]!)),
        line(
          sentencePieceVersion === undefined ? "SentencePiece" : `SentencePiece ${sentencePieceVersion}`,
          ({ sentencePiece }) => sentencePiece,
        ),
        line("earlier method, exactly", ({ viterbiSample }) => viterbiSample),
        line("Hugging Face’s recursion, exactly", ({ huggingFace }) => huggingFace),
      ],
    ),
    "",
  ];
}

/** To four places; nothing, where there is no distance. */
function places(distance: number | string): string {
  if (typeof distance === "string") return "–";
  return distance < 5e-5 ? "0" : distance.toFixed(4);
}
