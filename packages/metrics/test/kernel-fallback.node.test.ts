// In Node only: a browser's modules cannot be made to forget what they have compiled.
import { afterEach, describe, expect, test, vi } from "vitest";
import * as plain from "../src/index.ts";
import { wasmBase64 as simd } from "../src/products.gen.ts";

describe("without", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.resetModules();
  });
  const x = Float32Array.from({ length: 1000 }, (_, i) => Math.sin(i));
  const y = Float32Array.from({ length: 1000 }, (_, i) => Math.cos(i) + 0.1);

  test("WebAssembly, the plain loop does it", async () => {
    vi.resetModules();
    vi.stubGlobal("WebAssembly", undefined);
    const fresh = await import("../src/kernel.ts");
    expect(fresh.cosine(x, y)).toBe(plain.cosine(x, y));
    const [a, b] = fresh.residentVectors(1000, 1000);
    a.set(x);
    b.set(y);
    expect(fresh.cosine(a, b)).toBe(plain.cosine(x, y));
  });

  test("relaxed SIMD, the module without it does it, with the plain loop's sums but for rounding", async () => {
    const { Module } = WebAssembly;
    const bytes = Uint8Array.from(atob(simd), (char) => char.charCodeAt(0));
    const compiled: number[] = [];
    class Strict extends Module {
      constructor(source: Uint8Array<ArrayBuffer>) {
        if (source.length !== bytes.length) throw new WebAssembly.CompileError("no relaxed SIMD");
        compiled.push(source.length);
        super(source);
      }
    }
    vi.resetModules();
    vi.stubGlobal("WebAssembly", Object.assign(Object.create(WebAssembly) as object, { Module: Strict }));
    const fresh = await import("../src/kernel.ts");
    expect(fresh.cosine(x, y)).toBeCloseTo(plain.cosine(x, y), 14);
    expect(compiled).toEqual([bytes.length]);
  });
});
