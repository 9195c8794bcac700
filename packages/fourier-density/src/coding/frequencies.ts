/**
 * Whole numbers that stand for probabilities, with a given sum: the largest scale S with Σ max(1, ⌊S pᵢ⌋) ≤ total, and
 * what then is left, one each to the largest of the fractions S pᵢ − ⌊S pᵢ⌋ (the first, of equal ones).
 *
 * @param probabilities - Non-negative, not all 0, at most `total` of them; their sum need not be 1.
 * @returns Each at least 1, in all `total`.
 * @remarks O(n log n). Rounding may differ by an engine's sums: what is built once has to be transmitted.
 */
export function integerFrequencies(probabilities: ArrayLike<number>, total: number): Uint32Array {
  const p = Float64Array.from(probabilities);
  const sum = p.reduce((a, b) => a + b, 0);
  const floors = (scale: number): Uint32Array =>
    Uint32Array.from(p, (x) => Math.max(1, Math.floor((scale * x) / sum)));
  const sumOf = (frequencies: Uint32Array): number => frequencies.reduce((a, b) => a + b, 0);
  let least = 0;
  let most = total;
  while (least < most) {
    const middle = Math.ceil((least + most) / 2);
    if (sumOf(floors(middle)) <= total) least = middle;
    else most = middle - 1;
  }
  const frequencies = floors(least);
  const fraction = p.map((x, i) => (least * x) / sum - frequencies[i]!);
  const order = Array.from(p.keys()).sort((a, b) => fraction[b]! - fraction[a]! || a - b);
  const left = total - sumOf(frequencies);
  for (let k = 0; k < left; k++) frequencies[order[k % order.length]!]! += 1;
  return frequencies;
}
