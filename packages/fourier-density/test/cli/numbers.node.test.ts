import { npy, raw } from "@lemmata/testing/command";
import { describe, expect, test } from "vitest";
import { lines, runOn, stratified, uniformFile, written } from "./run.ts";

const density = uniformFile(0, 16);
/** The numbers that eval read: it gives a sixteenth of each, but for rounding. */
function read(files: Readonly<Record<string, string | Uint8Array>>, ...args: string[]): number[] {
  const all = { "d.json": density, ...files };
  const names = args.length === 0 ? Object.keys(files) : args;
  const { status, text, stderr } = runOn(all, ["eval", "--what", "cdf", "d.json", ...names]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return text
    .trimEnd()
    .split("\n")
    .map((share) => Math.round(2 ** 24 * Number(share)) / 2 ** 20);
}
/** What it says of files that it cannot read. */
function refused(files: Readonly<Record<string, string | Uint8Array>>, ...args: string[]): string {
  const { status, text, stderr } = runOn(files, ["fit", ...Object.keys(files), ...args]);
  expect(stderr).toMatch(/^lemmata-density: [^\n]+$/);
  expect(text).toBe("");
  expect(status).toBe(stderr.endsWith(" (--help tells more)") ? 2 : 1);
  return stderr.replace("lemmata-density: ", "");
}

describe("numbers are read from", () => {
  test("plain lines, with line ends of any kind, empty lines, white space, and a mark of the byte order", () => {
    expect(read({ x: "\ufeff1\r\n2.5\n\n  \n\t3e0 \n.25\n1.2E+1" })).toEqual([1, 2.5, 3, 0.25, 12]);
  });

  test("a table of one column, with or without its name", () => {
    expect(read({ "x.csv": "height\n1\n2\n" })).toEqual([1, 2]);
    expect(read({ "x.csv": "\ufeff1\n2" })).toEqual([1, 2]);
  });

  const table =
    '\ufeffid,"the ""height"", m",note\r\n1,"2.5","a, b"\r\n2, 3 ,"two\r\nlines ""and"" more"\r\n\r\n3,4,\r\n';
  test.each([
    ["its name", 'the "height", m'],
    ["its number", "2"],
  ])("the column of a table with fields in quotes, by %s", (_, column) => {
    expect(read({ "x.csv": table }, "--column", column, "x.csv")).toEqual([2.5, 3, 4]);
  });

  test("a column whose name is a number before one of that number", () => {
    expect(read({ "x.csv": "2,1,x\n3,4,5\n" }, "--column", "1", "x.csv")).toEqual([4]);
  });

  test.each([
    ["tabs", "\t"],
    ["semicolons", ";"],
    ["bars", "|"],
  ])("tables with %s", (_, between) => {
    const rows = [
      ["a", "b"],
      ["1", "2"],
      ["3", "4"],
    ]
      .map((row) => row.join(between))
      .join("\n");
    expect(read({ "x.tsv": rows }, "--column", "b", "x.tsv")).toEqual([2, 4]);
  });

  test("a table that is read in many parts, some of which end within quotes", () => {
    const rows = Array.from(
      { length: 30_000 },
      (_, i) => `"note ${i}\n""more"", and\n\n${"é".repeat(i % 50)}",${i % 16}\n`,
    );
    expect(read({ "x.csv": `note,x\n${rows.join("")}` }, "--column", "x", "x.csv")).toEqual(
      rows.map((_, i) => i % 16),
    );
  });

  test("lines of JSON: numbers, or a field", () => {
    expect(read({ "x.jsonl": "\ufeff1\n\n2.5\n" })).toEqual([1, 2.5]);
    expect(read({ "x.ndjson": '{"a":{},"x":1}\r\n{"x":2.5}\n' }, "--column", "x", "x.ndjson")).toEqual([
      1, 2.5,
    ]);
  });

  test.each([
    ["<f8", Float64Array.of(1, 2.5, 16, 0)],
    ["<f4", Float32Array.of(1, 2.5, 16, 0)],
    ["<f2", Uint16Array.of(0x3c00, 0x4100, 0x4c00, 0)],
    ["|u1", Uint8Array.of(1, 2, 16, 0)],
    ["<i8", BigInt64Array.of(1n, 2n, 16n, 0n)],
  ])("arrays of numpy of any shape, %s", (descr, numbers) => {
    const want = descr.includes("f") ? [1, 2.5, 16, 0] : [1, 2, 16, 0];
    expect(read({ "x.npy": npy(descr, [2, 2], numbers) })).toEqual(want);
  });

  test("arrays of numpy that are read in many parts, of the other byte order, and from standard input", () => {
    const numbers = Float64Array.from({ length: 100_003 }, (_, i) => (i % 64) / 4);
    const swapped = Buffer.from(raw(numbers)).swap64();
    const file = npy(">f8", [numbers.length], swapped);
    expect(read({ "x.npy": file })).toEqual([...numbers]);
    const told = ["eval", "--what", "cdf", "--input", "npy", "d.json"];
    const { text } = runOn({ "d.json": density }, told, file);
    expect(text).toBe(
      runOn({ "d.json": density, "x.npy": file }, ["eval", "--what", "cdf", "d.json", "x.npy"]).text,
    );
  });

  test("several files, one after another, each by its name or all as told", () => {
    const files = { a: "1\n2\n", "b.csv": "x\n3\n", "c.jsonl": "4\n" };
    expect(read(files)).toEqual([1, 2, 3, 4]);
    expect(read({ a: "x\n1\n", b: "x\n2\n" }, "--input", "csv", "a", "b")).toEqual([1, 2]);
  });

  test("an empty file, as none", () => {
    expect(read({ a: "", "b.csv": "", "c.jsonl": "", "d.csv": "x\n", e: "1\n" })).toEqual([1]);
    expect(read({ "a.npy": npy("<f8", [0], new Float64Array(0)), e: "1\n" })).toEqual([1]);
  });
});

test("the same samples give the same density from every format", () => {
  const samples = stratified(500, (u) => 8 + Math.log(u / (1 - u)));
  const want = written(["fit"], lines(samples));
  const files = {
    "x.csv": `"x","w"\n${Array.from(samples, (x) => `"${x}",1\n`).join("")}`,
    "x.jsonl": Array.from(samples, (x) => `{"x":${x}}\n`).join(""),
  };
  for (const [name, content] of Object.entries(files))
    expect(runOn({ [name]: content }, ["fit", "--column", "x", name]).text).toBe(want);
  const array = npy("<f8", [500], samples);
  expect(runOn({ "x.npy": array }, ["fit", "x.npy"]).text).toBe(want);
});

describe("what cannot be read is refused, with its place", () => {
  test("plain lines", () => {
    expect(refused({ x: "1\n\ntwo\n" })).toBe('x, line 3: "two" is no number');
    expect(refused({ x: "1\n2 3\n" })).toBe('x, line 2: "2 3" is no number');
    expect(refused({ x: "1\n2\nNaN\n" })).toBe('x, line 3: "NaN" is no number');
    expect(refused({ x: "1\n-Infinity\n" })).toBe("x, line 2: -Infinity is no finite number");
    expect(refused({ x: "1e999\n" })).toBe("x, line 1: Infinity is no finite number");
    expect(refused({ x: "\u001b[2J\n" })).toBe('x, line 1: "␛[2J" is no number');
    expect(refused({ x: `${"9".repeat(20)}x${"9".repeat(1e5)}\n` })).toMatch(
      /^x, line 1: "9{20}x9{19}…" is no number$/,
    );
    expect(refused({ x: new Uint8Array(1000).fill(0x80) })).toMatch(/^x, line 1: .* is no number$/);
  });

  test("a bad number in a table, after records of several lines", () => {
    const table = 'a,b\n"1\n\n1",2\n\n3,4\n5,six\n';
    expect(refused({ "x.csv": table }, "--column", "b")).toBe('x.csv, line 7: "six" is no number');
    expect(refused({ "x.csv": "a,b\n1,\n" }, "--column", "b")).toBe('x.csv, line 2: "" is no number');
    const far = `x\n${"1\n".repeat(200_000)}?\n`;
    expect(refused({ "x.csv": far })).toBe('x.csv, line 200002: "?" is no number');
  });

  test("a column that there is not, or that must be chosen", () => {
    const table = "a,b c\n1,2\n";
    expect(refused({ "x.csv": table }, "--column", "d")).toBe('x.csv: no column "d"; there are "a", "b c"');
    expect(refused({ "x.csv": table }, "--column", "3")).toBe('x.csv: no column "3"; there are "a", "b c"');
    expect(refused({ "x.csv": table }, "--column", "a", "--weights", "0")).toBe(
      'x.csv: no column "0"; there are "a", "b c"',
    );
    expect(refused({ "x.csv": "1,2\n" }, "--column", "a")).toBe(
      'x.csv: no column "a"; there are 2, without names',
    );
    expect(refused({ "x.csv": table })).toBe(
      'x.csv has several columns: --column tells which; there are "a", "b c" (--help tells more)',
    );
    expect(refused({ "x.csv": "a,b\n1,2\n3\n" }, "--column", "b")).toBe(
      "x.csv, line 3: no column 2, fields: 1",
    );
  });

  test("quotes that are not closed, or end within a field", () => {
    expect(refused({ "x.csv": 'a,b\n1,2\n3,"4\n5,6\n' }, "--column", "b")).toBe(
      "x.csv, line 3: Quoted field unterminated",
    );
    expect(refused({ "x.csv": 'a,b\n1,"2"3\n4,"5"\n' }, "--column", "b")).toMatch(
      /^x\.csv, line 2: .*malformed$/,
    );
    const endless = `a\n1\n"${"2\n".repeat(9e6)}`;
    expect(refused({ "x.csv": endless })).toBe("x.csv, line 1: a quote somewhere from here on is not closed");
  });

  test("weights that are none", () => {
    const table = "x,w\n1,1\n2,-1\n";
    expect(refused({ "x.csv": table }, "--column", "x", "--weights", "w")).toBe(
      "x.csv, line 3: a weight of -1; want finite ones that are not negative",
    );
    expect(refused({ "x.csv": "x,w\n1,0\n2,0\n" }, "--column", "x", "--weights", "w")).toMatch(
      /\(weights\)$/,
    );
    expect(refused({ x: "1\n" }, "--weights", "w")).toContain("x is read as plain lines, without columns");
    expect(refused({ "x.jsonl": "1\n" }, "--weights", "w")).toContain("--weights needs --column");
    expect(refused({ "x.npy": npy("<f8", [1], Float64Array.of(1)) }, "--weights", "w")).toContain(
      "without columns",
    );
  });

  test("lines of JSON", () => {
    const of = (line: string, ...args: string[]): string => refused({ "x.jsonl": `1\n${line}\n` }, ...args);
    expect(of("{")).toMatch(/^x\.jsonl, line 2: no JSON: /);
    expect(of('"3"')).toBe("x.jsonl, line 2: the line is no number");
    expect(of('{"x":1}')).toBe("x.jsonl, line 2: the line is no number: --column tells its field");
    const field = (line: string): string => refused({ "x.jsonl": `{"x":1}\n${line}\n` }, "--column", "x");
    expect(field("2")).toBe("x.jsonl, line 2: no object with fields");
    expect(field('{"y":2,"__proto__":1}')).toBe('x.jsonl, line 2: no field "x"; there are "y", "__proto__"');
    expect(field('{"x":"2"}')).toBe('x.jsonl, line 2: "x" is no number');
    expect(field('{"x":null}')).toBe('x.jsonl, line 2: "x" is no number');
    expect(field('{"x":1e999}')).toBe("x.jsonl, line 2: Infinity is no finite number");
  });

  test("arrays of numpy that lie", () => {
    const good = npy("<f8", [3], Float64Array.of(1, 2, 3));
    expect(refused({ "x.npy": npy("<f8", [4], Float64Array.of(1, 2, 3)) })).toMatch(
      /^x\.npy: \(4\) numbers of float64 take 32 bytes, and 24 follow the header \(format, at \d+\)$/,
    );
    expect(refused({ "x.npy": npy("<f8", [2 ** 40, 2 ** 40], Float64Array.of(1)) })).toContain(
      "no possible shape",
    );
    expect(refused({ "x.npy": good.subarray(0, -1) })).toContain("take 24 bytes, and 23 follow the header");
    expect(refused({ "x.npy": good.subarray(0, 30) })).toContain("cut short within the header");
    expect(refused({ "x.npy": good.subarray(0, 5) })).toContain("not a file of numpy");
    expect(refused({ "x.npy": "1\n2\n" })).toContain("not a file of numpy");
    expect(refused({ "x.npy": new Uint8Array(0) })).toContain("not a file of numpy");
    expect(refused({ "x.npy": npy("<c16", [1], Float64Array.of(1, 2)) })).toContain(
      'the array is of "<c16"; want numbers',
    );
    expect(refused({ "x.npy": npy("<f8", [3], Float64Array.of(1, NaN, 3)) })).toBe(
      "x.npy[1]: NaN is no finite number",
    );
  });
});
