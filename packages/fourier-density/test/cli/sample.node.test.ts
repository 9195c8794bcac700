import { readFileSync } from "node:fs";
import { readNpy } from "@lemmata/testing/command";
import { describe, expect, test } from "vitest";
import { FourierDensity } from "../../src/index.ts";
import { lines, numbersWritten, run, runOn, uniformFile, written } from "./run.ts";

const cardioid = JSON.stringify(
  new FourierDensity({ kind: "circle", lower: 0, upper: 24 }, { re: [1, 0.5], im: [0, 0] }),
);

describe("draws", () => {
  test("are those of the density: Kolmogorov and Smirnov's test of 100,000 (fails by chance at one seed in 10,000)", () => {
    const draws = numbersWritten(["sample", "--count", "100000", "--seed", "3", "-"], cardioid);
    expect(draws.length).toBe(100_000);
    const { pValue } = FourierDensity.fromJSON(JSON.parse(cardioid)).goodnessOfFit(draws);
    expect(pValue).toBeGreaterThan(1e-4);
  });

  test("come again with the seed, and are others with another, or with none", () => {
    const drawn = (...args: string[]): string => written(["sample", "--count", "50", ...args, "-"], cardioid);
    expect(drawn("--seed", "1")).toBe(drawn("--seed", "1"));
    expect(drawn("--seed", "1")).not.toBe(drawn("--seed", "2"));
    expect(drawn()).not.toBe(drawn());
  });

  test("begin with MT19937's numbers of seed 5489, as its authors print them", () => {
    const [first, second] = [3499211612, 581869302];
    const u = (first % 2 ** 26) / 2 ** 26 + (second % 2 ** 27) / 2 ** 53;
    const [draw] = numbersWritten(["sample", "--seed", "5489", "-"], uniformFile(0, 1));
    expect(Math.abs(draw! - u)).toBeLessThan(1e-15);
  });

  test("are the same in lines and for numpy, however many parts they are made in", () => {
    const args = ["sample", "--count", "70000", "--seed", "9", "d.json", "--output"];
    const { path } = runOn({ "d.json": cardioid }, [...args, "out.npy"]);
    run([...args, path("out.txt")].map((arg) => (arg === "d.json" ? path(arg) : arg)));
    const { type, values } = readNpy(readFileSync(path("out.npy")));
    expect(type).toBe("<f8");
    expect(values.length).toBe(70_000);
    expect(readFileSync(path("out.txt"), "utf8")).toBe(lines(values));
  });

  test("are none if none are wanted, and one if nothing is said", () => {
    expect(written(["sample", "--count", "0", "-"], cardioid)).toBe("");
    expect(numbersWritten(["sample", "-"], cardioid).length).toBe(1);
  });
});
