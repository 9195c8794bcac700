import { articleLattice } from "../figures/article.ts";
import { grouped, segmentations } from "../figures/format.ts";
import { lawOf } from "../figures/law.ts";
import { Trial } from "../figures/trial.ts";
import { ink } from "../terminal/ink.ts";
import type { Scene, Stage } from "./scene.ts";
import { trialTable } from "./trial-table.ts";

const DRAWS = 20_000;

/** Three segmentations of equal score. */
export function drawArticleCase(stage: Stage): Trial {
  return new Trial(lawOf(articleLattice(), 1), stage.seed).draw(DRAWS);
}

export const articleCase: Scene = {
  name: "article-case",
  play: (stage) => {
    const trial = drawArticleCase(stage);
    return [
      ink.title(
        `"watching" · ${segmentations(trial.law.count)} of equal score · ${grouped(trial.draws)} draws`,
      ),
      ...trialTable(trial, 3),
      ink.quiet("The earlier method gives ½ to whichever arrives last, and ¼ to the others."),
    ];
  },
};
