import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { generateKernels } from "../src/generate.ts";

// `Math.exp` brings a table as static data; a SIMD sum shows that the feature is on.
const kernel = `
  export function sumExp(pointer: usize, n: i32): f64 {
    let sum: f64 = 0;
    for (let i: i32 = 0; i < n; i++) sum += Math.exp(load<f64>(pointer + ((<usize>i) << 3)));
    return sum;
  }
  export function lanes(a: f64, b: f64): f64 {
    const v = f64x2.add(f64x2.splat(a), f64x2.splat(b));
    return f64x2.extract_lane(v, 1);
  }`;

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "lemmata-kernels-"));
  mkdirSync(join(directory, "assembly"));
  mkdirSync(join(directory, "src"));
  writeFileSync(join(directory, "assembly/sum-exp.ts"), kernel);
});
afterEach(() => rmSync(directory, { recursive: true }));

const target = () => join(directory, "src/sum-exp.gen.ts");

test("a kernel becomes a module whose memory is free above __heap_base", async () => {
  expect(await generateKernels(directory)).toEqual([target()]);
  const base64 = /wasmBase64: string =\n {2}"(.*)";/.exec(readFileSync(target(), "utf8"))?.[1];
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(base64 ?? "", "base64")));
  const { memory, __heap_base, sumExp, lanes } = exports as {
    memory: WebAssembly.Memory;
    __heap_base: WebAssembly.Global;
    sumExp: (pointer: number, n: number) => number;
    lanes: (a: number, b: number) => number;
  };
  const base = __heap_base.value as number;
  expect(base).toBeGreaterThan(1024);
  new Float64Array(memory.buffer, base, 3).set([0, 1, 2]);
  expect(sumExp(base, 3)).toBeCloseTo(1 + Math.E + Math.E ** 2, 12);
  expect(lanes(1, 2)).toBe(3);
});

test("a kernel is compiled again when, and only when, a source has changed", async () => {
  await generateKernels(directory);
  expect(await generateKernels(directory)).toEqual([]);
  writeFileSync(join(directory, "assembly/sum-exp.ts"), `${kernel}\n// changed`);
  expect(await generateKernels(directory)).toEqual([target()]);
});

test("a package without kernels is left alone", async () => {
  rmSync(join(directory, "assembly"), { recursive: true });
  expect(await generateKernels(directory)).toEqual([]);
});

test("an error of the compiler reaches the developer with its line", async () => {
  writeFileSync(join(directory, "assembly/sum-exp.ts"), "export function f(): i32 { return missing; }");
  await expect(generateKernels(directory)).rejects.toThrow(
    /Cannot find name .missing.[\s\S]*sum-exp\.ts\(1,/,
  );
});

test("a kernel named relaxed may multiply and add in one operation, others may not", async () => {
  const fused = `
    export function fused(a: f64, b: f64, c: f64): f64 {
      return f64x2.extract_lane(f64x2.relaxed_madd(f64x2.splat(a), f64x2.splat(b), f64x2.splat(c)), 0);
    }`;
  writeFileSync(join(directory, "assembly/sum-exp.ts"), fused);
  await expect(generateKernels(directory)).rejects.toThrow(/does not compile/);
  rmSync(join(directory, "assembly/sum-exp.ts"));
  writeFileSync(join(directory, "assembly/fused.relaxed.ts"), fused);
  expect(await generateKernels(directory)).toEqual([join(directory, "src/fused.relaxed.gen.ts")]);
});
