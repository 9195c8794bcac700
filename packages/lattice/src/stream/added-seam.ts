import type { AddedToken } from "../model/pipeline.ts";
import { holdsFor, type Seam, WHITE_SPACE } from "./seam.ts";

/**
 * Whether the added tokens found in any text that has this seam are those of its two sides: none goes across, takes
 * white space along across it, or stands or falls with the character on the other side. None ends at the seam either,
 * nor does white space that one takes along: the right side goes on where the left one ends.
 */
export function tokensPart(tokens: readonly AddedToken[], seam: Seam): boolean {
  return holdsFor(seam, (left, right) => {
    const spaceBefore = WHITE_SPACE.test(left);
    const spaceAfter = WHITE_SPACE.test(right);
    return tokens.every(({ pattern, singleWord, lstrip, rstrip }) => {
      const begins = pattern.startsWith(right);
      return !(
        pattern.endsWith(left) ||
        pattern.includes(left + right) ||
        (singleWord && begins) ||
        (lstrip && spaceBefore && (spaceAfter || begins)) ||
        (rstrip && spaceBefore)
      );
    });
  });
}
