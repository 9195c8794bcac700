import { visible } from "@lemmata/filter";
import type { View } from "./view.ts";

/** Tables for a terminal: the text, its best segmentations, and every edge of its lattice. */
export function asText(view: View): string {
  const { best, arcs } = view;
  const summary: [string, string][] = [
    ["text", view.text],
    ["normalised", view.characters.join("")],
    ["alpha", String(view.alpha)],
    ["segmentations", counted(view.segmentations)],
    ["log partition", view.logPartition.toFixed(4)],
    ["entropy", `${view.entropy.toFixed(4)} nats`],
    ["pieces", `${view.expectedPieces.toFixed(4)} expected`],
  ];
  const tables = [summary.map(([name, value]) => `${name.padEnd(15)}${visible(value)}\n`).join("")];
  if (best.length > 0)
    tables.push(
      table(
        ["rank", "probability", "score", "pieces"],
        best.map(({ pieces, score, probability }, rank) => [
          String(rank + 1),
          decimal(probability),
          score.toFixed(4),
          visible(pieces.join(" ")),
        ]),
      ),
    );
  if (arcs.length > 0)
    tables.push(
      table(
        ["start", "end", "probability", "score", "id", "piece"],
        arcs.map(({ start, end, probability, score, id, piece, characters }) => [
          String(start),
          String(end),
          decimal(probability),
          score.toFixed(4),
          String(id),
          visible(characters === piece ? piece : `${characters} as ${piece}`),
        ]),
      ),
    );
  return tables.join("\n");
}

/** Columns of numbers, aligned to the right, and one of text behind them, whose characters may be of any width. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, i) => all.reduce((most, row) => Math.max(most, row[i]!.length), 0));
  const last = head.length - 1;
  return all
    .map((row) => `${row.map((cell, i) => (i < last ? cell.padStart(widths[i]!) : cell)).join("  ")}\n`)
    .join("");
}

/** A probability, however small. */
function decimal(probability: number): string {
  return probability >= 0.0001 || probability === 0 ? probability.toFixed(4) : probability.toExponential(1);
}

/** A count in full, if it is not too long to read. */
function counted(count: bigint): string {
  const digits = String(count);
  return digits.length <= 15 ? digits : `about ${digits[0]}.${digits.slice(1, 4)}e${digits.length - 1}`;
}
