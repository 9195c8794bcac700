import { afterEach, describe, expect, test, vi } from "vitest";
import { writeCompiledModel } from "../../src/compiled.ts";
import { encodeIds, modelFromPieces } from "../../src/index.ts";
import { goldenModels } from "./golden-models.ts";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

type Entry = typeof import("../../src/compiled.ts");

/** The entry as a process has it that has loaded nothing else. */
async function freshEntry(): Promise<Entry & Pick<typeof import("../../src/index.ts"), "encodeIds">> {
  vi.resetModules();
  const [entry, index] = [await import("../../src/compiled.ts"), await import("../../src/index.ts")];
  return { ...entry, encodeIds: index.encodeIds };
}

describe("a model that needs parts", () => {
  test.each<[string, "enableBpe" | "enableBytePiece" | "enableTokenizerJson"]>([
    ["bpe-variants/", "enableBpe"],
    ["bytepiece", "enableBytePiece"],
    ["tokenizer-json/", "enableTokenizerJson"],
    ["subword-json/", "enableTokenizerJson"],
  ])("of %s is read once %s has been called, and before that refused by that name", async (folder, name) => {
    const model = goldenModels.find((golden) => golden.name.startsWith(folder))!.read();
    const file = writeCompiledModel(model);
    const entry = await freshEntry();
    expect(() => entry.readCompiledModel(file)).toThrow(
      expect.objectContaining({
        code: "unsupported",
        message: expect.stringContaining(name) as string,
      }),
    );
    entry[name]();
    expect(entry.encodeIds(entry.readCompiledModel(file), "Hello")).toEqual(encodeIds(model, "Hello"));
  });

  test("is read by loadModel without more", async () => {
    const model = goldenModels.find(({ name }) => name.startsWith("subword-json/"))!.read();
    const file = writeCompiledModel(model);
    vi.resetModules();
    const { loadModel } = await import("../../src/formats.ts");
    expect(loadModel(file)).toEqual(model);
  });
});

test("a unigram model needs none", async () => {
  const file = writeCompiledModel(modelFromPieces({ watch: -1, ing: -2 }));
  const entry = await freshEntry();
  expect([...entry.encodeIds(entry.readCompiledModel(file), "watching")]).toEqual([0, 1]);
});

test("where WebAssembly may not be used, the checks are made without it", async () => {
  const file = writeCompiledModel(modelFromPieces({ watch: -1, ing: -2 }));
  vi.stubGlobal("WebAssembly", {
    Module: () => {
      throw new Error("refused by the content-security policy");
    },
  });
  const entry = await freshEntry();
  expect([...entry.encodeIds(entry.readCompiledModel(file), "watching")]).toEqual([0, 1]);
  expect(() => entry.readCompiledModel(file.with(file.length - 1, 9))).toThrow("checksum");
});

test("on a big-endian engine nothing is written or read", async () => {
  const model = modelFromPieces({ watch: -1, ing: -2 });
  const file = writeCompiledModel(model);
  const entry = await freshEntry();
  const { Uint32Array: native } = globalThis;
  vi.stubGlobal(
    "Uint32Array",
    class extends native {
      static override of(): Uint32Array<ArrayBuffer> {
        return native.from([0x01000000]);
      }
    },
  );
  const refusal = expect.objectContaining({ code: "unsupported" });
  expect(() => entry.readCompiledModel(file)).toThrow(refusal);
  expect(() => entry.writeCompiledModel(model)).toThrow(refusal);
});

test("what is no model is not written", () => {
  const model = modelFromPieces({ watch: -1, ing: -2 });
  for (const [what, message] of [
    [{}, "made"],
    [null, "made"],
    [{ ...model, unkId: 7 }, "the id of the unknown piece is 7"],
    [{ ...model, more: 1 }, "more"],
  ] as const)
    expect(() => writeCompiledModel(what as never)).toThrow(
      expect.objectContaining({ code: "argument", message: expect.stringContaining(message) as string }),
    );
});
