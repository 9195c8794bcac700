import { modelBytes } from "@lemmata/data";
import { afterEach, expect, test, vi } from "vitest";
import { encodeIds } from "../../src/index.ts";
import { readSentencePiece } from "../../src/sentencepiece.ts";

afterEach(() => vi.unstubAllGlobals());

/** Bytes of all arrays in a record. */
function arrayBytes(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  if (ArrayBuffer.isView(value)) return value.byteLength;
  return Object.values(value).reduce<number>((sum, field) => sum + arrayBytes(field), 0);
}

test("a model in use takes less than 150 bytes a piece, its character map and 2.5 MB", () => {
  const memories: WebAssembly.Memory[] = [];
  const { Instance } = WebAssembly;
  vi.stubGlobal("WebAssembly", {
    ...Object.fromEntries(
      Object.getOwnPropertyNames(WebAssembly).map((name) => [name, Reflect.get(WebAssembly, name)]),
    ),
    Instance: function (module: WebAssembly.Module, imports?: WebAssembly.Imports) {
      const instance = new Instance(module, imports);
      memories.push(instance.exports["memory"] as WebAssembly.Memory);
      return instance;
    },
  });
  const model = readSentencePiece(modelBytes("trained_en_8000"));
  encodeIds(model, "Hello world");
  const kernel = memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
  const { rules, replacements } = model.normalizer;
  const map = rules.byteLength + replacements.byteLength;
  expect(memories).toHaveLength(1);
  const bytes = arrayBytes(model) + kernel;
  // The kernel has the map too.
  expect(bytes - 2 * map).toBeLessThan(150 * model.pieceType.length + 2.5e6);
});
