import { powerOfTwo } from "@lemmata/lattice";
import type { RandomSource } from "./options.ts";

/**
 * A weighted reservoir of size one at each node of a sweep over edges, by their start: the mass that has arrived, and
 * for each arriving edge the answer whether it takes the place of the one that is kept. An edge of mass a adds to the
 * node's mass, A ← A + a, and takes the place with probability a / A; the first has it in any case.
 *
 * Nodes share `size` places in turn, so that edges may be no longer than `size`. Masses are floats with an exponent of
 * their own, so that no text is too long.
 */
export class Reservoirs {
  private readonly uniform: RandomSource;
  private readonly mask: number;
  /** Which node has each place, and its mass. */
  private readonly node: Float64Array;
  private readonly mantissa: Float64Array;
  private readonly exponent: Float64Array;
  /** The mass of the node whose edges arrive. */
  private mass = 0;
  private power = 0;

  /** Node 0 has mass 1. */
  constructor(size: number, uniform: RandomSource) {
    const places = 2 ** Math.ceil(Math.log2(size + 1));
    this.uniform = uniform;
    this.mask = places - 1;
    this.node = new Float64Array(places).fill(-1);
    this.mantissa = new Float64Array(places);
    this.exponent = new Float64Array(places);
    this.node[0] = 0;
    this.mantissa[0] = 1;
  }

  /** The edges from this node come next. Returns whether any edge has led there. */
  open(node: number): boolean {
    const place = node & this.mask;
    if (this.node[place] !== node) return false;
    // Its exponent takes what a mantissa has too much or too little of, before it goes on.
    const shift = Math.floor(Math.log2(this.mantissa[place]!));
    this.mass = this.mantissa[place]! * powerOfTwo(-shift);
    this.power = this.exponent[place]! + shift;
    return true;
  }

  /** Whether an edge of weight `mantissa · 2^exponent` from the open node takes the place at its end. */
  takes(end: number, mantissa: number, exponent: number): boolean {
    const place = end & this.mask;
    let arriving = this.mass * mantissa;
    const power = this.power + exponent;
    if (this.node[place] !== end) {
      this.node[place] = end;
      this.mantissa[place] = arriving;
      this.exponent[place] = power;
      return true;
    }
    const ahead = power - this.exponent[place]!;
    if (ahead > 0) {
      this.mantissa[place] = this.mantissa[place]! * powerOfTwo(-ahead) + arriving;
      this.exponent[place] = power;
    } else {
      arriving *= powerOfTwo(ahead);
      this.mantissa[place]! += arriving;
    }
    return this.uniform() * this.mantissa[place]! < arriving;
  }

  /** The log of the mass of a node that an edge has led to. */
  logMass(node: number): number {
    const place = node & this.mask;
    return Math.log(this.mantissa[place]!) + this.exponent[place]! * Math.LN2;
  }
}
