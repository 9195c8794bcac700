import { decimal, percent } from "../figures/format.ts";
import type { Trial } from "../figures/trial.ts";
import { ink } from "../terminal/ink.ts";
import { table } from "../terminal/table.ts";

/** A trial as a table: the best `shown` segmentations, the others as one, and how far each method is from the law. */
export function trialTable(trial: Trial, shown: number): string[] {
  const { law } = trial;
  const { perfect, earlier, noiseFloor } = trial.standing();
  if (perfect === undefined || earlier === undefined)
    throw new Error("a trial without a draw has nothing to show");
  const best = law.segmentations.slice(0, shown);
  const gaps = best.map(({ probability }, i) => Math.abs(earlier.outcomes[i]! - probability));
  const widest = gaps.indexOf(Math.max(...gaps));
  const listed = best.map(({ pieces, probability }, i) => [
    pieces.join("|"),
    percent(probability),
    percent(perfect.outcomes[i]!),
    percent(earlier.outcomes[i]!),
    i === widest ? "◄" : "",
  ]);
  const others = law.outcomes.length - best.length;
  const rest = (of: Float64Array): string => percent(of.subarray(shown).reduce((sum, p) => sum + p, 0));
  return table(
    [
      { align: "left" },
      { align: "right", ink: ink.exact },
      { align: "right", ink: ink.perfect },
      { align: "right", ink: ink.earlier },
      { align: "left", ink: ink.quiet },
    ],
    [
      ["", "exact", "perfect", "earlier", "(Viterbi sampling)"],
      ...listed,
      ...(others > 0
        ? [[`${others} others`, rest(law.outcomes), rest(perfect.outcomes), rest(earlier.outcomes)]]
        : []),
      ["pieces (mean)", law.pieces.toFixed(2), perfect.pieces.toFixed(2), earlier.pieces.toFixed(2)],
      [
        "distance from exact",
        "–",
        decimal(perfect.distance),
        decimal(earlier.distance),
        `(noise floor ${decimal(noiseFloor!)})`,
      ],
    ],
  );
}
