import { NewFile, NpyFile, toStdout, UsageError } from "@lemmata/filter";

/** Writes all there is to a file, which gets its name when it is complete, or to standard output. */
export async function writeAll(path: string | undefined, data: string | Uint8Array): Promise<void> {
  if (path === undefined) return await toStdout(data);
  const file = await NewFile.create(path);
  await file.append(typeof data === "string" ? new TextEncoder().encode(data) : data);
  await file.finish();
}

/** @throws {@link UsageError} if bytes that are no text would go to a terminal. */
export function requireBinary(path: string | undefined): void {
  if (path === undefined && process.stdout.isTTY)
    throw new UsageError("--output FILE is needed: bytes do no good to a terminal");
}

/** Where numbers go, in order. */
export interface NumberSink {
  /** Whether it is a terminal, where nothing else should be shown meanwhile. */
  readonly isTTY: boolean;
  write(numbers: Float64Array): Promise<void>;
  finish(): Promise<void>;
}

/** What `--help` says of it. */
export const numberSinkHelp = `  --output FILE     where the numbers go: an array of numpy if the name ends with .npy, else lines. Standard output if
                    left out`;

/** An array of numpy if the name ends with .npy, else lines with all digits that count: a file, or standard output. */
export async function numberSink(path: string | undefined): Promise<NumberSink> {
  if (path === undefined)
    return {
      isTTY: process.stdout.isTTY,
      write: (numbers) => toStdout(linesFor(numbers)),
      finish: async () => {},
    };
  if (/\.npy$/i.test(path)) {
    const array = await NpyFile.create(path, "<f8");
    return { isTTY: false, write: (numbers) => array.append(numbers), finish: () => array.finish() };
  }
  const file = await NewFile.create(path);
  const utf8 = new TextEncoder();
  return {
    isTTY: false,
    write: (numbers) => file.append(utf8.encode(linesFor(numbers))),
    finish: () => file.finish(),
  };
}

function linesFor(numbers: Float64Array): string {
  return numbers.length === 0 ? "" : `${numbers.join("\n")}\n`;
}

/** A number with so many digits that count. */
export function digits(value: number, count = 6): string {
  return String(Number(value.toPrecision(count)));
}
