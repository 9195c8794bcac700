import { LatticeError } from "../lattice-error.ts";
import type { Model } from "../model/model.ts";
import { decode } from "../segment/decode.ts";
import { encode, encodeIds } from "../segment/encode.ts";
import { ByteWriter } from "./byte-writer.ts";
import { DataError, faultOf } from "./faults.ts";
import { linesOf } from "./lines.ts";

/** What becomes of a line: what it is turned into, under which model. Survives `structuredClone`, for workers. */
export interface Job {
  readonly model: Model;
  readonly to: keyof typeof writers;
  /** Whether special tokens are put around a text, or shown when ids are decoded. */
  readonly specialTokens: boolean;
}

/** What became of a block of lines. */
export interface Converted {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** How many ids each line has. */
  readonly counts: Int32Array<ArrayBuffer>;
  /** What is wrong with the next line; the lines after it were left. */
  readonly fault?: string;
}

/** Converts a block of lines, up to the first that cannot be. */
export function convertLines(job: Job, block: Uint8Array): Converted {
  const write = writers[job.to];
  const output = new ByteWriter(2 * block.length);
  const lines = linesOf(block);
  const counts = new Int32Array(lines.length);
  for (let i = 0; i < lines.length; i++)
    try {
      counts[i] = write(job, lines[i]!, output);
    } catch (error) {
      if (!(error instanceof LatticeError || error instanceof DataError)) throw error;
      return { bytes: output.written(), counts: counts.slice(0, i), fault: faultOf(error) };
    }
  return { bytes: output.written(), counts };
}

/** The forms of output. Each writes one line, and returns how many ids it has. */
const writers = {
  ids({ model, specialTokens }: Job, line: string, output: ByteWriter): number {
    const ids = encodeIds(model, line, { specialTokens });
    output.decimals(ids, " ");
    output.lineEnd();
    return ids.length;
  },
  pieces({ model, specialTokens }: Job, line: string, output: ByteWriter): number {
    const { pieces } = encode(model, line, { specialTokens });
    output.text(pieces.join(" "));
    output.lineEnd();
    return pieces.length;
  },
  jsonl({ model, specialTokens }: Job, line: string, output: ByteWriter): number {
    const { ids, pieces, offsets, score } = encode(model, line, { specialTokens });
    // By hand, in half the time that JSON.stringify takes for numbers.
    output.text('{"ids":[');
    output.decimals(ids, ",");
    output.text(`],"pieces":${JSON.stringify(pieces)},"offsets":[`);
    output.decimals(offsets, ",");
    output.text(`],"score":${score}}`);
    output.lineEnd();
    return ids.length;
  },
  u16({ model, specialTokens }: Job, line: string, output: ByteWriter): number {
    const ids = encodeIds(model, line, { specialTokens });
    output.packed(new Uint16Array(ids));
    return ids.length;
  },
  u32({ model, specialTokens }: Job, line: string, output: ByteWriter): number {
    const ids = encodeIds(model, line, { specialTokens });
    output.packed(ids);
    return ids.length;
  },
  text({ model, specialTokens }: Job, line: string, output: ByteWriter): number {
    const ids = idsIn(line);
    output.text(decode(model, ids, { specialTokens }));
    output.lineEnd();
    return ids.length;
  },
};

function idsIn(line: string): number[] {
  const words = line.split(/\s+/).filter((word) => word !== "");
  return words.map((word) => {
    if (!/^\d+$/.test(word)) throw new DataError(`${JSON.stringify(word)} is not an id`);
    return Number(word);
  });
}
