import { parseArgs } from "node:util";
import { type Command, NewFile, numberOption, toStdout, UsageError } from "@lemmata/filter";
import { readModelFile } from "../model-file.ts";
import { asDot } from "../views/dot.ts";
import { asJson } from "../views/json.ts";
import { asSvg } from "../views/svg.ts";
import { asText } from "../views/text.ts";
import { type View, viewOf } from "../views/view.ts";

const formats: Readonly<Record<string, (view: View) => string>> = {
  text: asText,
  dot: asDot,
  svg: asSvg,
  json: asJson,
};

export const latticeCommand: Command = {
  name: "lattice",
  summary: "shows all segmentations of a text, and how probable each piece is",
  help: `Usage: lemmata-lattice lattice --model FILE --text TEXT [options]

Shows the lattice of all segmentations of a text, with the probability of each piece at each place.

Options
  --model FILE     the model: a SentencePiece .model, a tokenizer.json or a BytePiece file
  --text TEXT      the text to segment
  --alpha NUMBER   inverse temperature: 1, if left out, is the model's own law; 0 uniform
  --format FORMAT  text  tables (the default)
                   dot   a graph for Graphviz
                   svg   a picture: arcs over the characters, the wider the more probable
                   json  everything
  --nbest N        how many of the best segmentations to list, as text and in JSON; 5 if left out
  --output FILE    writes to a file rather than to standard output

Example
  lemmata-lattice lattice --model en.model --text understanding --format svg --output lattice.svg
`,
  async run(args) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        model: { type: "string" },
        text: { type: "string" },
        alpha: { type: "string", default: "1" },
        format: { type: "string", default: "text" },
        nbest: { type: "string", default: "5" },
        output: { type: "string" },
      },
    });
    if (values.text === undefined) throw new UsageError("--text TEXT is needed");
    const show = Object.hasOwn(formats, values.format) ? formats[values.format] : undefined;
    if (show === undefined)
      throw new UsageError(`no format "${values.format}"; there are ${Object.keys(formats).join(", ")}`);
    const alpha = numberOption("alpha", values.alpha);
    if (!/^\d{1,9}$/.test(values.nbest))
      throw new UsageError(`--nbest must be a non-negative integer, got "${values.nbest}"`);
    const { model } = await readModelFile(values.model);
    const shown = show(viewOf(model, values.text, alpha, Number(values.nbest)));
    if (values.output === undefined) return await toStdout(shown);
    const file = await NewFile.create(values.output);
    await file.append(new TextEncoder().encode(shown));
    return await file.finish();
  },
};
