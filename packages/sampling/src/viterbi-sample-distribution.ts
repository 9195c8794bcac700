import type { Lattice } from "@lemmata/lattice";
import { bestPath } from "./best-path.ts";
import { checked, type DrawOptions, scoresOf } from "./options.ts";
import { SamplingError } from "./sampling-error.ts";

/** A path of {@link viterbiSampleDistribution} and its probability. */
export interface PathProbability {
  readonly edges: Int32Array;
  readonly probability: number;
}

/**
 * The exact law of `viterbiSample`: every path with a probability above 0, in order of falling probability.
 *
 * What the method keeps at one node depends on what it kept at others, so the law does not factor: this follows all
 * states that the live nodes can be in together, and their number grows with the text. For words.
 *
 * @param options - `alpha`; `maxStates`, at which to give up (200,000 if left out).
 * @throws {@link SamplingError} `lattice`, `argument`, `no-path`; `too-large` beyond `maxStates`.
 * @remarks 科学空间 9768.
 */
export function viterbiSampleDistribution(
  lattice: Lattice,
  options?: Pick<DrawOptions, "alpha"> & { readonly maxStates?: number },
): PathProbability[] {
  const { alpha } = checked(lattice, options);
  const maxStates = options?.maxStates ?? 200_000;
  if (!(maxStates >= 1))
    throw new SamplingError("argument", `maxStates must be at least 1, got ${maxStates}`);
  if (alpha === Infinity) return [{ edges: bestPath(lattice).edges, probability: 1 }];
  const scores = scoresOf(lattice, alpha);
  const { length, rowStart, end } = lattice;
  // A state is what the reached nodes from here on keep: by node, the kept path.
  let states = new Map<string, State>([
    ["", { kept: new Map([[0, { edges: [], score: 0 }]]), probability: 1 }],
  ]);
  for (let s = 0; s < length; s++) {
    for (let e = rowStart[s]!, stop = rowStart[s + 1]!; e < stop; e++) {
      const to = end[e]!;
      const next = new Map<string, State>();
      for (const { kept, probability } of states.values()) {
        const here = kept.get(s);
        if (here === undefined) {
          add(next, kept, probability, maxStates);
          continue;
        }
        const arriving = { edges: [...here.edges, e], score: here.score + scores[e]! };
        const held = kept.get(to);
        const accept = held === undefined ? 1 : 1 / (1 + Math.exp(held.score - arriving.score));
        if (accept > 0) add(next, new Map(kept).set(to, arriving), probability * accept, maxStates);
        if (accept < 1) add(next, kept, probability * (1 - accept), maxStates);
      }
      states = next;
    }
    // Nothing further begins at this node: what it kept no longer tells states apart.
    const next = new Map<string, State>();
    for (const { kept, probability } of states.values()) {
      const rest = new Map(kept);
      rest.delete(s);
      add(next, rest, probability, maxStates);
    }
    states = next;
  }
  const law: PathProbability[] = [];
  for (const { kept, probability } of states.values()) {
    const path = kept.get(length);
    if (path !== undefined) law.push({ edges: Int32Array.from(path.edges), probability });
  }
  if (law.length === 0) throw new SamplingError("no-path", `no path leads from node 0 to node ${length}`);
  return law.sort((a, b) => b.probability - a.probability);
}

interface State {
  readonly kept: ReadonlyMap<number, { readonly edges: readonly number[]; readonly score: number }>;
  probability: number;
}

function add(states: Map<string, State>, kept: State["kept"], probability: number, maxStates: number): void {
  const name = [...kept]
    .map(([node, { edges }]) => `${node}:${edges.join()}`)
    .sort()
    .join(" ");
  const known = states.get(name);
  if (known !== undefined) known.probability += probability;
  else if (states.size >= maxStates)
    throw new SamplingError("too-large", `the method has more than ${maxStates} states on this lattice`);
  else states.set(name, { kept, probability });
}
