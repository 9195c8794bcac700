import { type ScaleLinear, scaleLinear } from "d3-scale";
import { line } from "d3-shape";
import type { FourierDensity } from "../../fourier-density.ts";
import type { Mode } from "../../modes.ts";
import { digits } from "../output.ts";
import type { Bars } from "./bars.ts";
import { style } from "./style.ts";
import { element, escaped } from "./svg.ts";
import type { View } from "./view.ts";

/** What a picture shows. */
export interface Chart {
  readonly density: FourierDensity;
  readonly view: View;
  /** Undefined where there are no data. */
  readonly bars: Bars | undefined;
  readonly title: string;
  /** What the numbers are. */
  readonly label: string;
}

const WIDTH = 800;
const HEIGHT = 450;
const LEFT = 72;
const RIGHT = WIDTH - 28;
const TOP = 84;
const BOTTOM = HEIGHT - 60;
/** Points of the curve, besides the modes. */
const POINTS = 800;
/** Modes below this part of the picture's height are not marked. */
const LOWEST_MODE = 0.02;
/** Pixels that a label keeps from other labels, and from higher dots. */
const LABEL_ROOM = 52;
const DOT_ROOM = 24;

/** A density as a picture in SVG: the histogram of data, the curve, its modes, and its atoms as lines. */
export function chart({ density, view, bars, title, label }: Chart): string {
  const { from, to } = view;
  const inView = ({ value }: { value: number }): boolean => value >= from && value <= to;
  const modes = density.modes().filter(inView);
  const turns = [...modes, ...density.antimodes().filter(inView)].map(({ value }) => value);
  const grid = Array.from({ length: POINTS + 1 }, (_, i) => from + ((to - from) * i) / POINTS);
  const points = Float64Array.from([...grid, ...turns]).sort();
  const heights = density.pdf(points);
  const top = highest(density, view, modes, bars);
  const x = scaleLinear([from, to], [LEFT, RIGHT]);
  const y = scaleLinear([0, top], [BOTTOM, TOP]);
  const curve = line<number>(
    (at) => x(at),
    (_, i) => y(Math.min(heights[i]!, 4 * top)),
  ).digits(2)(points)!;
  const marked = modes.filter((mode) => mode.density <= top && mode.density >= LOWEST_MODE * top);
  const atoms = atomsIn(density, view);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="lemmata-density" role="img" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}">`,
    element("title", {}, escaped(title)),
    `<style>${style}</style>`,
    `<clipPath id="lemmata-density-plot">${element("rect", { x: LEFT, y: TOP, width: RIGHT - LEFT, height: BOTTOM - TOP })}</clipPath>`,
    element("rect", { class: "ground", width: WIDTH, height: HEIGHT }),
    element("text", { class: "title", x: LEFT, y: 32 }, escaped(title)),
    legend([
      ...(bars === undefined ? [] : [["bars", `${bars.count.toLocaleString("en")} numbers`] as const]),
      ["curve", `density, ${density.terms} ${density.terms === 1 ? "term" : "terms"}`],
      ...(marked.length === 0 ? [] : [["mode", marked.length === 1 ? "mode" : "modes"] as const]),
      ...(atoms.length === 0 ? [] : [["atom", "atoms, of full height for a mass of 1"] as const]),
    ]),
    grids(x, y, label),
    bars === undefined ? "" : histogram(bars, x, y),
    element("path", { class: "curve", "clip-path": "url(#lemmata-density-plot)", d: curve }),
    ...atoms.map(({ value, mass }) => stem(x(value), mass)),
    labelled(marked, x, y),
    "</svg>\n",
  ]
    .filter((part) => part !== "")
    .join("\n");
}

/** What the vertical axis reaches to: all but what is infinite, or so next to an end. */
function highest(
  density: FourierDensity,
  { from, to }: View,
  modes: readonly Mode[],
  bars: Bars | undefined,
): number {
  const bins = bars?.heights.length ?? 60;
  const middles = Float64Array.from({ length: bins }, (_, i) => from + ((to - from) * (i + 0.5)) / bins);
  const all = [...density.pdf(middles), ...modes.map((mode) => mode.density), ...(bars?.heights ?? [])];
  const most = all.filter(Number.isFinite).reduce((a, b) => Math.max(a, b), 0);
  return most > 0 ? 1.08 * most : 1;
}

