import { readFileSync } from "node:fs";
import { npy } from "@lemmata/testing/command";
import { describe, expect, test } from "vitest";
import { BinnedSamples, fit, FourierDensity } from "../../src/index.ts";
import { lines, numbersWritten, run, runOn, stratified, temporaryDirectory, written } from "./run.ts";

const normal = (() => {
  // Two bumps without chance: by the logistic law's quantiles.
  const logistic = (centre: number, scale: number) => (u: number) => centre + scale * Math.log(u / (1 - u));
  return Float64Array.from([...stratified(600, logistic(-2, 0.3)), ...stratified(400, logistic(1.5, 0.5))]);
})();
const json = (density: FourierDensity): string => `${JSON.stringify(density)}\n`;

describe("a fit is the library's", () => {
  test("on the line, with all chosen", () => {
    const { text, stderr } = run(["fit"], lines(normal));
    const density = fit(normal);
    expect(text).toBe(json(density));
    expect(stderr.split("\n").map((line) => line.slice(0, 17).trimEnd())).toEqual([
      "samples",
      "support",
      "method",
      "terms",
      "log-likelihood",
      "gap",
      "atoms",
    ]);
    expect(stderr).toContain("samples          1000\n");
    expect(stderr).toContain(`terms            ${density.report.terms}, `);
    expect(stderr).toContain("atoms            none");
  });

  test("on a line, an interval and a circle that are told in full, from bins", () => {
    const supports = [
      [
        ["--map", "logit", "--location", "-0.5", "--scale", "1.5"],
        { kind: "line", map: "logit", location: -0.5, scale: 1.5 },
      ],
      [
        ["--support", "interval", "--lower", "-12.5", "--upper", "13"],
        { kind: "interval", map: "linear", lower: -12.5, upper: 13 },
      ],
      [["--support", "circle"], { kind: "circle", lower: -Math.PI, upper: Math.PI }],
      [["--support=circle", "--lower=-8", "--upper=8"], { kind: "circle", lower: -8, upper: 8 }],
    ] as const;
    for (const [args, support] of supports) {
      const { text, stderr } = run(["fit", ...args], lines(normal));
      expect(text).toBe(json(fit(new BinnedSamples(support).add(normal))));
      expect(stderr).toMatch(/atoms {12}not looked for$/);
    }
  });

  test("with terms, smoothness, Jackson's kernel and weights", () => {
    const weights = Float64Array.from(normal, (_, i) => i % 5);
    const table = Array.from(normal, (x, i) => `${x},${weights[i]}\n`).join("");
    const path = ["--support", "interval", "--lower", "-13"];
    const support = { kind: "interval", lower: -13 } as const;
    expect(written(["fit", ...path, "--terms", "9", "--smoothness", "0.001"], lines(normal))).toBe(
      json(fit(normal, { support, terms: 9, smoothness: 0.001 })),
    );
    expect(written(["fit", ...path, "--terms", "9", "--method", "jackson"], lines(normal))).toBe(
      json(fit(normal, { support, terms: 9, method: "jackson" })),
    );
    const { text, stderr } = runOn({ "w.csv": table }, ["fit", "--column", "1", "--weights", "2", "w.csv"]);
    expect(text).toBe(json(fit(normal, { weights })));
    expect(stderr).toContain("samples          1000, of a weight of 2000\n");
  });

  test("with ties kept apart, or on request not", () => {
    const tied = Float64Array.from([...normal, ...Array<number>(300).fill(0)]);
    const density = fit(tied);
    expect(density.atoms.values).toEqual(Float64Array.of(0));
    const { text, stderr } = run(["fit"], lines(tied));
    expect(text).toBe(json(density));
    expect(stderr).toContain("atoms            1, with 23.0769 % of the samples");
    const told = ["--support", "interval", "--lower", "-12.5", "--upper", "13", "--terms", "5"];
    expect(JSON.parse(written(["fit", ...told, "--atoms", "auto"], lines(tied)))).toMatchObject({
      atoms: { values: [0] },
    });
    expect(JSON.parse(written(["fit", "--atoms", "none", "--terms", "5"], lines(tied)))).toMatchObject({
      atoms: { values: [] },
    });
  });
});

test("rounded samples that are binned as they come get few terms, as those in memory do", () => {
  // 21 values, 20,000 times: with more terms than a quarter of these each would have a peak of its own.
  const rounded = stratified(20_000, (u) => 10 + Math.round(2.2 * Math.log(u / (1 - u)))).filter(
    (x) => x >= 0 && x <= 20,
  );
  const text = written(["fit", "--support", "interval", "--lower", "0", "--upper", "20"], lines(rounded));
  const { terms } = FourierDensity.fromJSON(JSON.parse(text));
  expect(terms).toBeGreaterThan(1);
  expect(terms).toBeLessThanOrEqual(5);
});

