import { parseArgs } from "node:util";
import { type Command, numberOption } from "@lemmata/filter";
import type { BleuSmoothing } from "../../text/bleu-score.ts";
import type { BleuTokenizer } from "../../text/bleu-tokenizers.ts";
import { BleuCounts } from "../../text/bleu.ts";
import { corpusOptions, resamplingHelp, scoreCorpus } from "../corpus.ts";
import { fromOptions } from "../from-options.ts";
import { segmentHelp } from "../segments.ts";

export const bleuCommand: Command = {
  name: "bleu",
  summary: "BLEU of a corpus, as sacrebleu gives it",
  help: `Usage: lemmata-metrics bleu [options] [FILE]

BLEU of a corpus, as sacrebleu 2.6.0 gives it, with its signature. FILE has the texts to be scored, in UTF-8, a line
each; without it, or as -, they come from standard input.

Options
${segmentHelp}
  --tokenize NAME   how lines are cut into words: 13a (the default), intl, zh, char or none
  --lowercase       ignores case
  --smooth NAME     what becomes of precisions of 0: exp (the default), floor, add-k or none
  --smooth-value X  for floor (0.1 if left out) and add-k (1)
  --effective-order leaves out n-grams that the texts are too short for
  --max-order N     the longest n-grams, in words; 4 if left out
${resamplingHelp}
  --format FORMAT   text (the default), or json

Example
  lemmata-metrics bleu --reference references.txt --confidence hypotheses.txt
`,
  async run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        ...corpusOptions,
        tokenize: { type: "string", default: "13a" },
        lowercase: { type: "boolean", default: false },
        smooth: { type: "string", default: "exp" },
        "smooth-value": { type: "string" },
        "effective-order": { type: "boolean", default: false },
        "max-order": { type: "string", default: "4" },
      },
    });
    const smoothValue = values["smooth-value"];
    const counts = fromOptions(
      () =>
        new BleuCounts({
          tokenize: values.tokenize as BleuTokenizer,
          lowercase: values.lowercase,
          smooth: values.smooth as BleuSmoothing,
          ...(smoothValue === undefined ? {} : { smoothValue: numberOption("smooth-value", smoothValue) }),
          effectiveOrder: values["effective-order"],
          maxOrder: numberOption("max-order", values["max-order"]),
        }),
    );
    await scoreCorpus(
      {
        counts,
        nameOf: () => "BLEU",
        details: ({ precisions, brevityPenalty, hypothesisLength, referenceLength }) => [
          ["precisions", precisions.map((precision) => precision.toFixed(1)).join(" / ")],
          ["brevity penalty", brevityPenalty.toFixed(4)],
          ["words", `${hypothesisLength}, in references ${referenceLength}`],
        ],
      },
      values,
      positionals,
    );
  },
};