function grids(x: ScaleLinear<number, number>, y: ScaleLinear<number, number>, label: string): string {
  const [formatX, formatY] = [x.tickFormat(8), y.tickFormat(6)];
  const columns = x.ticks(8).map((tick) => {
    const at = x(tick).toFixed(1);
    return (
      element("line", { class: "axis", x1: at, x2: at, y1: BOTTOM, y2: BOTTOM + 5 }) +
      element("text", { x: at, y: BOTTOM + 21, "text-anchor": "middle" }, formatX(tick))
    );
  });
  const rows = y.ticks(6).map((tick) => {
    const at = y(tick).toFixed(1);
    return (
      element("line", { class: "grid", x1: LEFT, x2: RIGHT, y1: at, y2: at }) +
      element("text", { x: LEFT - 9, y: at, dy: "0.35em", "text-anchor": "end" }, formatY(tick))
    );
  });
  return [
    ...rows,
    element("line", { class: "axis", x1: LEFT, x2: RIGHT, y1: BOTTOM, y2: BOTTOM }),
    ...columns,
    element(
      "text",
      { class: "quiet", x: (LEFT + RIGHT) / 2, y: HEIGHT - 14, "text-anchor": "middle" },
      escaped(label),
    ),
    element("text", { class: "quiet", x: LEFT - 9, y: TOP - 10, "text-anchor": "end" }, "density"),
  ].join("\n");
}

function histogram(
  { heights }: Bars,
  x: ScaleLinear<number, number>,
  y: ScaleLinear<number, number>,
): string {
  const width = (RIGHT - LEFT) / heights.length;
  const [base] = x.range() as [number];
  const bars = Array.from(heights, (height, i) => {
    const top = y(height);
    if (height === 0) return "";
    return `M${(base + i * width + 0.5).toFixed(2)},${BOTTOM}V${top.toFixed(2)}h${(width - 1).toFixed(2)}V${BOTTOM}Z`;
  });
  return element("path", { class: "bars", d: bars.join("") });
}

function atomsIn(density: FourierDensity, { from, to }: View): { value: number; mass: number }[] {
  const { values, masses } = density.atoms;
  return Array.from(values, (value, i) => ({ value, mass: masses[i]! })).filter(
    ({ value }) => value >= from && value <= to,
  );
}

/** An atom: as high as its mass is large. */
function stem(at: number, mass: number): string {
  const top = BOTTOM - mass * (BOTTOM - TOP);
  return (
    element("line", { class: "atom", x1: at.toFixed(1), x2: at.toFixed(1), y1: BOTTOM, y2: top.toFixed(1) }) +
    element(
      "text",
      { x: at.toFixed(1), y: (top - 6).toFixed(1), "text-anchor": "middle" },
      `${digits(100 * mass, 3)} %`,
    )
  );
}

/** Modes as dots. The highest have their places written above, where there is room. */
function labelled(
  modes: readonly Mode[],
  x: ScaleLinear<number, number>,
  y: ScaleLinear<number, number>,
): string {
  const format = x.tickFormat(100);
  const dots: number[] = [];
  const labels: number[] = [];
  return [...modes]
    .sort((a, b) => b.density - a.density)
    .map(({ value, density }) => {
      const [at, height] = [x(value), y(density)];
      const isFree = (others: readonly number[], room: number): boolean =>
        others.every((other) => Math.abs(other - at) >= room);
      const free = isFree(dots, DOT_ROOM) && isFree(labels, LABEL_ROOM);
      dots.push(at);
      const dot = element("circle", { class: "mode", cx: at.toFixed(1), cy: height.toFixed(1), r: 4 });
      if (!free) return dot;
      labels.push(at);
      const place = { x: at.toFixed(1), y: (height - 9).toFixed(1), "text-anchor": "middle" };
      return dot + element("text", place, format(value));
    })
    .join("\n");
}

function legend(entries: readonly (readonly [mark: string, text: string])[]): string {
  let at = LEFT;
  return entries
    .map(([mark, text]) => {
      const sign =
        mark === "bars"
          ? element("rect", { class: mark, x: at, y: 46, width: 14, height: 12 })
          : mark === "mode"
            ? element("circle", { class: mark, cx: at + 7, cy: 52, r: 4 })
            : element("line", { class: mark, x1: at, x2: at + 14, y1: 52, y2: 52 });
      const written = element("text", { class: "quiet", x: at + 21, y: 56.5 }, escaped(text));
      at += 48 + 6.2 * text.length;
      return sign + written;
    })
    .join("\n");
}
