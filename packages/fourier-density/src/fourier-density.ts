import type { Amplitude } from "./amplitude.ts";
import type { Support } from "./support.ts";

/** Values that come again and again (ties), with the share of the whole that each has. */
export interface Atoms {
  /** In increasing order. */
  readonly values: Float64Array;
  /** Each in (0, 1]; the rest of 1 is spread continuously. */
  readonly masses: Float64Array;
}

/** A density on the circle, an interval or the real line, as the square of a trigonometric polynomial. Immutable. */
export class FourierDensity {
  readonly support: Support;
  readonly amplitude: Amplitude;
  readonly atoms: Atoms;

  constructor(support: Support, amplitude: Amplitude, atoms: Atoms = NO_ATOMS) {
    this.support = support;
    this.amplitude = amplitude;
    this.atoms = atoms;
  }
}

const NO_ATOMS: Atoms = { values: new Float64Array(), masses: new Float64Array() };
