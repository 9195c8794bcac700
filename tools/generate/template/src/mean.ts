/**
 * The arithmetic mean of numbers.
 *
 * @remarks Computes (1/n) Σᵢ xᵢ. NaN for no numbers, and if one of them is NaN.
 * @example
 * mean([1, 2, 6]); // 3
 */
export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}
