import { DataError } from "./faults.ts";
import type { Input } from "./inputs.ts";

/** Where a line stands. */
export interface Place {
  /** Which reading of the inputs, from 0. */
  readonly pass: number;
  /** How many lines of all inputs come before it in this reading. */
  readonly line: number;
}

/** A run of whole lines in UTF-8. Only the last of an input may lack its line end. */
export interface Block {
  readonly input: Input;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Where its first line stands. */
  readonly place: Place;
}

const LINE_FEED = 10;
/** What one line may take: a line has to be held in memory. */
const LONGEST = 1 << 26;

/**
 * Cuts inputs, which are read once or several times, into blocks at the last line end of each chunk, so that lines that
 * came are not kept waiting. Each block has memory of its own.
 *
 * @throws {@link DataError} for a line that has not ended after `longest` bytes.
 */
export async function* blocksOf(
  passes: readonly (readonly Input[])[],
  longest: number = LONGEST,
): AsyncGenerator<Block> {
  for (const [pass, inputs] of passes.entries()) {
    let line = 0;
    for (const input of inputs)
      for await (const bytes of runsOf(input, longest)) {
        // Counted first: its memory may go to a thread.
        const count = countLines(bytes);
        yield { input, bytes, place: { pass, line } };
        line += count;
      }
  }
}

async function* runsOf(input: Input, longest: number): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let waiting: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of input.chunks) {
    const cut = chunk.lastIndexOf(LINE_FEED) + 1;
    if (cut > 0) {
      yield joined([...waiting, chunk.subarray(0, cut)]);
      waiting = [];
      length = 0;
    }
    waiting.push(chunk.subarray(cut));
    length += chunk.length - cut;
    if (length > longest) throw new DataError(`${input.name}: a line is longer than ${longest} bytes`);
  }
  if (length > 0) yield joined(waiting);
}

function countLines(bytes: Uint8Array): number {
  let count = 0;
  for (let at = 0; at < bytes.length; count++) at = bytes.indexOf(LINE_FEED, at) + 1 || bytes.length;
  return count;
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
