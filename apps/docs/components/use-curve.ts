import { entropy, type TextLattice } from "@lemmata/lattice";
import { onBeforeUnmount, type Ref, shallowRef, type ShallowRef, watch } from "vue";
import { ALPHAS } from "../figures/curve.ts";

/** What one frame may spend, in milliseconds. */
const FRAME = 8;

/** The entropies of a lattice at the first of {@link ALPHAS}: of a short text all at once, of a long one a few a frame. */
export function useCurve(lattice: Ref<TextLattice | undefined>): ShallowRef<readonly number[]> {
  const entropies = shallowRef<readonly number[]>([]);
  let frame = 0;

  const advance = (of: TextLattice, known: readonly number[]): void => {
    const found = [...known];
    const deadline = performance.now() + FRAME;
    do found.push(entropy(of, { alpha: ALPHAS[found.length]! }));
    while (found.length < ALPHAS.length && performance.now() < deadline);
    entropies.value = found;
    if (found.length < ALPHAS.length) frame = requestAnimationFrame(() => advance(of, found));
  };
  watch(lattice, (of) => {
    cancelAnimationFrame(frame);
    entropies.value = [];
    if (of !== undefined) advance(of, []);
  });
  onBeforeUnmount(() => cancelAnimationFrame(frame));
  return entropies;
}
