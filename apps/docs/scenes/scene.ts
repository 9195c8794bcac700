import type { Model } from "@lemmata/lattice";
import type { ModelName, TextName } from "@lemmata/data";

/**
 * One part of the main job: a question asked of real data, and its answer on the terminal. Each package that comes
 * adds a file of this shape, and its line in `index.ts`.
 */
export interface Scene {
  /** A word to call it by. */
  readonly name: string;
  /** Does the work and returns the lines to print, each in 80 columns. The same stage gives the same lines, but for times. */
  readonly play: (stage: Stage) => string[];
}

/** What a scene may use. */
export interface Stage {
  /** A bundled model, read once. */
  readonly model: (name: ModelName) => Model;
  /** The lines of a bundled text. */
  readonly text: (name: TextName) => readonly string[];
  /** Where files go. */
  readonly out: string;
  readonly seed: number;
}
