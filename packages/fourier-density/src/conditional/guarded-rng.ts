import { DensityError } from "../density-error.ts";

/**
 * A source of randomness that refuses what is not in [0, 1).
 *
 * @throws {@link DensityError} `argument`, at once or when asked.
 */
export function guardedRng(rng: unknown): () => number {
  if (typeof rng !== "function") throw new DensityError("argument", "rng must be a function");
  return () => {
    const u: unknown = rng();
    if (!(typeof u === "number" && u >= 0 && u < 1))
      throw new DensityError("argument", `rng gave ${String(u)}; it must give numbers in [0, 1)`);
    return u;
  };
}
