/** A command line that asks for what cannot be done. */
export class UsageError extends Error {}

/** Data that cannot be used; the message says where it is. */
export class DataError extends Error {}

/** How a run ends that an error ended: what to say, if anything, and the exit code. */
export interface Verdict {
  readonly message?: string;
  readonly exitCode: number;
}

/**
 * What to make of an error: 2 for the user's command line, 1 for data and files, and nothing to say when the reader of
 * the output has gone (`| head`), which is no fault. Any other error is a mistake in the program, and is thrown again.
 */
export function verdictOn(error: unknown): Verdict {
  if (!(error instanceof Error)) throw error;
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code === "EPIPE") return { exitCode: 0 };
  if (error instanceof UsageError || code?.startsWith("ERR_PARSE_ARGS_") === true)
    return { message: `${oneLine(error.message)} (--help tells more)`, exitCode: 2 };
  if (isRefusal(error) || syscall !== undefined) return { message: faultOf(error), exitCode: 1 };
  throw error;
}

/** Whether an error says that data cannot be used: a {@link DataError}, or the error of one of our packages. */
export function isRefusal(error: unknown): error is Error {
  return error instanceof DataError || (error instanceof Error && codeOf(error) !== undefined);
}

/** An error in one line: its message, and of an error of our packages the code and the place. */
export function faultOf(error: Error): string {
  const message = oneLine(error.message).replace(/^E[A-Z]+: /, "");
  const code = codeOf(error);
  if (code === undefined) return message;
  const { at: place } = error as { at?: number | string };
  return `${message} (${code}${place === undefined ? "" : `, at ${place}`})`;
}

/** Calls a function, and says of what it refuses where that stands. */
export function at<T>(place: string, call: () => T): T {
  try {
    return call();
  } catch (error) {
    if (!isRefusal(error)) throw error;
    throw new DataError(`${place}: ${faultOf(error)}`, { cause: error });
  }
}

/** The code of an error of our packages, which is in small letters; those of the system are in capitals. */
function codeOf(error: Error): string | undefined {
  const { code } = error as { code?: unknown };
  return typeof code === "string" && /^[a-z-]+$/.test(code) ? code : undefined;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, " ");
}
