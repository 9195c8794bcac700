import { DensityError } from "../density-error.ts";
import { fit } from "../fit.ts";
import { prepare } from "../prepare.ts";
import { checkNumbers } from "../samples.ts";
import type { Support } from "../support.ts";
import { Adam } from "./adam.ts";
import { Batch, type ConditionalModel } from "./batch.ts";
import { shuffle, take } from "./chosen-rows.ts";
import { ConditionalDensity } from "./conditional-density.ts";
import { checkedOptions, type FitConditionalOptions } from "./fit-options.ts";
import { Head } from "./head.ts";
import { weightCount } from "./network.ts";
import { Standardizer } from "./standardizer.ts";

/**
 * The density of a target given features: coefficients, and on the line location and scale, that are a linear function
 * of the features or one with a hidden layer of tanh, by maximum likelihood.
 *
 * It begins as the density without features, `fit(targets)`, and goes down the gradient of `fourierLoss` by Adam, on
 * batches of 64 rows. Where three rounds bring the rows held out nothing, it returns to the best state and halves its
 * steps; six halvings end it. So it is never worse than the density without features on those rows.
 *
 * @param features - Rows × features, row-major; they need no scaling.
 * @param targets - One a row.
 * @throws {@link DensityError} `argument`; `empty`; `length`; `value`; `support` (`at`: the row) for a target outside the
 * interval; `degenerate` for fewer rows than coefficients, and for targets at the end of an arcsine law, where its density
 * is infinite. The reason of the signal.
 * @remarks A round takes O(rows · hidden · (features + terms)), some 40 ms for 10,000 rows and the defaults. Given the
 * rows and `rng`, the result is the same, but for what engines round differently. It gives way to other work of its
 * thread now and then.
 */
export async function fitConditional(
  features: ArrayLike<number>,
  targets: ArrayLike<number>,
  options: FitConditionalOptions = {},
): Promise<ConditionalDensity> {
  const { terms, hidden, heldOut, rounds, rng, signal, onProgress } = checkedOptions(options);
  checkNumbers(targets, "targets");
  const rows = targets.length;
  if (rows === 0) throw new DensityError("empty", "there are no targets");
  checkNumbers(features, "features");
  const length = features.length / rows;
  if (length < 1 || !Number.isInteger(length))
    throw new DensityError("length", `${features.length} features are no whole rows for ${rows} targets`);

  const order = shuffle(
    Uint32Array.from({ length: rows }, (_, row) => row),
    rng,
  );
  const judges = order.subarray(0, Math.min(Math.max(Math.round(heldOut * rows), 1), rows - 1));
  const learners = order.subarray(judges.length);
  const { support } = prepare(targets, { support: options.support, atoms: "none" }, terms);
  checkEnds(targets, support);
  const { amplitude } = fit(take(targets, 1, learners), { support, terms, atoms: "none" });
  const head = new Head(support, terms);
  if (learners.length < head.outputs)
    throw new DensityError("degenerate", `${learners.length} rows do not bear ${head.outputs} coefficients`);

  const size = weightCount({ inputs: length, hidden, outputs: head.outputs });
  if (size > MOST_WEIGHTS)
    throw new DensityError("argument", `a network of ${size} weights is too large: at most ${MOST_WEIGHTS}`);
  const weights = new Float64Array(size);
  const model = {
    support,
    terms,
    hidden,
    standardizer: Standardizer.of(features, length, learners),
    weights,
  };
  const batch = new Batch(model, BATCH);
  batch.network.initialize(head.outputsOf(amplitude), rng);
  const judged = { features: take(features, length, judges), targets: take(targets, 1, judges) };
  const marginal = meanLoss(model, judged);

  let best = { loss: marginal, weights: weights.slice() };
  const gradient = new Float64Array(weights.length);
  const adam = new Adam(weights);
  let [rate, idle, rested] = [FIRST_RATE, 0, performance.now()];
  const steps = Math.ceil(learners.length / BATCH);
  for (let round = 0; round < rounds && rate > LAST_RATE; round++) {
    for (let step = 0; step < Math.max(steps, ROUND); step++) {
      if (step % steps === 0) shuffle(learners, rng);
      const from = (step % steps) * BATCH;
      const loss = batch.losses(features, targets, learners.subarray(from, from + BATCH), FLOOR);
      batch.addGradient(loss, gradient);
      adam.step(gradient, rate);
      if (performance.now() - rested < PATIENCE) continue;
      await new Promise((resolve) => setTimeout(resolve));
      signal?.throwIfAborted();
      rested = performance.now();
    }
    const loss = meanLoss({ ...model, weights: adam.average }, judged);
    if (loss < best.loss) {
      best = { loss, weights: adam.average.slice() };
      idle = 0;
    } else if (++idle === IDLE) {
      adam.restart(best.weights);
      rate /= 2;
      idle = 0;
    }
    onProgress?.(round + 1, rounds);
    signal?.throwIfAborted();
  }
  return new ConditionalDensity({ ...model, weights: best.weights }, { conditional: best.loss, marginal });
}

const MOST_WEIGHTS = 1 << 24;
const BATCH = 64;
/** The steps of Adam, from the first to what ends the work. */
const FIRST_RATE = 0.01;
const LAST_RATE = FIRST_RATE / 2 ** 6;
/** Steps in a round, at the least: with few rows, one epoch is too short to tell anything by. */
const ROUND = 100;
/** Rounds that bring nothing before steps are halved. */
const IDLE = 3;
/** The floor of the loss in training: a row near a zero has a gradient of some hundred times the usual one at most. */
const FLOOR = 1e-4;
/** Milliseconds of work after which other work of the thread has its turn. */
const PATIENCE = 50;

function meanLoss(
  model: ConditionalModel,
  { features, targets }: Record<"features" | "targets", Float64Array>,
): number {
  const losses = new ConditionalDensity(model, { conditional: 0, marginal: 0 }).logPdf(features, targets);
  return -losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}

/** @throws {@link DensityError} `degenerate` for a target at an end of an arcsine law: infinite density. */
function checkEnds(targets: ArrayLike<number>, support: Support): void {
  if (support.kind !== "interval" || support.map !== "arcsine") return;
  for (let i = 0; i < targets.length; i++)
    if (targets[i] === support.lower || targets[i] === support.upper)
      throw new DensityError(
        "degenerate",
        `targets[${i}] is at an end of the arcsine law, where its density is infinite: give the interval more room`,
        i,
      );
}
