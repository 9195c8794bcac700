import { parseArgs } from "node:util";
import { at, type Command, listing } from "@lemmata/filter";
import { RougeMeans } from "../../text/rouge.ts";
import { defaultRougeTypes, type RougeType } from "../../text/rouge-scorer.ts";
import { fromOptions } from "../from-options.ts";
import { formatOf, print, table } from "../output.ts";
import { fileOf, segmentHelp, segmentOptions, segmentsOf } from "../segments.ts";

export const rougeCommand: Command = {
  name: "rouge",
  summary: "ROUGE, the mean over texts, as Google's rouge_score gives it",
  help: `Usage: lemmata-metrics rouge [options] [FILE]

ROUGE of each text as Google's rouge_score 0.1.2 gives it, the best over its references, and the mean over all texts.
FILE has the texts to be scored, in UTF-8, a line each; without it, or as -, they come from standard input. Texts of
several lines, which rougeLsum compares line by line, can only come as JSON.

Options
${segmentHelp}
  --types LIST      rouge1 … rouge9, rougeL, rougeLsum, with commas between; rouge1,rouge2,rougeL,rougeLsum if left out
  --stemmer         compares words by their stems (Porter's, as NLTK has it)
  --format FORMAT   text (the default), or json

Example
  lemmata-metrics rouge --types rouge1,rougeLsum --stemmer --hypothesis-field summary articles.jsonl
`,
  async run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        ...segmentOptions,
        types: { type: "string", default: defaultRougeTypes.join(",") },
        stemmer: { type: "boolean", default: false },
        format: { type: "string", default: "text" },
      },
    });
    const format = formatOf(values.format);
    const file = fileOf(positionals);
    const { stemmer, reference: references } = values;
    const types = values.types.split(",") as RougeType[];
    const means = fromOptions(() => new RougeMeans({ types, stemmer }));
    let segments = 0;
    for await (const { hypothesis, references: wanted, place } of segmentsOf({
      file,
      references,
      hypothesisField: values["hypothesis-field"],
      referencesField: values["references-field"],
    })) {
      at(place, () => means.add(hypothesis, wanted));
      segments++;
    }
    const scores = at(file ?? "standard input", () => means.finish());
    await print(format, { segments, stemmer, scores }, () => {
      const rows = Object.entries(scores).map(([type, { precision, recall, fmeasure }]) => [
        type,
        ...[precision, recall, fmeasure].map((share) => share.toFixed(4)),
      ]);
      const head = ["", "precision", "recall", "F"];
      return `${table([head, ...rows])}\n${listing([
        ["segments", String(segments)],
        ["stemmer", stemmer ? "yes" : "no"],
      ])}`;
    });
  },
};
