import { describe, expect, test } from "vitest";
import { fit, FourierDensity } from "../../src/index.ts";
import { lines, runOn, stratified, uniformFile } from "./run.ts";

const hours = new FourierDensity(
  { kind: "circle", lower: 0, upper: 24 },
  { re: [1, 0.3, 0.4], im: [0, 0.2, 0] },
);
const samples = hours.quantile(Float64Array.from({ length: 4000 }, (_, i) => (i + 0.5) / 4000));

/** The picture that it draws. */
function drawn(density: FourierDensity | string, data: string | undefined, ...args: string[]): string {
  const json = typeof density === "string" ? density : JSON.stringify(density);
  const files = { "hours.json": json, ...(data === undefined ? {} : { "x.csv": data }) };
  const { status, text, stderr } = runOn(files, ["plot", ...args, ...Object.keys(files)]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return text;
}

/** What of a picture matches, each as numbers. */
function numbersIn(svg: string, pattern: RegExp): number[][] {
  return Array.from(svg.matchAll(pattern), ([, ...groups]) =>
    groups.map((group) => Number(group.replace("−", "-"))),
  );
}

/** What is where, by the ticks of an axis: the straight line through the first and the last. */
function axis(ticks: readonly number[][]): (at: number) => number {
  const [[at0, value0], [at1, value1]] = [ticks[0]!, ticks.at(-1)!] as [[number, number], [number, number]];
  return (at) => value0 + ((at - at0) * (value1 - value0)) / (at1 - at0);
}
const xAxis = (svg: string) =>
  axis(numbersIn(svg, /<text x="([\d.]+)" y="411" text-anchor="middle">([^<]+)</g));
const yAxis = (svg: string) =>
  axis(numbersIn(svg, /<text x="63" y="([\d.]+)" dy="0.35em" text-anchor="end">([^<]+)</g));

test("the curve is the density, by the ticks of the axes, to a pixel", () => {
  const svg = drawn(hours, undefined);
  const [x, y] = [xAxis(svg), yAxis(svg)];
  const [, d] = /<path class="curve"[^>]* d="([^"]+)"/.exec(svg)!;
  const points = numbersIn(d!, /([\d.]+),([\d.]+)/g);
  expect(points.length).toBeGreaterThan(800);
  for (const [at, height] of points)
    expect(Math.abs(y(height!) - hours.pdf(x(at!)))).toBeLessThan(Math.abs(y(0) - y(1)));
});

test("dots are where the modes are, and the highest ones are labelled", () => {
  const svg = drawn(hours, undefined);
  const [x, y] = [xAxis(svg), yAxis(svg)];
  // All but the one of the legend.
  const dots = numbersIn(svg, /<circle class="mode" cx="([\d.]+)" cy="([\d.]+)" r="4"\/><text/g).slice(1);
  const modes = hours.modes();
  expect(dots.length).toBe(modes.length);
  const placed = dots.map(([at, height]) => [x(at!), y(height!)]).sort(([a], [b]) => a! - b!);
  modes.forEach(({ value, density }, i) => {
    expect(Math.abs(placed[i]![0]! - value)).toBeLessThan(0.01);
    expect(Math.abs(placed[i]![1]! - density)).toBeLessThan(1e-4);
    expect(svg).toContain(`>${value.toFixed(1)}</text>`);
  });
});

test("bars are the histogram on the density's scale, of what lies in the picture, with weights if there are", () => {
  const table = `hour,w\n${Array.from(samples, (x) => `${x},1\n`).join("")}12,4000\n`;
  const barsIn = (svg: string): number[][] =>
    numbersIn(/<path class="bars" d="([^"]+)"/.exec(svg)![1]!, /M([\d.]+),390V([\d.]+)h/g);
  const svg = drawn(hours, lines(samples), "--bins", "24");
  const [x, y] = [xAxis(svg), yAxis(svg)];
  const bars = barsIn(svg);
  expect(bars.length).toBe(24);
  expect(svg).toContain(">4,000 numbers<");
  for (const [at, top] of bars) {
    const from = Math.round(x(at!));
    expect(Math.abs(y(top!) - hours.binProbability(from, from + 1))).toBeLessThan(0.001);
  }
  const part = drawn(
    hours,
    table,
    "--bins",
    "6",
    "--lower",
    "3",
    "--upper",
    "9",
    "--column",
    "hour",
    "--weights",
    "w",
  );
  const [partX, partY] = [xAxis(part), yAxis(part)];
  for (const [at, top] of barsIn(part)) {
    const from = Math.round(partX(at!));
    expect(Math.abs(partY(top!) - hours.binProbability(from, from + 1) / 2)).toBeLessThan(0.001);
  }
});

test("atoms are lines as high as their mass, beside a histogram without them", () => {
  const tied = Float64Array.from([
    ...stratified(900, (u) => 5 + Math.log(u / (1 - u))),
    ...Array<number>(300).fill(4),
  ]);
  const density = fit(tied);
  const svg = drawn(density, lines(tied));
  const [[x1, y1, y2]] = numbersIn(
    svg,
    /<line class="atom" x1="([\d.]+)" x2="[\d.]+" y1="(390)" y2="([\d.]+)"/g,
  ) as [[number, number, number]];
  expect(Math.abs(xAxis(svg)(x1) - 4)).toBeLessThan(0.02);
  expect((y1 - y2) / (390 - 84)).toBeCloseTo(0.25, 3);
  expect(svg).toContain(">25 %</text>");
  const top = Math.min(...numbersIn(svg, /V([\d.]+)h/g).flat());
  expect(yAxis(svg)(top)).toBeLessThan(0.25);
});

test.each([
  [
    "an infinite density at the ends",
    new FourierDensity({ kind: "interval", map: "arcsine", lower: -1, upper: 1 }, { re: [1], im: [0] }),
  ],
  ["a uniform one, which has no mode", uniformFile(-3, 3)],
  ["atoms alone", fit([1, 1, 1, 1, 2, 2, 2, 2])],
  [
    "the tails of a Cauchy law",
    new FourierDensity({ kind: "line", map: "atan", location: 1e6, scale: 1e-3 }, { re: [1], im: [0] }),
  ],
  [
    "the least and the largest scales",
    new FourierDensity({ kind: "line", map: "erf", location: 0, scale: 1e200 }, { re: [1], im: [0] }),
  ],
])("a picture has numbers alone: %s", (_, density) => {
  const svg = drawn(density, "x\n0\n1\n");
  expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  expect(svg).toMatch(/^<svg [^>]+>\n<title>hours<\/title>/);
});

describe("the picture is sound XML", () => {
  const hostile = `<b> & "quotes" </svg><script>alert(1)</script> \u001b`;

  test("whatever title and label say", () => {
    const svg = drawn(hours, lines(samples), "--title", hostile, "--label", hostile);
    const open: string[] = [];
    for (const [, close, name, self] of svg.matchAll(/<(\/?)([a-zA-Z]+)(?:\s[^<>]*?)?(\/?)>/g))
      if (close === "/") expect(open.pop()).toBe(name);
      else if (self !== "/") open.push(name!);
    expect(open).toEqual([]);
    expect(svg).not.toContain("<script");
    expect(svg.split("&lt;b&gt; &amp; &quot;quotes&quot; ").length).toBe(4);
    // eslint-disable-next-line no-control-regex
    expect(svg).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
  });

  test("which can be read on light and on dark ground", () => {
    expect(drawn(hours, undefined)).toContain("@media (prefers-color-scheme: dark)");
  });
});
