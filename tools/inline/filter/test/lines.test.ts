import { expect, test } from "vitest";
import { ByteWriter } from "../src/byte-writer.ts";
import type { Input } from "../src/inputs.ts";
import { blocksOf, linesOf } from "../src/lines.ts";
import { Progress } from "../src/progress.ts";

function input(...chunks: string[]): Input {
  const bytes = (async function* () {
    for (const chunk of chunks) yield new TextEncoder().encode(chunk);
  })();
  return { name: "planted", chunks: bytes, size: undefined };
}

async function blocks(inputs: readonly Input[], longest?: number): Promise<string[]> {
  const found: string[] = [];
  for await (const { bytes } of blocksOf([inputs], longest)) found.push(new TextDecoder().decode(bytes));
  return found;
}

test("a block ends at the last line end of a chunk, and at the end of an input", async () => {
  const inputs = [input("a\nb", "c", "d\n\ne"), input(), input("f\n"), input("", "g")];
  expect(await blocks(inputs)).toEqual(["a\n", "bcd\n\n", "e", "f\n", "g"]);
});

test("a block tells how many lines come before it in each pass, though its memory goes to a thread", async () => {
  const pass = (): Input[] => [input("a\nb", "c\n\nd"), input(), input("e\nf\n"), input("g")];
  const places: number[][] = [];
  for await (const { bytes, place } of blocksOf([pass(), pass()])) {
    structuredClone(bytes, { transfer: [bytes.buffer] });
    places.push([place.pass, place.line]);
  }
  const lines = [0, 1, 3, 4, 6];
  expect(places).toEqual([0, 1].flatMap((number) => lines.map((line) => [number, line])));
});

test("a line that is too long to hold is refused, one at the bound is not", async () => {
  expect(await blocks([input("12345", "678\n12345678")], 8)).toEqual(["12345678\n", "12345678"]);
  await expect(blocks([input("12345", "6789", "\n")], 8)).rejects.toThrow(
    "planted: a line is longer than 8 bytes",
  );
});

test.each([
  ["a\nb\n", ["a", "b"]],
  ["a\r\nb", ["a", "b"]],
  ["\n", [""]],
  ["\r\n\n", ["", ""]],
  ["a\rb\n", ["a\rb"]],
  ["\ufeffa\u2028b\n", ["\ufeffa\u2028b"]],
])("%j has the lines %j", (text, lines) => {
  expect(linesOf(new TextEncoder().encode(text))).toEqual(lines);
});

test("numbers are written in decimal, whatever their length", () => {
  const numbers = Int32Array.of(0, 9, 10, 99, 100, 12345, 999_999_999, 1_000_000_000, 2 ** 31 - 1);
  const output = new ByteWriter(1);
  output.text("é🙂 ");
  output.decimals(numbers, " ");
  output.lineEnd();
  output.decimals(new Int32Array(0), " ");
  output.decimals(numbers, ",");
  expect(new TextDecoder().decode(output.written())).toBe(`é🙂 ${numbers.join(" ")}\n${numbers.join(",")}`);
});

test("progress is shown now and then, and taken away at the end", () => {
  const shown: string[] = [];
  let time = 0;
  const progress = new Progress({ write: (text) => shown.push(text) }, 4e6, () => time);
  progress.add(1e6);
  expect(shown).toEqual([]);
  time = 250;
  progress.add(1e6);
  progress.add(1e6);
  expect(shown).toEqual(["\r50 % of 4.0 MB, 8.0 MB/s  "]);
  progress.clear();
  expect(shown.at(-1)).toBe("\r\u001b[K");
});

test("progress that was never shown leaves the terminal alone", () => {
  const shown: string[] = [];
  new Progress({ write: (text) => shown.push(text) }, 1, () => 0).clear();
  expect(shown).toEqual([]);
});
