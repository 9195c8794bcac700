import { DataError } from "./faults.ts";
import type { Input } from "./inputs.ts";

/** A run of whole lines in UTF-8. Only the last of an input may lack its line end. */
export interface Block {
  readonly input: Input;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const LINE_FEED = 10;
/** What one line may take: a line has to be held in memory. */
const LONGEST = 1 << 26;

/**
 * Cuts inputs into blocks at the last line end of each chunk, so that lines that came are not kept waiting. Each block
 * has memory of its own.
 *
 * @throws {@link DataError} for a line that has not ended after `longest` bytes.
 */
export async function* blocksOf(inputs: readonly Input[], longest: number = LONGEST): AsyncGenerator<Block> {
  for (const input of inputs) {
    let waiting: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of input.chunks) {
      const cut = chunk.lastIndexOf(LINE_FEED) + 1;
      if (cut > 0) {
        yield { input, bytes: joined([...waiting, chunk.subarray(0, cut)]) };
        waiting = [];
        length = 0;
      }
      waiting.push(chunk.subarray(cut));
      length += chunk.length - cut;
      if (length > longest) throw new DataError(`${input.name}: a line is longer than ${longest} bytes`);
    }
    if (length > 0) yield { input, bytes: joined(waiting) };
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** The lines of a block, without their ends, LF or CR LF. What is not UTF-8 becomes U+FFFD. */
export function linesOf(block: Uint8Array): string[] {
  const lines = utf8.decode(block).split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines.map((line) => (line.endsWith("\r") ? line.slice(0, -1) : line));
}

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
