import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { readNpy } from "@lemmata/testing/command";
import { describe, expect, test } from "vitest";
import { encode } from "../../src/coding.ts";
import { fit } from "../../src/index.ts";
import { lines, run, runOn, stratified, temporaryDirectory } from "./run.ts";

const whole = stratified(5000, (u) => Math.round(40 + 6 * Math.log(u / (1 - u))));
const density = fit(stratified(5000, (u) => 40 + 6 * Math.log(u / (1 - u))));
const files = { "d.json": JSON.stringify(density), x: lines(whole) };
const coded = encode(whole, density, { step: 1 });

describe("compress and decompress", () => {
  test("give whole numbers back unchanged, by the bytes that the library gives", () => {
    const { path, status, stderr } = runOn(files, [
      "compress",
      "--step",
      "1",
      "d.json",
      "x",
      "--output",
      "out.fdc",
    ]);
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: `numbers          5000\nbytes            ${coded.length}, ${Number(((8 * coded.length) / 5000).toPrecision(4))} bits a number`,
    });
    expect(new Uint8Array(readFileSync(path("out.fdc")))).toEqual(coded);
    expect(run(["decompress", path("out.fdc")]).text).toBe(files.x);
    expect(run(["decompress", path("out.fdc"), "--output", path("y.npy")]).status).toBe(0);
    expect(readNpy(readFileSync(path("y.npy"))).values).toEqual([...whole]);
  });

  test("take standard input and standard output", () => {
    const path = temporaryDirectory();
    writeFileSync(path("d.json"), files["d.json"]);
    const { stdout } = run(["compress", "--step", "1", path("d.json")], files.x);
    expect(new Uint8Array(stdout)).toEqual(coded);
    expect(run(["decompress"], stdout).text).toBe(files.x);
  });

  test("round to steps with an offset, to levels, and to the modes", () => {
    const numbers = lines([39.4, 40.2, 61, 12.3]);
    const back = (...args: string[]): string => {
      const { path } = runOn(files, ["compress", ...args, "d.json", "--output", "out.fdc"], numbers);
      return run(["decompress", path("out.fdc")]).text;
    };
    expect(back("--step", "0.5", "--offset", "0.25")).toBe(lines([39.25, 40.25, 61.25, 12.25]));
    expect(back("--levels", "-1,40,60")).toBe(lines([40, 40, 60, -1]));
    const modes = density.modes().map(({ value }) => value);
    const nearest = (x: number): number =>
      modes.reduce((a, b) => (Math.abs(b - x) < Math.abs(a - x) ? b : a));
    expect(back("--levels", "modes")).toBe(lines([39.4, 40.2, 61, 12.3].map(nearest)));
  });

  test("code no numbers as none", () => {
    const { path } = runOn(files, ["compress", "--step", "1", "d.json", "--output", "out.fdc"], "");
    expect(run(["decompress", path("out.fdc")])).toMatchObject({ status: 0, text: "", stderr: "" });
  });
});

describe("what cannot be coded or decoded gets one line and exit code 1", () => {
  const refused = (content: Uint8Array | string): string => {
    const { status, text, stderr } = runOn({ "x.fdc": content }, ["decompress", "x.fdc"]);
    expect({ status, text }).toEqual({ status: 1, text: "" });
    expect(stderr).toMatch(/^lemmata-density: x\.fdc: [^\n]+ \(format, at \d+\)$/);
    return stderr;
  };

  test("files that are damaged anywhere, cut short, longer, empty or of another kind", () => {
    for (const at of [4, 9, coded.length >> 1, coded.length - 1]) {
      const damaged = coded.slice();
      damaged[at]! ^= 1;
      expect(refused(damaged)).toContain("damaged or cut short: the checksum does not agree");
    }
    expect(refused(coded.subarray(0, -1))).toContain("damaged or cut short");
    expect(refused(Buffer.concat([coded, Uint8Array.of(0)]))).toContain("damaged or cut short");
    expect(refused("")).toContain("are not values coded by a density");
    expect(refused("1\n2\n")).toContain("are not values coded by a density");
  });

  test("more numbers than a limit", () => {
    const said = runOn({ "x.fdc": coded }, ["decompress", "--limit", "4999", "x.fdc"]);
    expect(said).toMatchObject({ status: 1, text: "" });
    expect(said.stderr).toContain("5000 values are announced, more than the limit of 4999");
    expect(runOn({ "x.fdc": coded }, ["decompress", "--limit", "5000", "x.fdc"]).text).toBe(files.x);
  });

  test("numbers too many steps away, and those beyond the period of a circle", () => {
    const far = runOn(files, ["compress", "--step", "1e-20", "d.json", "x", "--output", "out.fdc"]);
    expect(far.stderr).toMatch(
      /^lemmata-density: x: values\[0\] is .*less than 2\^52 steps away.* \(value, at 0\)$/,
    );
    const circle = JSON.stringify(
      fit(
        stratified(100, (u) => 24 * u),
        { support: { kind: "circle", lower: 0, upper: 24 } },
      ),
    );
    const beyond = runOn({ "d.json": circle, x: "1\n25\n" }, ["compress", "--step", "1", "d.json", "x"]);
    expect(beyond).toMatchObject({
      status: 1,
      text: "",
      stderr: "lemmata-density: x, line 2: 25 is outside the period from 0 to 24",
    });
  });

  test("and leaves no file, nor changes one", () => {
    const damaged = Buffer.from(coded);
    damaged[coded.length >> 1]! ^= 255;
    const { path } = runOn({ "x.fdc": damaged, "out.txt": "before" }, [
      "decompress",
      "x.fdc",
      "--output",
      "out.txt",
    ]);
    expect(readFileSync(path("out.txt"), "utf8")).toBe("before");
    const bad = runOn({ ...files, y: "1\nno\n" }, [
      "compress",
      "--step",
      "1",
      "d.json",
      "y",
      "--output",
      "out.fdc",
    ]);
    expect(bad.stderr).toBe('lemmata-density: y, line 2: "no" is no number');
    expect(existsSync(bad.path("out.fdc"))).toBe(false);
    expect(readdirSync(bad.path("."))).toEqual(["d.json", "x", "y"]);
  });
});
