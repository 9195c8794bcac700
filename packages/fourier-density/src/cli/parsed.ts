import { DataError, visible } from "@lemmata/filter";

/** @throws {@link DataError}, which names the place, for a text that is no JSON. */
export function parsed(text: string, place: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new DataError(`${place}: no JSON: ${visible((error as Error).message)}`, { cause: error });
  }
}