describe("laws whose quantiles are known come back", () => {
  const shares = [0.001, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999];

  test("the uniform one to rounding, from no terms", () => {
    const told = "fit --support interval --lower 3 --upper 7 --terms 0 u --output out.json".split(" ");
    const { path, status } = runOn({ u: lines(stratified(1000, (u) => 3 + 4 * u)) }, told);
    expect(status).toBe(0);
    const file = path("out.json");
    const quantiles = numbersWritten(["eval", "--what", "quantile", file], lines(shares));
    quantiles.forEach((x, i) => expect(Math.abs(x - (3 + 4 * shares[i]!))).toBeLessThan(1e-14 * 7));
    expect(numbersWritten(["eval", file], "3\n5\n7\n2.9\n")).toEqual([0.25, 0.25, 0.25, 0]);
    expect(numbersWritten(["eval", "--what", "logPdf", file], "5\n2\n")).toEqual([-Math.log(4), -Infinity]);
    expect(numbersWritten(["eval", "--what", "cdf", file], "1\n4\n8\n")).toEqual([0, 0.25, 1]);
  });

  test("the exponential one within 0.003 of the probability, from 100,000 samples", () => {
    const path = temporaryDirectory();
    const samples = stratified(100_000, (u) => -Math.log1p(-u));
    const args = ["fit", "--support", "interval", "--lower", "0", "--output", path("e.json")];
    expect(run(args, lines(samples)).status).toBe(0);
    const quantiles = numbersWritten(["eval", "--what", "quantile", path("e.json")], lines(shares));
    quantiles.forEach((x, i) => expect(Math.abs(-Math.expm1(-x) - shares[i]!)).toBeLessThan(0.003));
  });

  test("the distribution function undoes quantiles", () => {
    const path = temporaryDirectory();
    run(["fit", "--output", path("n.json")], lines(normal));
    const quantiles = written(["eval", "--what", "quantile", path("n.json")], lines(shares));
    const back = numbersWritten(["eval", "--what", "cdf", path("n.json")], quantiles);
    back.forEach((u, i) => expect(Math.abs(u - shares[i]!)).toBeLessThan(1e-14));
  });
});

test("answers are the library's to the bit, for a density from standard input as well, in lines and for numpy", () => {
  const density = fit(normal);
  const x = Float64Array.from({ length: 1000 }, (_, i) => (i - 500) / 30);
  for (const what of ["pdf", "logPdf", "cdf"] as const) {
    const files = { "x.npy": npy("<f8", [x.length], x) };
    const { text } = runOn(files, ["eval", "--what", what, "-", "x.npy"], json(density));
    expect(text).toBe(lines(density[what](x)));
    const { path } = runOn(
      files,
      ["eval", "--what", what, "-", "x.npy", "--output", "out.npy"],
      json(density),
    );
    const file = readFileSync(path("out.npy"));
    expect(new Float64Array(file.buffer.slice(file.byteOffset + 128, file.byteOffset + file.length))).toEqual(
      density[what](x),
    );
  }
});

describe("data of which no density can be told get one line and exit code 1", () => {
  test.each([
    ["no samples", [], "", "standard input: there are no samples to choose a location and scale by (empty)"],
    ["no samples for bins", ["--support", "circle"], "\n\n", "standard input: there are no samples (empty)"],
    [
      "one sample, and ends to be chosen",
      ["--support", "interval", "--atoms", "none"],
      "5\n",
      "standard input: samples that are all equal do not tell the ends of an interval: give them (degenerate)",
    ],
    [
      "more terms than samples bear",
      ["--support", "circle", "--terms", "40"],
      lines(normal.slice(0, 50)),
      "40 terms have 80 parameters, more than there are samples",
    ],
    [
      "a sample outside the interval",
      ["--support", "interval", "--lower", "0", "--upper", "10"],
      "1\n2\n\n10.5\n",
      "standard input, line 4: 10.5 is outside the interval from 0 to 10",
    ],
    [
      "a sample beyond the one end that is told",
      ["--support", "interval", "--upper", "10"],
      "1\n12\n",
      "standard input, line 2: 12 is outside the interval from -Infinity to 10",
    ],
  ])("%s", (_, args, input, message) => {
    const { status, text, stderr } = run(["fit", ...args], input);
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/^lemmata-density: [^\n]+$/);
    expect({ status, text }).toEqual({ status: 1, text: "" });
  });

  test.each([
    ["no JSON", "{", "d.json: no JSON: "],
    ["an empty file", "", "d.json: no JSON: "],
    [
      "other JSON",
      '{"kind":"histogram"}',
      "d.json: this is not the JSON form of a Fourier density, version 1 (format)",
    ],
    ["null", "null", "d.json: this is not the JSON form of a Fourier density, version 1 (format)"],
    [
      "a support that is none",
      '{"kind":"fourier-density","version":1,"support":{"kind":"disc"},"amplitude":{"re":[1],"im":[0]},"atoms":{"values":[],"masses":[]}}',
      "d.json: a support's kind is circle, interval or line, not disc (format)",
    ],
    [
      "an amplitude that is none",
      '{"kind":"fourier-density","version":1,"support":{"kind":"circle","lower":0,"upper":1},"amplitude":{"re":["\\u001b[2J"]}}',
      "d.json: ",
    ],
  ])("a density that is none: %s", (_, file, message) => {
    for (const args of [["eval"], ["sample"], ["plot"], ["compress", "--step", "1"]]) {
      const { status, text, stderr } = runOn({ "d.json": file }, [...args, "d.json"], "1\n");
      expect(stderr).toContain(`lemmata-density: ${message}`);
      expect(stderr).toMatch(/^[^\n\p{Cc}]+$/u);
      expect({ status, text }).toEqual({ status: 1, text: "" });
    }
  });

  test("what is no probability has no quantile", () => {
    const { path } = runOn({ n: lines(normal) }, ["fit", "n", "--output", "out.json"]);
    const { status, stderr } = run(["eval", "--what", "quantile", path("out.json")], "0\n0.5\n1.5\n");
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: "lemmata-density: standard input, line 3: 1.5 is no probability, from 0 to 1",
    });
  });
});

test("a fit that fails leaves the file as it was, and no other", () => {
  const { path, status } = runOn({ bad: "1\nx\n", "out.json": "before" }, [
    "fit",
    "bad",
    "--output",
    "out.json",
  ]);
  expect(status).toBe(1);
  expect(readFileSync(path("out.json"), "utf8")).toBe("before");
});
