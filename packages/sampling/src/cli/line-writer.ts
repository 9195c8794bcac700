import { idWriters, type LineWriter, type Place, type RowFormat } from "@lemmata/filter";
import { emit, type Encoding, latticeOf, type Model } from "@lemmata/lattice";
import { enableTokenizerJson } from "@lemmata/lattice/huggingface";
import { bpeDropout } from "../bpe-dropout.ts";
import { keyedRng } from "../keyed-rng.ts";
import { maxMatchDropout } from "../max-match-dropout.ts";
import { nbestSample } from "../nbest-sample.ts";
import type { RandomSource } from "../options.ts";
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
  /** The probability of dropout, for BPE and WordPiece, in place of alpha; undefined for none. */
  readonly dropout: number | undefined;
  /** The numbers of the first epoch and of the first line. */
  readonly epoch: number;
  readonly line: number;
}

/** Draws lines in this thread, to which the model may have been sent. */
export function lineWriter(job: Job): LineWriter {
  enableTokenizerJson();
  const { to, seed } = job;
  const randomAt = ({ pass, line }: Place): RandomSource => keyedRng(seed, job.epoch + pass, job.line + line);
  switch (to) {
    case "pieces":
      return (text, output, place) => {
        const { pieces } = drawLine(job, text, randomAt(place)).encoding;
        output.text(pieces.join(" "));
        output.lineEnd();
        return pieces.length;
      };
    case "jsonl":
      return (text, output, place) => {
        const { encoding, law } = drawLine(job, text, randomAt(place));
        const { ids, pieces, offsets } = encoding;
        const known = law && { score: law.score, logProbability: law.logProbability };
        output.text(JSON.stringify({ ids: [...ids], pieces, offsets: [...offsets], ...known }));
        output.lineEnd();
        return ids.length;
      };
    default: {
      const write = idWriters[to];
      return (text, output, place) => {
        const ids = drawLineIds(job, text, randomAt(place));
        write(ids, output);
        return ids.length;
      };
    }
  }
}

/** The ids of a drawn line. */
export function drawLineIds(job: Job, text: string, rng: RandomSource): Int32Array {
  const { model, alpha, nbest, dropout } = job;
  if (nbest === undefined && dropout === undefined) return sampleEncode(model, text, { alpha, rng });
  return drawLine(job, text, rng).encoding.ids;
}

/** A drawn line, and where it is known the probability with which it is drawn. */
interface DrawnLine {
  readonly encoding: Encoding;
  readonly law?: { readonly score: number; readonly logProbability: number };
}

function drawLine({ model, alpha, nbest, dropout }: Job, text: string, rng: RandomSource): DrawnLine {
  if (dropout !== undefined) {
    const drop = model.kind === "wordpiece" ? maxMatchDropout : bpeDropout;
    return { encoding: drop(model, text, { dropout, rng }) };
  }
  const lattice = latticeOf(model, text);
  const path =
    nbest === undefined
      ? perfectSampler(lattice, { alpha, rng }).sample()
      : nbestSample(lattice, nbest, { alpha, rng });
  return { encoding: emit(model, path), law: path };
}
