import { visible } from "@lemmata/filter";
import type { View } from "./view.ts";

/**
 * A graph in Graphviz's language: a node for each boundary between pieces, named by its byte offset in the normalised
 * text; edges as wide as they are probable, those of the best segmentation in colour.
 */
export function asDot({ text, arcs }: View): string {
  const nodes = [...new Set([0, ...arcs.flatMap(({ start, end }) => [start, end])])].sort((a, b) => a - b);
  const lines = [
    `digraph ${quoted(text)} {`,
    "  rankdir=LR;",
    "  node [shape=circle, fontsize=10, width=0.3, fixedsize=true];",
    "  edge [fontsize=11];",
    ...nodes.map((node) => `  ${node};`),
    ...arcs.map(({ start, end, characters, probability, best }) => {
      const label = quoted(`${characters}  ${probability.toFixed(3)}`);
      const width = (0.5 + 4.5 * probability).toFixed(2);
      const colour = best ? "#c2410c" : "#475569";
      return `  ${start} -> ${end} [label=${label}, penwidth=${width}, color="${colour}"];`;
    }),
    "}",
  ];
  return `${lines.join("\n")}\n`;
}

/** In labels a backslash begins an escape. */
function quoted(text: string): string {
  return `"${visible(text)
    .replaceAll("\\", "\\\\")
    .replaceAll('"', String.raw`\"`)}"`;
}
