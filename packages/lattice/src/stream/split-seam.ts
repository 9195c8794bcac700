import type { SplitStep } from "../model/pipeline.ts";
import { seamOf } from "./normalize-seam.ts";
import { holdsFor, type Seam } from "./seam.ts";

/**
 * Follows a seam through a step of pre-tokenisation: `apart` if no pre-token goes across and the two sides are cut as
 * the whole is; the seam, if both of its characters stay in one pre-token, which is put together of what the two sides
 * have there; undefined if neither is certain. The right side is cut as one that does not begin a text.
 */
export type SplitSeam = (seam: Seam) => Seam | "apart" | undefined;

/** @throws {@link LatticeError} `unsupported` for a pattern of which nothing is certain. */
export function splitSeam(step: SplitStep): SplitSeam {
  switch (step.type) {
    case "prefix":
      // It goes before the right side by itself, unless that begins with it.
      return (seam) => (seam.right.every((right) => right === step.content) ? seam : undefined);
    case "metaspace":
      return (seam) => {
        const marked = (character: string): string => (character === " " ? step.mark : character);
        const left = seam.left.map(marked);
        const right = seam.right.map(marked);
        const marks = right.filter((character) => character === step.mark).length;
        const allMarks = marks === right.length;
        if (step.split && allMarks) return "apart";
        if (!allMarks && (step.prepend === "always" || (step.split && marks > 0))) return undefined;
        return { ...seam, left, right };
      };
    default:
      return patternSplit(step);
  }
}

function patternSplit({
  pattern: source,
  invert,
  behavior,
}: Extract<SplitStep, { type: "split" }>): SplitSeam {
  const pattern = seamOf(source);
  const isApart = (left: string, right: string): boolean => {
    const before = pattern.covers(left);
    const after = pattern.covers(right);
    // Of one match and what is none, or of two matches.
    if (behavior === "Removed" || behavior === "Isolated") return before === true || after === true;
    if (before === undefined || after === undefined || (!before && !after)) return false;
    if (behavior === "Contiguous") return before !== after;
    return behavior === "MergedWithPrevious"
      ? before !== invert || after === invert
      : before === invert || after !== invert;
  };
  return (seam) => {
    if (!holdsFor(seam, (left, right) => pattern.parts(left, right))) return undefined;
    if (holdsFor(seam, isApart)) return "apart";
    const isBetween = holdsFor(
      seam,
      (left, right) => pattern.covers(left) === false && pattern.covers(right) === false,
    );
    if (!isBetween) return undefined;
    // Between matches both stay together, or both go.
    return behavior === "Removed" && invert ? "apart" : seam;
  };
}
