import { fileURLToPath } from "node:url";

const heapBase = fileURLToPath(new URL("../assembly/heap-base.ts", import.meta.url));

/** What every kernel is compiled with: fast, SIMD, no collector, no assertions, no imports. */
export const flags: readonly string[] = "-O3 --enable simd --runtime stub --noAssert --use abort=".split(" ");

/** What a file named `<name>.relaxed.ts` may use besides: relaxed SIMD, which not every engine has. */
export const relaxedFlags: readonly string[] = ["--enable", "relaxed-simd"];

/**
 * The WebAssembly module of an AssemblyScript file. It exports what the file exports, its `memory`, and `__heap_base`:
 * static data (the tables of `Math.exp`, say) lies below that address, and a caller's own data must lie above it.
 */
export async function compileKernel(file: string): Promise<Uint8Array> {
  const { default: asc } = await import("assemblyscript/asc"); // slow to load, and seldom needed
  let wasm: Uint8Array | undefined;
  let messages = "";
  const more = file.endsWith(".relaxed.ts") ? relaxedFlags : [];
  const { error } = await asc.main([file, heapBase, "--outFile", "kernel.wasm", ...flags, ...more], {
    stderr: asc.createMemoryStream((text) => (messages += String(text))),
    writeFile: (name, contents) => {
      if (typeof contents !== "string" && name.endsWith(".wasm")) wasm = contents;
    },
  });
  if (error) throw new Error(`${file} does not compile\n${messages}`, { cause: error });
  if (!wasm) throw new Error(`${file} gave no module`);
  return wasm;
}
