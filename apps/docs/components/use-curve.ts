import type { TextLattice } from "@lemmata/lattice";
import { onBeforeUnmount, type Ref, shallowRef, type ShallowRef, watch } from "vue";
import { ALPHAS } from "../figures/curve.ts";

/** What one frame may spend, in milliseconds. */
const FRAME = 8;

/**
 * A quantity of a lattice at the first of {@link ALPHAS}: of a short text all at once, of a long one a few a frame.
 *
 * @param measure - Takes a lattice, and gives what tells the quantity at an alpha.
 */
export function useCurve(
  lattice: Ref<TextLattice | undefined>,
  measure: (lattice: TextLattice) => (alpha: number) => number,
): ShallowRef<readonly number[]> {
  const values = shallowRef<readonly number[]>([]);
  let frame = 0;

  const advance = (at: (alpha: number) => number, known: readonly number[]): void => {
    const found = [...known];
    const deadline = performance.now() + FRAME;
    do found.push(at(ALPHAS[found.length]!));
    while (found.length < ALPHAS.length && performance.now() < deadline);
    values.value = found;
    if (found.length < ALPHAS.length) frame = requestAnimationFrame(() => advance(at, found));
  };
  watch(lattice, (of) => {
    cancelAnimationFrame(frame);
    values.value = [];
    if (of !== undefined) advance(measure(of), []);
  });
  onBeforeUnmount(() => cancelAnimationFrame(frame));
  return values;
}
