import { basename } from "node:path";
import { parseArgs } from "node:util";
import { at, type Command, DataError, UsageError } from "@lemmata/filter";
import { type LongbenchDataset, longbenchDatasets } from "../../longbench/datasets.ts";
import {
  lengthBuckets,
  type LongbenchExample,
  type LongbenchResult,
  LongbenchTotals,
} from "../../longbench/longbench-totals.ts";
import { formatOf, print, table } from "../output.ts";
import { listOfTexts, type Segment, segmentsOf } from "../segments.ts";

export const longbenchCommand: Command = {
  name: "longbench",
  summary: "scores of LongBench, by dataset and by length",
  help: `Usage: lemmata-metrics longbench [options] [FILE…]

The scores of predictions for datasets of LongBench, as its own eval.py gives them, whole and by length of the context.
Each FILE has the predictions for one dataset as LongBench writes them: in lines of JSON, with the fields pred, answers,
all_classes and length, of which the last may be left out. Without a file, or as -, they come from standard input.

Chinese is cut into words by Intl.Segmenter, where LongBench has jieba: compare those scores with each other only.

Options
  --dataset NAME    the dataset; if left out, it is what a file is called: hotpotqa.jsonl
  --reference FILE  plain text: FILE has an answer for each line of predictions. Give it again for further answers
  --hypothesis-field NAME
                    the field of the prediction; pred if left out
  --references-field NAME
                    the field of the answer, or of a list of answers; answers if left out
  --format FORMAT   text (the default), or json

Datasets
  narrativeqa, qasper, multifieldqa_en, multifieldqa_zh, hotpotqa, 2wikimqa, musique, dureader, gov_report, qmsum,
  multi_news, vcsum, trec, triviaqa, samsum, lsht, passage_retrieval_en, passage_count, passage_retrieval_zh, lcc,
  repobench-p

Example
  lemmata-metrics longbench pred/my-model/*.jsonl
`,
  async run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        dataset: { type: "string" },
        reference: { type: "string", multiple: true, default: [] },
        "hypothesis-field": { type: "string", default: "pred" },
        "references-field": { type: "string", default: "answers" },
        format: { type: "string", default: "text" },
      },
    });
    const format = formatOf(values.format);
    const files = positionals.length === 0 ? ["-"] : positionals;
    if (values.reference.length > 0 && files.length > 1)
      throw new UsageError(`with --reference one file is wanted, got ${files.length}`);
    const named = files.map((file) => ({ file, dataset: datasetOf(values.dataset, file) }));
    const scores: ({ dataset: LongbenchDataset } & LongbenchResult)[] = [];
    for (const { file, dataset } of named) {
      const totals = new LongbenchTotals(dataset);
      for await (const segment of segmentsOf({
        file,
        references: values.reference,
        hypothesisField: values["hypothesis-field"],
        referencesField: values["references-field"],
      })) {
        const example = exampleOf(segment);
        at(segment.place, () => totals.add(example));
      }
      const result = at(file === "-" ? "standard input" : file, () => totals.finish());
      scores.push({ dataset, ...result });
    }
    await print(format, scores, () =>
      table([
        ["dataset", "score", "examples", ...lengthBuckets],
        ...scores.map(({ dataset, score, examples, byLength }) => [
          dataset,
          score.toFixed(2),
          String(examples),
          ...lengthBuckets.map((bucket) => byLength[bucket]?.toFixed(2) ?? "–"),
        ]),
      ]),
    );
  },
};

/** The dataset that is named, or that a file is called after. */
function datasetOf(named: string | undefined, file: string): LongbenchDataset {
  const name = named ?? basename(file).replace(/\.jsonl?$/, "");
  if (Object.hasOwn(longbenchDatasets, name)) return name as LongbenchDataset;
  const known = Object.keys(longbenchDatasets).join(", ");
  throw new UsageError(
    named === undefined
      ? `${file === "-" ? "standard input" : file} is not called after a dataset: --dataset NAME is needed, one of ${known}`
      : `LongBench has no dataset "${named}"; there are ${known}`,
  );
}

function exampleOf({ hypothesis, references, fields, place }: Segment): LongbenchExample {
  const { all_classes: classes, length } = fields;
  if (!(typeof length === "number" || length === undefined || length === null))
    throw new DataError(`${place}: "length" is no number`);
  return {
    prediction: hypothesis,
    answers: references,
    ...(typeof length === "number" && { length }),
    // null, for datasets without classes
    ...(classes !== undefined && classes !== null && { classes: listOfTexts(classes, "all_classes", place) }),
  };
}
