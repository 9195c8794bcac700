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
export function convert({ model, to }: Job, block: Uint8Array): Converted {
  const write = writers[to];
  const output = new ByteWriter(2 * block.length);
  const lines = linesOf(block);
  const counts = new Int32Array(lines.length);
  for (let i = 0; i < lines.length; i++)
    try {
      counts[i] = write(model, lines[i]!, output);
    } catch (error) {
      if (!(error instanceof LatticeError || error instanceof DataError)) throw error;
      return { bytes: output.written(), counts: counts.slice(0, i), fault: faultOf(error) };
    }
  return { bytes: output.written(), counts };
}

/** The forms of output. Each writes one line, and returns how many ids it has. */
const writers = {
  ids(model: Model, line: string, output: ByteWriter): number {
    const ids = encodeIds(model, line);
    output.decimals(ids, " ");
    output.lineEnd();
    return ids.length;
  },
  pieces(model: Model, line: string, output: ByteWriter): number {
    const { pieces } = encode(model, line);
    output.text(pieces.join(" "));
    output.lineEnd();
    return pieces.length;
  },
  jsonl(model: Model, line: string, output: ByteWriter): number {
    const { ids, pieces, offsets, score } = encode(model, line);
    // By hand, in half the time that JSON.stringify takes for numbers.
    output.text('{"ids":[');
    output.decimals(ids, ",");
    output.text(`],"pieces":${JSON.stringify(pieces)},"offsets":[`);
    output.decimals(offsets, ",");
    output.text(`],"score":${score}}`);
    output.lineEnd();
    return ids.length;
  },
  u16(model: Model, line: string, output: ByteWriter): number {
    const ids = encodeIds(model, line);
    output.packed(new Uint16Array(ids));
    return ids.length;
  },
  u32(model: Model, line: string, output: ByteWriter): number {
    const ids = encodeIds(model, line);
    output.packed(ids);
    return ids.length;
  },
  text(model: Model, line: string, output: ByteWriter): number {
    const ids = idsIn(line);
    output.text(decode(model, ids));
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
