import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { modelBytes } from "@lemmata/data";
import { describe, expect, test } from "vitest";
import { modelPath, run, temporaryDirectory } from "./run.ts";

const model = modelPath("spm_test_model");
const manifest = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
  version: string;
};

describe("help", () => {
  test.each(["--help", "-h", "help"])("%s lists the commands", (flag) => {
    const { status, text } = run([flag]);
    expect(status).toBe(0);
    for (const command of ["encode", "decode", "lattice", "inspect", "convert"])
      expect(text).toContain(`  ${command}`);
  });

  test.each(["encode", "decode", "lattice", "inspect", "convert"])(
    "%s --help gives usage, options, an example",
    (name) => {
      const { status, text, stderr } = run([name, "--help"]);
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
      expect(text).toMatch(new RegExp(`^Usage: lemmata-lattice ${name} `));
      expect(text).toMatch(/\nOptions\n/);
      expect(text).toMatch(new RegExp(`\nExample\n  lemmata-lattice ${name} `));
      expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(120);
    },
  );

  test("--version is the package's", () => {
    expect(run(["--version"]).text).toBe(`${manifest.version}\n`);
  });
});

describe("a command line that cannot be understood gets one line and exit code 2", () => {
  test.each([
    [[], "no command"],
    [["encod"], 'no command "encod"; there are encode, decode, lattice, inspect, convert'],
    [["encode"], "--model FILE is needed"],
    [["encode", "--model"], "argument missing"],
    [["encode", "--modle", model], "Unknown option '--modle'"],
    [["encode", "--model", model, "--format", "csv"], 'no format "csv"; there are ids, pieces'],
    [["encode", "--model", model, "--format", "npy"], "--format npy needs --output FILE"],
    [["encode", "--model", model, "--threads", "0"], "--threads must be an integer from 1"],
    [["decode", "--model", model, "--threads", "two"], 'got "two"'],
    [["inspect", "--model", model, "extra"], "Unexpected argument 'extra'"],
    [["lattice", "--model", model], "--text TEXT is needed"],
    [["lattice", "--model", model, "--text", "a", "--format", "toString"], 'no format "toString"'],
    [["lattice", "--model", model, "--text", "a", "--alpha", "hot"], "--alpha must be a number"],
    [["lattice", "--model", model, "--text", "a", "--alpha", "-1"], "ambiguous"],
    [["lattice", "--model", model, "--text", "a", "--nbest", "1.5"], "--nbest must be"],
  ])("%j", (args, message) => {
    const { status, text, stderr } = run(args);
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/^lemmata-lattice: [^\n]+$/);
    expect({ status, text }).toEqual({ status: 2, text: "" });
  });
});

describe("data that cannot be used gets one line and exit code 1", () => {
  test("a missing model", () => {
    const { status, stderr } = run(["inspect", "--model", "no/such.model"]);
    expect(stderr).toBe("lemmata-lattice: no such file or directory, open 'no/such.model'");
    expect(status).toBe(1);
  });

  test("a missing file, before anything is written", () => {
    const path = temporaryDirectory();
    writeFileSync(path("there"), "text\n");
    const { status, text, stderr } = run(["encode", "--model", model, path("there"), path("missing")]);
    expect(stderr).toContain(`no such file or directory, stat '${path("missing")}'`);
    expect({ status, text }).toEqual({ status: 1, text: "" });
  });

  test("a directory", () => {
    const path = temporaryDirectory();
    mkdirSync(path("directory"));
    const { status, stderr } = run(["encode", "--model", model, path("directory")]);
    expect(stderr).toBe(`lemmata-lattice: ${path("directory")} is a directory`);
    expect(status).toBe(1);
  });

  test("an output that cannot be written", () => {
    const path = temporaryDirectory();
    const { status, stderr } = run(["encode", "--model", model, "--output", path("no/where")], "a");
    expect(stderr).toMatch(/^lemmata-lattice: no such file or directory, open [^\n]+$/);
    expect(status).toBe(1);
  });

  test.each(["encode", "decode", "inspect"])(
    "a model that is cut short, with its name and the place",
    (name) => {
      const path = temporaryDirectory();
      writeFileSync(path("cut.model"), modelBytes("spm_test_model").subarray(0, 5000));
      const { status, stderr } = run([name, "--model", path("cut.model")]);
      expect(stderr).toMatch(
        /^lemmata-lattice: [^\n]*cut\.model: damaged at byte \d+: [^\n]+ \(format, at \d+\)$/,
      );
      expect(status).toBe(1);
    },
  );

  test("an empty model", () => {
    const path = temporaryDirectory();
    writeFileSync(path("empty"), "");
    const { status, stderr } = run(["lattice", "--model", path("empty"), "--text", "a"]);
    expect(stderr).toMatch(/empty: the file is empty[^\n]+\(format\)$/);
    expect(status).toBe(1);
  });
});
