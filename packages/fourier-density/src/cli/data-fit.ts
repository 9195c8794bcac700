import { BinnedSamples } from "../binned-samples.ts";
import { fit, type FitOptions, type FittedDensity } from "../fit.ts";
import { binsFor } from "../prepare.ts";
import { selectTerms } from "../select-terms.ts";
import { mostTerms } from "../subsample.ts";
import type { Support } from "../support.ts";
import type { NumberBlock } from "./numbers/number-block.ts";
import { NumberList } from "./numbers/number-list.ts";
import { SparseSamples } from "./sparse-samples.ts";

type Blocks = AsyncIterable<NumberBlock>;

/** A fit to samples that are held in memory. */
export async function fitInMemory(blocks: Blocks, options: FitOptions): Promise<FittedDensity> {
  const samples = new NumberList();
  const shares = new NumberList();
  let weighted = false;
  for await (const { values, weights } of blocks) {
    samples.push(values);
    if (weights === undefined) continue;
    weighted = true;
    shares.push(weights);
  }
  return fit(samples.whole(), { ...options, ...(weighted ? { weights: shares.whole() } : {}) });
}

/**
 * A fit to samples that are binned as they come, on a support that is given. Like {@link fit} but for ties, which are
 * no atoms here; and the terms that rounded samples bear, which are few, are chosen by {@link selectTerms}.
 */
export async function fitAsTheyCome(
  blocks: Blocks,
  support: Support,
  options: Pick<FitOptions, "terms" | "smoothness" | "method">,
): Promise<FittedDensity> {
  const given = typeof options.terms === "number" ? options.terms : undefined;
  const binned = new BinnedSamples(support, binsFor(given));
  const sparse = new SparseSamples();
  for await (const { values, weights } of blocks) {
    binned.add(values, weights);
    sparse.add(values);
  }
  const most = given === undefined ? mostTerms(sparse.finish()) : Infinity;
  if (most === Infinity) return fit(binned, options);
  const candidates = Array.from({ length: Math.min(most, 64) + 1 }, (_, terms) => terms);
  return fit(binned, { ...options, terms: selectTerms(binned, { candidates }).terms });
}
