import { DensityError } from "../src/index.ts";

/** With what a call is refused, and at which entry; "accepted" if it is not. */
export async function codeOf(call: () => unknown): Promise<string> {
  try {
    await call();
  } catch (error) {
    if (error instanceof DensityError)
      return error.at === undefined ? error.code : `${error.code} at ${error.at}`;
    throw error;
  }
  return "accepted";
}
