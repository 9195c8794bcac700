// @lemmata/metrics, as built for users: scores of pairs of texts, a tab between them.
import manifest from "@lemmata/metrics/package.json" with { type: "json" };
import { BleuCounts, ChrfCounts, RougeMeans, type RougeType } from "@lemmata/metrics/text";
import type { Prepare } from "../src/task.ts";

const versions = { "@lemmata/metrics": manifest.version };

/** A corpus is scored as a whole; line by line to prove it. */
function corpus(counts: (sentence: boolean) => BleuCounts | ChrfCounts): Prepare {
  return ({ lines }) => {
    const pairs = lines.map((line) => line.split("\t") as [string, string]);
    return {
      versions,
      run() {
        const whole = counts(false);
        for (const [hypothesis, reference] of pairs) whole.add(hypothesis, reference);
        return whole.finish().score;
      },
      output: () =>
        pairs.map(([hypothesis, reference]) =>
          counts(true).add(hypothesis, reference).finish().score.toFixed(6),
        ),
    };
  };
}

export const bleu = corpus((effectiveOrder) => new BleuCounts({ effectiveOrder }));
export const chrf = corpus(() => new ChrfCounts());

function means(types: readonly RougeType[]): Prepare {
  return ({ lines }) => {
    const pairs = lines.map((line) => line.split("\t") as [string, string]);
    return {
      versions,
      run() {
        const whole = new RougeMeans({ types });
        for (const [prediction, reference] of pairs) whole.add(prediction, reference);
        return whole.finish();
      },
      output() {
        const scorer = new RougeMeans({ types });
        return pairs.map(([prediction, reference]) => {
          const scores = scorer.add(prediction, reference);
          return types.map((type) => scores[type].fmeasure.toFixed(6)).join(" ");
        });
      },
    };
  };
}

export const rouge = means(["rouge1", "rouge2", "rougeL"]);
