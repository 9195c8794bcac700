// @lemmata/lattice, as built for users: each export is one of its calls, once for each line.
import * as lattice from "@lemmata/lattice";
import { readCompiledModel } from "@lemmata/lattice/compiled";
import { loadModel } from "@lemmata/lattice/formats";
import manifest from "@lemmata/lattice/package.json" with { type: "json" };
import { readSentencePiece } from "@lemmata/lattice/sentencepiece";
import type { Prepare } from "../src/task.ts";
import { withoutMemory } from "../src/without-memory.ts";

const versions = { "@lemmata/lattice": manifest.version };

export const encodeIds: Prepare = ({ model: file, lines }) => linesToIds(loadModel(file), lines);

/** The same as if no word came twice. */
export const encodeIdsAnew: Prepare = ({ model: file, lines }) =>
  linesToIds(loadModel(withoutMemory(file)), lines);

function linesToIds(model: lattice.Model, lines: readonly string[]): ReturnType<Prepare> {
  return {
    versions,
    run() {
      let count = 0;
      for (const line of lines) count += lattice.encodeIds(model, line).length;
      return count;
    },
    output: () => lines.map((line) => lattice.encodeIds(model, line).join(" ")),
  };
}

export const encodeBatch: Prepare = ({ model: file, lines }) => {
  const model = loadModel(file);
  return {
    versions,
    run: () => lattice.encodeBatch(model, lines).ids.length,
    output() {
      const { ids, rowStart } = lattice.encodeBatch(model, lines);
      return lines.map((_, i) => ids.subarray(rowStart[i], rowStart[i + 1]).join(" "));
    },
  };
};

export const encode: Prepare = ({ model: file, lines }) => {
  const model = loadModel(file);
  return {
    versions,
    run() {
      let count = 0;
      for (const line of lines) count += lattice.encode(model, line).ids.length;
      return count;
    },
    output: () => lines.map((line) => lattice.encode(model, line).ids.join(" ")),
  };
};

/** A model, which is to stay in memory, and the first ids that it gave. */
interface Loaded {
  readonly model: lattice.Model;
  readonly ids: Int32Array;
}

function idsOf(model: lattice.Model, text: string): Loaded {
  return { model, ids: lattice.encodeIds(model, text) };
}

/** From the bytes of the model to the ids of the first line. */
export const load: Prepare = ({ model: file, lines: [first = ""] }) => {
  const run = (): Loaded => idsOf(readSentencePiece(file), first);
  return { versions, run, output: () => [run().ids.join(" ")] };
};

/** The same from the compiled form of the model. */
export const loadCompiled: Prepare = ({ model: file, lines: [first = ""] }) => {
  const run = (): Loaded => idsOf(readCompiledModel(file), first);
  return { versions, run, output: () => [run().ids.join(" ")] };
};

/** Builds the lattice of each line and puts a question to it. */
function ask(question: (built: lattice.TextLattice) => number): Prepare {
  return ({ model: file, lines }) => {
    const model = readSentencePiece(file);
    return {
      versions,
      run() {
        let sum = 0;
        for (const line of lines) sum += question(lattice.latticeOf(model, line));
        return sum;
      },
      output: () => [],
    };
  };
}

export const latticeOf = ask(({ label }) => label.length);
export const viterbi = ask((built) => lattice.viterbi(built).score);
export const logPartition = ask((built) => lattice.logPartition(built));
export const marginals = ask((built) => lattice.marginals(built).logPartition);
export const entropy = ask((built) => lattice.entropy(built));
export const countPaths = ask((built) => Number(lattice.countPaths(built) & 1n));
export const nbest64 = ask((built) => lattice.nbest(built, 64).length);
