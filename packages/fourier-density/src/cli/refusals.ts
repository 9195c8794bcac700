import { DataError, faultOf, UsageError } from "@lemmata/filter";
import { DensityError } from "../density-error.ts";

/**
 * Calls what takes options and data, and says of what it refuses whose fault it is: that of the command line, or of the
 * data that stand at `place`.
 *
 * @throws `UsageError`, `DataError`.
 */
export async function withRefusals<T>(place: string, call: () => T | Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof DensityError)) throw error;
    if (error.code === "argument") throw new UsageError(error.message, { cause: error });
    throw new DataError(`${place}: ${faultOf(error)}`, { cause: error });
  }
}
