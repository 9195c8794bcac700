import type { BlockCosine } from "./grouped-cosine.ts";

/**
 * The proof that local cosines hide a bad global one, to be checked by anyone: every block that has a local cosine has
 * one of at least `floor`, and their mean by weight, times `profile`, is `cosine`, which is less.
 */
export interface CosineReversal {
  /** The smallest local cosine. */
  readonly floor: number;
  /** The global cosine. */
  readonly cosine: number;
  /** Σ weight, the cosine of the norms of the blocks: were it 1, the global cosine would be a mean of the local ones. */
  readonly profile: number;
  /** The block that has most more of ‖x‖² than of ‖y‖², by name. */
  readonly heavyInX: string;
  /** The block that has most more of ‖y‖² than of ‖x‖², by name. */
  readonly heavyInY: string;
}

/** By less than this below the smallest local cosine, a global one may be so by rounding. */
const ROUNDING = 1e-12;

/** Certifies that the global cosine is below every local one; undefined if it is not. */
export function reversalOf(
  blocks: readonly BlockCosine[],
  norms: { readonly normX: number; readonly normY: number },
  cosine: number,
  profile: number,
): CosineReversal | undefined {
  const floor = blocks.reduce((least, block) => Math.min(least, block.cosine ?? Infinity), Infinity);
  if (floor === Infinity || !(cosine < floor - ROUNDING)) return undefined;
  const excess = blocks.map(({ normX, normY }) => (normX / norms.normX) ** 2 - (normY / norms.normY) ** 2);
  const place = (of: number): string => blocks[excess.indexOf(of)]!.name;
  return {
    floor,
    cosine,
    profile,
    heavyInX: place(excess.reduce((most, one) => Math.max(most, one))),
    heavyInY: place(excess.reduce((least, one) => Math.min(least, one))),
  };
}
