import { UsageError } from "@lemmata/filter";
import { MetricsError } from "../metrics-error.ts";

/** Makes what has settings; what it says of them is said of the command line. */
export function fromOptions<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof MetricsError)) throw error;
    throw new UsageError(error.message, { cause: error });
  }
}
