import type { Converted } from "./convert-lines.ts";
import { NewFile } from "./new-file.ts";
import { NpyFile } from "./npy-file.ts";
import { toStdout } from "./stdout.ts";

/** Where converted blocks go, in order. */
export interface Sink {
  /** Whether it is a terminal, where nothing else should be shown meanwhile. */
  readonly isTTY: boolean;
  write(block: Converted): Promise<void>;
  finish(): Promise<void>;
}

/** A file, or standard output if it has no name. */
export async function byteSink(path: string | undefined): Promise<Sink> {
  if (path === undefined)
    return { isTTY: process.stdout.isTTY, write: ({ bytes }) => toStdout(bytes), finish: async () => {} };
  const file = await NewFile.create(path);
  return { isTTY: false, write: ({ bytes }) => file.append(bytes), finish: () => file.finish() };
}

/**
 * Two numpy arrays: `ids.npy` with the ids of all lines, end to end, and `ids.rows.npy` with where each line begins in
 * it, and the end of the last.
 */
export async function npySink(path: string, wide: boolean): Promise<Sink> {
  const ids = await NpyFile.create(path, wide ? "<i4" : "<u2");
  const rows = await NpyFile.create(`${path.replace(/\.npy$/, "")}.rows.npy`, "<i8");
  let total = 0n;
  await rows.append(BigInt64Array.of(total));
  return {
    isTTY: false,
    async write({ bytes, counts }) {
      await ids.append(bytes);
      await rows.append(BigInt64Array.from(counts, (count) => (total += BigInt(count))));
    },
    async finish() {
      await ids.finish();
      await rows.finish();
    },
  };
}
