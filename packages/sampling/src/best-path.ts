import { type Lattice, LatticeError, type Path, viterbi } from "@lemmata/lattice";
import { noPath } from "./follow-back.ts";

/**
 * The path of the highest score: what is drawn at alpha = ∞. Of equal paths it is the one that `viterbi` of
 * `@lemmata/lattice` keeps: at every node the longest of the best edges into it.
 *
 * @throws {@link SamplingError} `no-path`.
 */
export function bestPath<L extends Lattice>(lattice: L): Path<L> {
  try {
    return viterbi(lattice);
  } catch (error) {
    if (error instanceof LatticeError && error.code === "no-path") throw noPath(lattice.length);
    throw error;
  }
}
