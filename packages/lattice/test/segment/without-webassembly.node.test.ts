import { afterEach, expect, test, vi } from "vitest";
import { encode, latticeOf, modelFromPieces } from "../../src/index.ts";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

test("where a module compiles and there is no memory for an instance, plain TypeScript segments", async () => {
  const pieces = { watch: -1, ing: -2 };
  vi.resetModules();
  vi.stubGlobal("WebAssembly", {
    Module: WebAssembly.Module,
    Instance: function Instance(): never {
      throw new RangeError("WebAssembly.Instance(): Out of memory");
    },
  });
  const fresh = await import("../../src/index.ts");
  expect(fresh.encode(fresh.modelFromPieces(pieces), "watching").pieces).toEqual(["watch", "ing"]);
});

test("where WebAssembly may not be used, plain TypeScript segments", async () => {
  const pieces = { watch: -1, ing: -2, w: -1, atching: -9 };
  const model = modelFromPieces(pieces);
  const want = { encoding: encode(model, "watching"), lattice: latticeOf(model, "watching") };
  vi.resetModules();
  vi.stubGlobal("WebAssembly", {
    Module: () => {
      throw new Error("refused by the content-security policy");
    },
  });
  const fresh = await import("../../src/index.ts");
  const plain = fresh.modelFromPieces(pieces);
  expect({ encoding: fresh.encode(plain, "watching"), lattice: fresh.latticeOf(plain, "watching") }).toEqual(
    want,
  );
});
