import { type Lattice, type Path, viterbi } from "@lemmata/lattice";
import { pathFrom } from "./follow-back.ts";

/**
 * The path of the highest score: what is drawn at alpha = ∞. Of equal paths it is the one that `viterbi` of
 * `@lemmata/lattice` keeps: at every node the longest of the best edges into it.
 *
 * @throws {@link SamplingError} `no-path`.
 */
export function bestPath<L extends Lattice>(lattice: L): Path<L> {
  return pathFrom(() => viterbi(lattice));
}
