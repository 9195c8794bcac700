import { latticeOf } from "@lemmata/lattice";
import { grouped, segmentations } from "../figures/format.ts";
import { lawOf } from "../figures/law.ts";
import { Trial } from "../figures/trial.ts";
import { ink } from "../terminal/ink.ts";
import type { Scene, Stage } from "./scene.ts";
import { trialTable } from "./trial-table.ts";

const WORD = "understanding";
const ALPHA = 0.1;
const DRAWS = 20_000;

/** One word, drawn many times by both methods. */
export function drawWord(stage: Stage): Trial {
  return new Trial(lawOf(latticeOf(stage.model("trained_en_8000"), WORD), ALPHA), stage.seed).draw(DRAWS);
}

export const oneWord: Scene = {
  name: "one-word",
  play: (stage) => {
    const trial = drawWord(stage);
    const { count, alpha } = trial.law;
    return [
      ink.title(`"${WORD}" · ${segmentations(count)} · alpha = ${alpha} · ${grouped(trial.draws)} draws`),
      ...trialTable(trial, 4),
      ink.quiet("Distance is total variation; the noise floor is what as many exact draws leave."),
    ];
  },
};
