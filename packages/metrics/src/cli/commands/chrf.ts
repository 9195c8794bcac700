import { parseArgs } from "node:util";
import { type Command, numberOption } from "@lemmata/filter";
import { ChrfCounts } from "../../text/chrf.ts";
import { corpusOptions, resamplingHelp, scoreCorpus } from "../corpus.ts";
import { fromOptions } from "../from-options.ts";
import { segmentHelp } from "../segments.ts";

export const chrfCommand: Command = {
  name: "chrf",
  summary: "chrF and chrF++ of a corpus, as sacrebleu gives them",
  help: `Usage: lemmata-metrics chrf [options] [FILE]

chrF of a corpus, as sacrebleu 2.6.0 gives it, with its signature. FILE has the texts to be scored, in UTF-8, a line
each; without it, or as -, they come from standard input.

Options
${segmentHelp}
  --char-order N    the longest n-grams of characters; 6 if left out
  --word-order N    the longest n-grams of words; 0, none, if left out; 2 is chrF++
  --beta N          how many times as important recall is as precision; 2 if left out
  --lowercase       ignores case
  --whitespace      takes white space for a character
  --eps-smoothing   does not leave out n-grams that a text is too short for, as chrF++.py, Moses and NLTK
${resamplingHelp}
  --format FORMAT   text (the default), or json

Example
  lemmata-metrics chrf --word-order 2 --reference references.txt hypotheses.txt
`,
  async run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        ...corpusOptions,
        "char-order": { type: "string", default: "6" },
        "word-order": { type: "string", default: "0" },
        beta: { type: "string", default: "2" },
        lowercase: { type: "boolean", default: false },
        whitespace: { type: "boolean", default: false },
        "eps-smoothing": { type: "boolean", default: false },
      },
    });
    const counts = fromOptions(
      () =>
        new ChrfCounts({
          charOrder: numberOption("char-order", values["char-order"]),
          wordOrder: numberOption("word-order", values["word-order"]),
          beta: numberOption("beta", values.beta),
          lowercase: values.lowercase,
          whitespace: values.whitespace,
          epsSmoothing: values["eps-smoothing"],
        }),
    );
    await scoreCorpus({ counts, nameOf: ({ name }) => name, details: () => [] }, values, positionals);
  },
};
