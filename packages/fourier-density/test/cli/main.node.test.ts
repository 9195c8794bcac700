import { mkdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { lines, run, runOn, start, temporaryDirectory, uniformFile } from "./run.ts";

const names = ["fit", "eval", "sample", "plot", "compress", "decompress"];
const manifest = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
  version: string;
};

describe("help", () => {
  test.each(["--help", "-h", "help"])("%s lists the commands", (flag) => {
    const { status, text } = run([flag]);
    expect(status).toBe(0);
    for (const command of names) expect(text).toContain(`  ${command}`);
  });

  test.each(names)("%s --help gives usage, options, an example", (name) => {
    const { status, text, stderr } = run([name, "--help"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(text).toMatch(new RegExp(`^Usage: lemmata-density ${name} `));
    expect(text).toMatch(/\nOptions\n/);
    expect(text).toMatch(new RegExp(`\nExample\n  .*lemmata-density ${name} `));
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(120);
  });

  test("--version is the package's", () => {
    expect(run(["--version"]).text).toBe(`${manifest.version}\n`);
  });
});

describe("a command line that cannot be understood gets one line and exit code 2", () => {
  const density = uniformFile(0, 10);
  test.each([
    [[], "no command; there are fit, eval, sample, plot, compress, decompress"],
    [["fits"], 'no command "fits"'],
    [["fit", "--sport", "line"], "Unknown option '--sport'"],
    [["fit", "--support", "sphere"], 'no support "sphere"; there are line, interval, circle'],
    [["fit", "--lower", "0"], "--lower is not for --support line"],
    [["fit", "--support", "interval", "--scale", "1"], "--scale is not for --support interval"],
    [["fit", "--support", "circle", "--map", "tanh"], "--map is not for --support circle"],
    [["fit", "--support", "circle", "--lower", "0"], "a period needs both --lower and --upper"],
    [["fit", "--support", "interval", "--lower", "a"], '--lower must be a number, got "a"'],
    [["fit", "--support", "interval", "--lower", "5", "--upper", "5"], "finite numbers, lower below upper"],
    [["fit", "--support", "interval", "--map", "erf"], "an interval's map is linear or arcsine, not erf"],
    [["fit", "--map", "arcsine"], "a line's map is tanh, erf, atan or logit, not arcsine"],
    [["fit", "--scale", "-1"], "a line's scale must be a number between"],
    [["fit", "--terms", "many"], '--terms must be an integer from 0 to 4096, got "many"'],
    [["fit", "--terms", "5000"], '--terms must be an integer from 0 to 4096, got "5000"'],
    [["fit", "--smoothness", "-1"], "smoothness must be a finite number ≥ 0, not -1"],
    [["fit", "--method", "magic"], "a method is likelihood or jackson, not magic"],
    [["fit", "--atoms", "some"], '--atoms is auto or none, not "some"'],
    [["fit", "--input", "xlsx"], 'no input "xlsx"; there are lines, csv, jsonl, npy'],
    [["fit", "--column", "a"], "standard input is read as plain lines, without columns"],
    [["eval"], "the file of a density is needed, or - for standard input"],
    [["eval", "-"], "standard input can be read only once"],
    [["eval", "--what", "mean", "d.json"], 'no answer "mean"; there are pdf, logPdf, cdf, quantile'],
    [["sample", "--count", "1.5", "d.json"], "--count must be an integer from 0"],
    [["sample", "--seed", "-1", "d.json"], "--seed must be an integer from 0 to 4294967295"],
    [["sample", "d.json", "d.json"], "one file is wanted, got 2"],
    [["plot", "-", "-"], "standard input can be read only once"],
    [["plot", "--bins", "0", "d.json"], "--bins must be an integer from 1 to 1000"],
    [["plot", "--lower", "3", "--upper", "-3", "d.json"], "the picture would go from 3 to -3"],
    [["compress", "d.json"], "either --step X or --levels LIST is needed"],
    [
      ["compress", "--step", "1", "--levels", "modes", "d.json"],
      "either --step X or --levels LIST is needed",
    ],
    [["compress", "--levels", "1", "--offset", "1", "d.json"], "--offset goes with --step"],
    [["compress", "--step", "0", "d.json"], "step must be positive and finite, got 0"],
    [["compress", "--levels", "1,b", "d.json"], '--levels must be a number, got "b"'],
    [["compress", "--levels", "2,1", "d.json"], "levels must be finite and increase"],
    [["decompress", "--limit", "-1"], "--limit must be an integer from 0"],
    [["decompress", "a", "b"], "one file is wanted, got 2"],
  ])("%j", (args, message) => {
    const { status, text, stderr } = runOn({ "d.json": density }, args, lines([1, 2, 3, 4, 5]));
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/^lemmata-density: [^\n]+ \(--help tells more\)$/);
    expect({ status, text }).toEqual({ status: 2, text: "" });
  });
});

describe("a file that cannot be read gets one line and exit code 1", () => {
  test.each(names)("%s, one that is missing", (name) => {
    const more = name === "compress" ? ["--step", "1"] : [];
    const { status, text, stderr } = run([name, ...more, "missing"]);
    expect(stderr).toBe("lemmata-density: no such file or directory, stat 'missing'");
    expect({ status, text }).toEqual({ status: 1, text: "" });
  });

  test("a directory", () => {
    const path = temporaryDirectory();
    mkdirSync(path("d"));
    const stderr = `lemmata-density: ${path("d")} is a directory`;
    expect(run(["fit", path("d")])).toMatchObject({ status: 1, stderr });
    expect(run(["eval", path("d")])).toMatchObject({ status: 1, stderr });
  });
});

test.each([[["--help"]], [["sample", "--count", "100000", "d.json"]], [["plot", "d.json"]]])(
  "when the reader of its output has gone, it ends in silence: %j",
  async (args) => {
    const { path } = runOn({ "d.json": uniformFile(0, 1) }, ["--version"]);
    const { child, exit } = start(args.map((arg) => (arg === "d.json" ? path(arg) : arg)));
    let said = "";
    child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
    child.stdout.destroy();
    expect({ status: await exit, said }).toEqual({ status: 0, said: "" });
  },
);
