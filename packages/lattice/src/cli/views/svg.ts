import { visible } from "@lemmata/filter";
import type { View } from "./view.ts";

/** Pixels: a character's column, the height that an arc gains with each, the characters' line, the margin. */
const COLUMN = 32;
const RISE = 18;
const LINE = 34;
const MARGIN = 16;
/** The width of the line of a sure piece, and the least that there is. */
const WIDEST = 7;
const THINNEST = 0.4;
/** Below it, an arc is too thin to need its probability beside it. */
const NAMED = 0.005;

/**
 * A picture of the lattice: the characters of the normalised text in a row, and over them an arc for each piece, as
 * wide as it is probable. The arcs of the best segmentation are in colour; pointing at an arc shows what it is.
 */
export function asSvg({ characters, text, alpha, arcs }: View): string {
  const longest = arcs.reduce((most, { from, to }) => Math.max(most, to - from), 0);
  const width = 2 * MARGIN + COLUMN * Math.max(1, characters.length);
  const ground = MARGIN + LINE / 2 + RISE * longest;
  const height = ground + LINE + MARGIN;
  const x = (column: number): number => MARGIN + COLUMN * column;
  // The probable ones last, on top.
  const drawn = [...arcs].sort((a, b) => a.probability - b.probability);
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${escaped(`Segmentations of ${text}`)}</title>`,
    `<desc>Each arc is a piece, as wide as it is probable with alpha = ${alpha}; the best segmentation is in colour.</desc>`,
    `<style>${STYLE}</style>`,
    ...drawn.map(({ from, to, characters: piece, probability, score, best }) => {
      // A cubic curve rises to three quarters of the way to its control points.
      const peak = ground - (4 / 3) * RISE * (to - from);
      const path = `M${x(from)} ${ground}C${x(from)} ${round(peak)} ${x(to)} ${round(peak)} ${x(to)} ${ground}`;
      const about = `${piece}: probability ${probability.toFixed(4)}, score ${score.toFixed(4)}`;
      const stroke = round(strokeOf(probability));
      return `<path${best ? ' class="best"' : ""} d="${path}" stroke-width="${stroke}"><title>${escaped(about)}</title></path>`;
    }),
    ...drawn
      .filter(({ probability }) => probability >= NAMED)
      .map(({ from, to, probability }) => {
        const y = round(ground - RISE * (to - from) - strokeOf(probability) / 2 - 3);
        return `<text class="p" x="${(x(from) + x(to)) / 2}" y="${y}">${probability.toFixed(2).replace(/^0/, "")}</text>`;
      }),
    ...characters.map(
      (char, column) =>
        `<text x="${x(column) + COLUMN / 2}" y="${ground + LINE * 0.7}">${escaped(char)}</text>`,
    ),
    "</svg>",
  ];
  return `${lines.join("\n")}\n`;
}

const STYLE = `
svg { background: #fff; }
path { fill: none; stroke: #64748b; stroke-linecap: round; }
path.best { stroke: #c2410c; }
text { font: 18px ui-monospace, monospace; text-anchor: middle; fill: #0f172a; }
text.p { font-size: 11px; stroke: #fff; stroke-width: 3px; paint-order: stroke; }
@media (prefers-color-scheme: dark) {
  svg { background: #0f172a; }
  path { stroke: #94a3b8; }
  path.best { stroke: #fb923c; }
  text { fill: #e2e8f0; }
  text.p { stroke: #0f172a; }
}
`;

function strokeOf(probability: number): number {
  return THINNEST + (WIDEST - THINNEST) * probability;
}

function round(value: number): number {
  return Number(value.toFixed(2));
}

function escaped(text: string): string {
  return visible(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
