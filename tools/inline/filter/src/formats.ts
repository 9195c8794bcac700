import type { ByteWriter } from "./byte-writer.ts";
import { UsageError } from "./faults.ts";
import { byteSink, npySink, type Sink } from "./sinks.ts";

/** What `--format` can say of lines of ids. */
const formats = ["ids", "pieces", "jsonl", "npy", "u16", "u32"] as const;
type Format = (typeof formats)[number];

/** How the ids of one line are written: within an array of numpy, as 16 or 32 bits each. */
export type RowFormat = Exclude<Format, "npy">;

/**
 * What `--format` says, with `--output`.
 *
 * @throws {@link UsageError} for a format that there is not, or that cannot go to standard output.
 */
export function formatOf(value: string, output: string | undefined): Format {
  const format = formats.find((known) => known === value);
  if (format === undefined) throw new UsageError(`no format "${value}"; there are ${formats.join(", ")}`);
  if (format === "npy" && output === undefined) throw new UsageError("--format npy needs --output FILE");
  return format;
}

/**
 * How lines are written in a format, with ids below `pieces`.
 *
 * @throws {@link UsageError} if the ids need more bits than the format has.
 */
export function rowFormatOf(format: Format, pieces: number): RowFormat {
  const wide = pieces > 1 << 16;
  if (format === "u16" && wide)
    throw new UsageError(`the model has ${pieces} pieces: too many for u16, use u32`);
  if (format !== "npy") return format;
  return wide ? "u32" : "u16";
}

/** Where lines go that are written so: files of numpy, a file, or standard output. */
export async function rowSink(format: Format, row: RowFormat, output: string | undefined): Promise<Sink> {
  return format === "npy" ? await npySink(output!, row === "u32") : await byteSink(output);
}

/** Writes the ids of a line, in the formats that hold nothing else. */
export const idWriters: Readonly<
  Record<"ids" | "u16" | "u32", (ids: Int32Array, output: ByteWriter) => void>
> = {
  ids(ids, output) {
    output.decimals(ids, " ");
    output.lineEnd();
  },
  u16: (ids, output) => output.packed(new Uint16Array(ids)),
  u32: (ids, output) => output.packed(ids),
};
