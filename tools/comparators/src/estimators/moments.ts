/**
 * Total weight, mean and standard deviation.
 *
 * @throws RangeError for values from which no density can be estimated.
 */
export function momentsOf(
  values: ArrayLike<number>,
  weights: ArrayLike<number>,
): { total: number; mean: number; deviation: number } {
  let [total, sum, squares] = [0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    total += weights[i]!;
    sum += weights[i]! * values[i]!;
  }
  const mean = sum / total;
  for (let i = 0; i < values.length; i++) squares += weights[i]! * (values[i]! - mean) ** 2;
  const deviation = Math.sqrt(squares / total);
  if (!(deviation > 0 && deviation < Infinity)) throw unfit();
  return { total, mean, deviation };
}

/** Why there is no estimate. */
export function unfit(): RangeError {
  return new RangeError("an estimate needs finite samples that are not all equal");
}
