import { parseArgs } from "node:util";
import { type Command, toStdout, visible } from "@lemmata/filter";
import { type Description, describe } from "../description.ts";
import { readModelFile } from "../model-file.ts";

export const inspectCommand: Command = {
  name: "inspect",
  summary: "says what a model file is",
  help: `Usage: lemmata-lattice inspect --model FILE [--json]

Says what a model file is: its kind, its pieces by type, the longest piece, the range of scores, the pieces for
beginning, end, padding and what is unknown, what is done to a text before it is segmented, and how texts are cut and
padded for a model's input.

Options
  --model FILE  the model: a SentencePiece .model, a tokenizer.json or a BytePiece file
  --json        says it in JSON

Example
  lemmata-lattice inspect --model en.model
`,
  async run(args) {
    const { values } = parseArgs({
      args: [...args],
      options: { model: { type: "string" }, json: { type: "boolean", default: false } },
    });
    const about = describe(await readModelFile(values.model));
    await toStdout(values.json ? `${JSON.stringify(about, null, 2)}\n` : asText(about));
  },
};

function asText(about: Description): string {
  const { longestPiece: longest, scores, normalizer, pipeline } = about;
  const yes = (holds: boolean): string => (holds ? "yes" : "no");
  const types = Object.entries(about.piecesByType).filter(([, count]) => count > 0);
  const special = Object.entries(about.special).flatMap(([name, piece]) =>
    piece === null ? [] : [`${name} ${visible(piece.piece)} (id ${piece.id})`],
  );
  const rows: [string, string][] = [
    ["format", `${about.format}, ${about.bytes} bytes`],
    ["kind", about.kind],
    ["pieces", `${about.pieces} (${types.map(([type, count]) => `${count} ${type}`).join(", ")})`],
    [
      "longest piece",
      longest === null ? "none" : `${visible(longest.piece)} (${longest.bytes} bytes, id ${longest.id})`,
    ],
    ["scores", scores === null ? "none" : `${scores.lowest.toFixed(4)} to ${scores.highest.toFixed(4)}`],
    ["byte fallback", yes(about.byteFallback)],
    ["special pieces", special.length === 0 ? "none" : special.join(", ")],
  ];
  if (normalizer !== null)
    rows.push(
      ["rewriting rules", yes(normalizer.rewritingRules)],
      ["space before the text", yes(normalizer.addDummyPrefix && !normalizer.spaceAsSuffix)],
      ["space after the text", yes(normalizer.addDummyPrefix && normalizer.spaceAsSuffix)],
      ["extra spaces removed", yes(normalizer.removeExtraSpaces)],
      ["spaces written as ▁", yes(normalizer.escapeSpaces)],
      ["denormaliser", yes(about.denormalizer)],
    );
  if (pipeline !== null) {
    const list = (names: readonly string[]): string =>
      names.length === 0 ? "none" : visible(names.join(", "));
    rows.push(
      ["added tokens", String(pipeline.addedTokens)],
      ["normalisers", list(pipeline.normalizers)],
      ["pre-tokenisers", list(pipeline.splitters)],
      ["around a text", visible(pipeline.around.join(" "))],
      ["decoders", list(pipeline.decoders)],
      ["truncation", truncationText(pipeline)],
      ["padding", paddingText(pipeline)],
    );
  }
  return rows.map(([name, value]) => `${name.padEnd(23)}${value}\n`).join("");
}

type Steps = NonNullable<Description["pipeline"]>;

function truncationText({ truncation }: Steps): string {
  if (truncation === null) return "none";
  const { maxLength, stride, strategy, side } = truncation;
  return `to ${maxLength} ids, stride ${stride}, ${strategy}, on the ${side}`;
}

function paddingText({ padding }: Steps): string {
  if (padding === null) return "none";
  const { to, multipleOf, side, typeId } = padding;
  const multiple = multipleOf > 1 ? `, in multiples of ${multipleOf}` : "";
  const type = typeId === 0 ? "" : `, type id ${typeId}`;
  return `to ${to === "longest" ? "the longest" : `${to} ids`}${multiple}, on the ${side}${type}`;
}
