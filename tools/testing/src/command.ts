import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

/** A command line, to be run from its source. */
export interface CommandLine {
  /** Runs it to its end; `stderr` without the line end. */
  readonly run: (
    args: readonly string[],
    input?: string | Uint8Array,
  ) => { status: number | null; stdout: Buffer; text: string; stderr: string };
  /** Starts it, to be talked to. */
  readonly start: (args: readonly string[]) => {
    child: ChildProcessWithoutNullStreams;
    exit: Promise<number | null>;
  };
}

/** The command line whose source is at an address. */
export function commandAt(source: URL): CommandLine {
  const flags = ["--conditions=lemmata-source", "--no-warnings", fileURLToPath(source)];
  return {
    run(args, input = "") {
      const { status, stdout, stderr } = spawnSync(process.execPath, [...flags, ...args], {
        input,
        maxBuffer: 1 << 28,
      });
      return { status, stdout, text: stdout.toString(), stderr: stderr.toString().replace(/\n$/, "") };
    },
    start(args) {
      const child = spawn(process.execPath, [...flags, ...args]);
      child.stdin.on("error", () => {}); // it may go before it has heard all
      return { child, exit: new Promise((resolve) => child.once("exit", resolve)) };
    },
  };
}

/** A directory for the current test alone. */
export function temporaryDirectory(): (name: string) => string {
  const directory = mkdtempSync(join(tmpdir(), "lemmata-cli-"));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return (name) => join(directory, name);
}

/**
 * Reads an array of one dimension in numpy's format.
 *
 * @throws Error for a file that is not one, or not as its header says.
 */
export function readNpy(file: Buffer): { type: string; values: number[] } {
  const start = 10 + file.readUInt16LE(8);
  const header = file.toString("latin1", 10, start);
  const [, type = "", length] =
    /^\{'descr': '(<[uif]\d)', 'fortran_order': False, 'shape': \((\d+),\), \} *\n$/.exec(header) ?? [];
  const size = Number(type[2]);
  const magic = file.toString("latin1", 0, 8);
  if (magic !== "\x93NUMPY\x01\x00" || start % 64 !== 0 || file.length !== start + size * Number(length))
    throw new Error(`not a whole array of numpy: ${JSON.stringify(magic + header)}`);
  const values = Array.from({ length: Number(length) }, (_, i) => {
    const at = start + size * i;
    if (type === "<f8") return file.readDoubleLE(at);
    return size === 8 ? Number(file.readBigInt64LE(at)) : file.readUIntLE(at, size);
  });
  return { type, values };
}

/** An array of numpy with a header of one's own. */
export function npy(
  descr: string,
  shape: readonly number[],
  numbers: ArrayBufferView,
  fortranOrder = false,
): Uint8Array {
  const sizes = `(${shape.join(", ")}${shape.length === 1 ? "," : ""})`;
  const order = fortranOrder ? "True" : "False";
  const header = `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': ${sizes}, }\n`;
  const start = Buffer.from(`\u0093NUMPY\u0001\u0000\0\0${header}`, "latin1");
  start.writeUInt16LE(header.length, 8);
  return Buffer.concat([start, raw(numbers)]);
}

/** The bytes of numbers as they lie in memory. */
export function raw({ buffer, byteOffset, byteLength }: ArrayBufferView): Buffer {
  return Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength);
}
