const EPSILON = 1e-16;

/**
 * chrF = (1 + β²) P R / (β² P + R) in percent, P and R the means of precision and recall over the orders that both texts are
 * long enough to have (Popović, 2015); with `epsSmoothing`, the mean over all orders of each one's F.
 *
 * @param counts n-grams of the hypothesis, of the reference, and matches, for each order.
 */
export function chrfScore(counts: Float64Array, beta: number, epsSmoothing: boolean): number {
  const factor = beta ** 2;
  const orders = counts.length / 3;
  let sumOfF = 0;
  let effective = 0;
  let precisions = 0;
  let recalls = 0;
  for (let i = 0; i < counts.length; i += 3) {
    const [ours, theirs, matches] = [counts[i]!, counts[i + 1]!, counts[i + 2]!];
    const precision = ours > 0 ? matches / ours : EPSILON;
    const recall = theirs > 0 ? matches / theirs : EPSILON;
    const weighted = factor * precision + recall;
    sumOfF += weighted > 0 ? ((1 + factor) * precision * recall) / weighted : EPSILON;
    if (ours > 0 && theirs > 0) {
      precisions += precision;
      recalls += recall;
      effective++;
    }
  }
  if (epsSmoothing) return (100 * sumOfF) / orders;
  if (precisions + recalls === 0) return 0;
  const precision = precisions / effective;
  const recall = recalls / effective;
  return (100 * ((1 + factor) * precision * recall)) / (factor * precision + recall);
}
