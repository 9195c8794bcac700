import type { Model } from "@lemmata/lattice";
import { type LineSamplerOptions, lineSampler } from "./line-sampler.ts";
import { isIterator, type Lines, opened, readOnce } from "./lines.ts";
import { SamplingError } from "./sampling-error.ts";

/** Options of {@link augment}. */
export interface AugmentOptions extends LineSamplerOptions {
  /** How many epochs there are, each through all lines; 1 if left out. */
  readonly epochs?: number;
  /** Of every `of` lines, only that whose number leaves the remainder `shard`; 0 and 1, all lines, if left out. */
  readonly shard?: number;
  readonly of?: number;
  /** The number of the first of the lines, where they are a part of a longer text; 0 if left out. */
  readonly firstLine?: number;
  /** Where to go on: what comes before this line of this epoch is passed over. The beginning if left out. */
  readonly from?: { readonly epoch: number; readonly line: number };
  /** Ends the work before the next line, with the signal's reason as the error. */
  readonly signal?: AbortSignal;
  /** Told after each line how many are behind, over all epochs; and of how many, if `lines` is an array. */
  readonly onProgress?: (done: number, total: number | undefined) => void;
}

/** What is drawn of a line in an epoch. */
export interface AugmentedLine {
  readonly epoch: number;
  /** The line's number in the whole text, from 0. */
  readonly line: number;
  readonly ids: Int32Array;
}

/**
 * The lines of a text as ids to train on, segmented anew in each epoch: subword regularization. What a line gives
 * depends on the model, the options of the draw, the epoch and the line's number and text, and on nothing else: all
 * shards together give what one reader gives, and a run that goes on gives what it would have given.
 *
 * Lines come in their order, epoch after epoch. Each is read and drawn when it is asked for, none ahead.
 *
 * @param lines - What can be gone through in each epoch anew, as an array can; or a function that opens it, for what can
 * be read only once, as the lines of a file.
 * @throws {@link SamplingError} `argument`, also for lines that are more or fewer in a later epoch; and as
 * {@link lineSampler}. The reason of the signal, and what reading throws.
 * @remarks Holds one line. Now and then it gives way to other work in its thread, so that a signal can be given.
 */
export async function* augment(
  lines: Lines | (() => Lines),
  model: Model,
  options?: AugmentOptions,
): AsyncGenerator<AugmentedLine, void, undefined> {
  const sample = lineSampler(model, options);
  const { signal, onProgress } = options ?? {};
  const { epochs, shard, of, firstLine, from } = checkedPlan(options);
  if (epochs - from.epoch > 1 && isIterator(lines)) throw readOnce("");
  const length = Array.isArray(lines) ? lines.length : undefined;
  const total = length === undefined ? undefined : epochs * length;
  let done = Math.min(from.epoch, epochs) * (length ?? 0);
  let count: number | undefined;
  let rested = performance.now();
  for (let { epoch } = from; epoch < epochs; epoch++) {
    let line = firstLine;
    for await (const text of opened(lines)) {
      signal?.throwIfAborted();
      const isDue = line % of === shard && (epoch > from.epoch || line >= from.line);
      const ids = isDue ? sample(text, line, epoch) : undefined;
      onProgress?.(++done, total);
      if (ids !== undefined) yield { epoch, line, ids };
      line++;
      if (performance.now() - rested > PATIENCE) {
        await new Promise((resolve) => setTimeout(resolve));
        rested = performance.now();
      }
    }
    count ??= line - firstLine;
    if (line - firstLine !== count)
      throw readOnce(`epoch ${epoch} has ${line - firstLine} lines, and the one before it had ${count}: `);
  }
}

/** Milliseconds of work after which other work of the thread has its turn. */
const PATIENCE = 50;

/** Which lines of which epochs are drawn. */
function checkedPlan(options: AugmentOptions | undefined) {
  const { epochs = 1, shard = 0, of = 1, firstLine = 0, from = { epoch: 0, line: 0 } } = options ?? {};
  counted("epochs", epochs);
  counted("of", of, 1);
  counted("shard", shard, 0, of - 1);
  counted("firstLine", firstLine);
  counted("from.epoch", from?.epoch);
  counted("from.line", from?.line);
  return { epochs, shard, of, firstLine, from };
}

function counted(name: string, value: unknown, least = 0, most = Number.MAX_SAFE_INTEGER): void {
  if (!(Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most))
    throw new SamplingError(
      "argument",
      `${name} must be an integer from ${least} to ${most}, got ${typeof value === "number" ? value : typeof value}`,
    );
}
