// @lemmata/sampling, as built for users: each export draws from the lattice of each line at alpha = 0.1.
import { countPaths, emit, latticeOf, type Model, type Path, type TextLattice } from "@lemmata/lattice";
import latticeManifest from "@lemmata/lattice/package.json" with { type: "json" };
import { readSentencePiece } from "@lemmata/lattice/sentencepiece";
import * as sampling from "@lemmata/sampling";
import manifest from "@lemmata/sampling/package.json" with { type: "json" };
import type { Prepare } from "../src/task.ts";
import { withoutMemory } from "../src/without-memory.ts";

const versions = { "@lemmata/lattice": latticeManifest.version, "@lemmata/sampling": manifest.version };
const alpha = 0.1;

/** From a string to drawn ids. */
function drawIds(draw: (lattice: TextLattice, options: sampling.DrawOptions) => Path<TextLattice>): Prepare {
  return ({ model: file, lines }) => {
    const model = readSentencePiece(file);
    const options = { alpha, rng: sampling.createRng(1) };
    return {
      versions,
      run() {
        let count = 0;
        for (const line of lines) count += emit(model, draw(latticeOf(model, line), options)).ids.length;
        return count;
      },
      output: () =>
        lines.map((line) => {
          const { pieces } = emit(model, draw(latticeOf(model, line), options));
          return `${pieces.length}\t${pieces.join("")}`;
        }),
    };
  };
}

/** From a string to drawn ids without a lattice; the pieces to prove it by come from their names. */
export const sampleEncode: Prepare = ({ model, lines }) => linesToDrawnIds(readSentencePiece(model), lines);

/** The same as if no word came twice. */
export const sampleEncodeAnew: Prepare = ({ model, lines }) =>
  linesToDrawnIds(readSentencePiece(withoutMemory(model)), lines);

function linesToDrawnIds(model: Model, lines: readonly string[]): ReturnType<Prepare> {
  const options = { alpha, rng: sampling.createRng(1) };
  return {
    versions,
    run() {
      let count = 0;
      for (const line of lines) count += sampling.sampleEncode(model, line, options).length;
      return count;
    },
    output: () =>
      lines.map((line) => {
        // The same numbers draw the same path from the lattice, which has the characters that are unknown.
        const seed = sampling.createRng(line.length);
        const ids = sampling.sampleEncode(model, line, { alpha, rng: seed.clone() });
        const drawn = emit(
          model,
          sampling.perfectSampler(latticeOf(model, line), { alpha, rng: seed }).sample(),
        );
        if (ids.join() !== drawn.ids.join())
          throw new Error(`sampleEncode and perfectSampler differ on ${line}`);
        return `${ids.length}\t${drawn.pieces.join("")}`;
      }),
  };
}

export const perfectSample = drawIds(sampling.perfectSample);
export const perfectSampler = drawIds((lattice, options) =>
  sampling.perfectSampler(lattice, options).sample(),
);
export const viterbiSample = drawIds(sampling.viterbiSample);

/** Paths drawn from the lattice of each line that has some, without their ids. */
function paths(draw: (lattice: TextLattice, options: sampling.DrawOptions) => readonly Path[]): Prepare {
  return ({ model: file, lines }) => {
    const model = readSentencePiece(file);
    const options = { alpha, rng: sampling.createRng(1) };
    const some = lines.filter((line) => countPaths(latticeOf(model, line)) >= DISTINCT);
    return {
      versions,
      run() {
        let edges = 0;
        for (const line of some)
          for (const path of draw(latticeOf(model, line), options)) edges += path.edges.length;
        return edges;
      },
      output: () => [],
    };
  };
}

/** How many different paths are drawn. */
const DISTINCT = 16;

export const draw1 = paths((lattice, options) => sampling.perfectSampler(lattice, options).draw(1));
export const draw64 = paths((lattice, options) => sampling.perfectSampler(lattice, options).draw(64));
export const distinct16 = paths((lattice, options) =>
  sampling.sampleWithoutReplacement(lattice, DISTINCT, options),
);
export const onePass = paths((lattice, options) => [sampling.perfectSample(lattice, options)]);
