import { constrain, type Lattice } from "@lemmata/lattice";
import { checked, shown } from "./options.ts";
import { SamplingError } from "./sampling-error.ts";

/** The beginning of a path, as it is known. */
export type Prefix =
  | {
      /** The indices of its edges in the lattice, as `edges` of a path has them. */
      readonly edges: ArrayLike<number>;
    }
  | {
      /**
       * The labels of its edges. Of the lattice of a text they are the ids that `emit` gives, but that an unknown
       * character has the unknown piece to itself, where `emit` gives one for a run of them, or the pieces of its bytes.
       */
      readonly labels: ArrayLike<number>;
    };

/**
 * The lattice of those paths alone that begin with a prefix, such as one that has been emitted already. What is drawn
 * from it has the law of the rest: `logProbability` is conditional on the prefix. So for every algorithm on lattices.
 *
 * Nodes keep their numbers, edges do not: a path of the result is one through the result. `emit` of `@lemmata/lattice`
 * takes it as any other.
 *
 * @throws {@link SamplingError} `lattice`; `argument` if no path begins so, or if a label is that of two edges from
 * one node. That what begins so does not lead to the end shows when something is drawn: `no-path`.
 * @remarks O(length + edges).
 */
export function givenPrefix<L extends Lattice>(lattice: L, prefix: Prefix): L {
  checked(lattice, undefined);
  const { length, rowStart, end, label } = lattice;
  const byLabel = typeof prefix === "object" && prefix !== null && "labels" in prefix;
  const wanted = byLabel ? prefix.labels : prefix?.edges;
  if (typeof wanted !== "object" || wanted === null || !Number.isInteger(wanted.length))
    throw new SamplingError("argument", "prefix must have a list of edges or a list of labels");
  const taken = new Set<number>();
  let node = 0;
  for (let i = 0; i < wanted.length; i++) {
    const matching: number[] = [];
    for (let e = rowStart[node]!, stop = rowStart[Math.min(node + 1, length)]!; e < stop; e++)
      if ((byLabel ? label[e] : e) === wanted[i]) matching.push(e);
    if (matching.length !== 1)
      throw new SamplingError(
        "argument",
        `place ${i} of the prefix: ${matching.length} edges from node ${node} ${byLabel ? "have the label" : "are"} ${shown(wanted[i])}`,
      );
    taken.add(matching[0]!);
    node = end[matching[0]!]!;
  }
  const rest = rowStart[node]!;
  return constrain(lattice, { allow: (e) => e >= rest || taken.has(e) });
}
