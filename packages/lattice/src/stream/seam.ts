/**
 * A place between two characters of a text on its way through a pipeline, by what may stand on either side of it. What
 * is asked of a seam must hold for each of them.
 */
export interface Seam {
  /** What may stand before the character on the left; nothing where a part of a text begins. */
  readonly before: readonly string[];
  readonly left: readonly string[];
  readonly right: readonly string[];
  /** What may stand after the character on the right; nothing where that is not known. */
  readonly after: readonly string[];
}

/** Whether something holds for all characters that may stand at a seam. */
export function holdsFor({ left, right }: Seam, holds: (left: string, right: string) => boolean): boolean {
  return left.every((one) => right.every((other) => holds(one, other)));
}

export const WHITE_SPACE: RegExp = /^\p{White_Space}$/u;
