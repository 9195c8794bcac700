import { onBeforeUnmount, onMounted, ref, type Ref, shallowRef, type ShallowRef, watch } from "vue";
import type { Law } from "../figures/law.ts";
import { nextBatch } from "../figures/pace.ts";
import { type Standing, Trial } from "../figures/trial.ts";

/** A trial that runs while the page is looked at. */
export interface LiveTrial {
  readonly standing: ShallowRef<Standing>;
  readonly running: Ref<boolean>;
  readonly toggle: () => void;
  readonly restart: () => void;
}

/** What one frame may spend on drawing, in milliseconds: half of a frame is left for the page. */
const FRAME = 8;

/** Draws from the law until there are `goal` draws, a few in each frame, and anew whenever the law changes. */
export function useTrial(law: Ref<Law>, goal: Ref<number>): LiveTrial {
  let seed = 1;
  let trial = new Trial(law.value, seed);
  let frame = 0;
  const standing = shallowRef(trial.standing());
  const running = ref(false);

  const advance = (): void => {
    const deadline = performance.now() + FRAME;
    const batch = nextBatch(trial.draws, goal.value);
    for (let i = 0; i < batch && performance.now() < deadline; i++) trial.draw(1);
    standing.value = trial.standing();
    if (trial.draws >= goal.value) running.value = false;
    else frame = requestAnimationFrame(advance);
  };
  const run = (): void => {
    cancelAnimationFrame(frame);
    running.value = trial.draws < goal.value;
    if (running.value) frame = requestAnimationFrame(advance);
  };
  const begin = (): void => {
    trial = new Trial(law.value, seed);
    standing.value = trial.standing();
    run();
  };
  const pause = (): void => {
    cancelAnimationFrame(frame);
    running.value = false;
  };

  onMounted(begin);
  onBeforeUnmount(pause);
  watch(law, begin);
  watch(goal, run);
  return {
    standing,
    running,
    toggle: () => (running.value ? pause() : run()),
    restart: () => {
      seed++;
      begin();
    },
  };
}
