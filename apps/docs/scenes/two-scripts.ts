import type { ModelName, TextName } from "@lemmata/data";
import { countPaths, latticeOf } from "@lemmata/lattice";
import { counted, grouped, percent, segmentations } from "../figures/format.ts";
import { type Law, lawOf } from "../figures/law.ts";
import { ink } from "../terminal/ink.ts";
import { table } from "../terminal/table.ts";
import type { Scene, Stage } from "./scene.ts";

interface Reading {
  readonly model: ModelName;
  readonly text: TextName;
  readonly title: string;
  /** A sentence of the text. */
  readonly sentence: string;
}

export const readings: readonly Reading[] = [
  {
    model: "trained_zh_8000",
    text: "sanguo_40",
    title: "Romance of the Three Kingdoms",
    sentence: "三人回至新野，过了数日，玄德使人探听孔明。",
  },
  {
    model: "spm_test_ja_model",
    text: "wagahaiwa_nekodearu",
    title: "I Am a Cat",
    sentence: "吾輩はここで始めて人間というものを見た。",
  },
];

/** The law of a reading's sentence, and of its book the longest line with the number of its segmentations. */
export function read(stage: Stage, reading: Reading): { law: Law; longest: string; count: bigint } {
  const model = stage.model(reading.model);
  const longest = stage.text(reading.text).reduce((long, line) => (line.length > long.length ? line : long));
  return {
    law: lawOf(latticeOf(model, reading.sentence), 1),
    longest,
    count: countPaths(latticeOf(model, longest)),
  };
}

export const twoScripts: Scene = {
  name: "two-scripts",
  play: (stage) =>
    readings.flatMap((reading, i) => {
      const { law, longest, count } = read(stage, reading);
      const best = law.segmentations.slice(0, 3);
      return [
        ...(i === 0 ? [] : [""]),
        `${ink.title(reading.sentence)}  ${ink.quiet(reading.title)}`,
        `${segmentations(law.count)} · entropy ${law.entropy.toFixed(3)} nats · best path, and the next two:`,
        ...table(
          [{ align: "right", ink: ink.exact }, { align: "left" }],
          best.map(({ pieces, probability }) => [percent(probability), pieces.join("|")]),
          2,
        ),
        ink.quiet(
          `The longest line, ${grouped(longest.length)} characters: ${counted(count)} segmentations, counted exactly`,
        ),
      ];
    }),
};
