import { idWriters, type LineWriter, type Place, type RowFormat } from "@lemmata/filter";
import { emit, latticeOf, type Model } from "@lemmata/lattice";
import { enableTokenizerJson } from "@lemmata/lattice/huggingface";
import { keyedRng } from "../keyed-rng.ts";
import { nbestSample } from "../nbest-sample.ts";
import { perfectSampler } from "../perfect-sampler.ts";
import { sampleEncode } from "../sample-encode.ts";

/** What is drawn of a line, and how it is written. Survives `structuredClone`, for workers. */
export interface Job {
  readonly model: Model;
  readonly to: RowFormat;
  readonly alpha: number;
  readonly seed: number;
  /** Among how many of the best segmentations; all if undefined. */
  readonly nbest: number | undefined;
  /** The numbers of the first epoch and of the first line. */
  readonly epoch: number;
  readonly line: number;
}

/** Draws lines in this thread, to which the model may have been sent. */
export function lineWriter(job: Job): LineWriter {
  enableTokenizerJson();
  const { model, to, alpha, seed, nbest } = job;
  const optionsAt = ({ pass, line }: Place) => ({
    alpha,
    rng: keyedRng(seed, job.epoch + pass, job.line + line),
  });
  const drawPath = (text: string, place: Place) => {
    const lattice = latticeOf(model, text);
    const options = optionsAt(place);
    return nbest === undefined
      ? perfectSampler(lattice, options).sample()
      : nbestSample(lattice, nbest, options);
  };
  switch (to) {
    case "pieces":
      return (text, output, place) => {
        const { pieces } = emit(model, drawPath(text, place));
        output.text(pieces.join(" "));
        output.lineEnd();
        return pieces.length;
      };
    case "jsonl":
      return (text, output, place) => {
        const path = drawPath(text, place);
        const { ids, pieces, offsets } = emit(model, path);
        const { score, logProbability } = path;
        const row = { ids: [...ids], pieces, offsets: [...offsets], score, logProbability };
        output.text(JSON.stringify(row));
        output.lineEnd();
        return ids.length;
      };
    default: {
      const write = idWriters[to];
      return (text, output, place) => {
        const ids =
          nbest === undefined
            ? sampleEncode(model, text, optionsAt(place))
            : emit(model, drawPath(text, place)).ids;
        write(ids, output);
        return ids.length;
      };
    }
  }
}
