import { DataError, idWriters, type LineWriter, type RowFormat } from "@lemmata/filter";
import { enableTokenizerJson } from "../huggingface.ts";
import type { Model } from "../model/model.ts";
import { decode } from "../segment/decode.ts";
import { encode, encodeIds } from "../segment/encode.ts";

/** What becomes of a line: what it is turned into, under which model. Survives `structuredClone`, for workers. */
export interface Job {
  readonly model: Model;
  readonly to: RowFormat | "text";
  /** Whether special tokens are put around a text, or shown when ids are decoded. */
  readonly specialTokens: boolean;
  /** Whether beginning and end of sentence go around a text. */
  readonly bos?: boolean;
  readonly eos?: boolean;
}

/** Turns lines into what the job says, in this thread, to which its model may have been sent. */
export function lineWriter({ model, to, specialTokens, bos = false, eos = false }: Job): LineWriter {
  const options = { specialTokens, bos, eos };
  enableTokenizerJson();
  switch (to) {
    case "pieces":
      return (line, output) => {
        const { pieces } = encode(model, line, options);
        output.text(pieces.join(" "));
        output.lineEnd();
        return pieces.length;
      };
    case "jsonl":
      return (line, output) => {
        const { ids, pieces, offsets, score } = encode(model, line, options);
        // By hand, in half the time that JSON.stringify takes for numbers.
        output.text('{"ids":[');
        output.decimals(ids, ",");
        output.text(`],"pieces":${JSON.stringify(pieces)},"offsets":[`);
        output.decimals(offsets, ",");
        output.text(`],"score":${score}}`);
        output.lineEnd();
        return ids.length;
      };
    case "text":
      return (line, output) => {
        const ids = idsIn(line);
        output.text(decode(model, ids, { specialTokens }));
        output.lineEnd();
        return ids.length;
      };
    default: {
      const write = idWriters[to];
      return (line, output) => {
        const ids = encodeIds(model, line, options);
        write(ids, output);
        return ids.length;
      };
    }
  }
}

function idsIn(line: string): number[] {
  const words = line.split(/\s+/).filter((word) => word !== "");
  return words.map((word) => {
    if (!/^\d+$/.test(word)) throw new DataError(`${JSON.stringify(word)} is not an id`);
    return Number(word);
  });
}
