/**
 * The nearest multiple of 10^−digits, of two that are as near the even one: Python's `round`. For 0 ≤ value < 10⁹ and up to
 * two digits.
 */
export function roundHalfEven(value: number, digits: 0 | 2 = 0): number {
  const scale = 10 ** digits;
  // Only multiples of 2^−(digits + 1) can lie half way; for them the product is exact.
  const scaled = value * scale;
  const halfWay = Number.isInteger(value * 2 ** (digits + 1)) && scaled % 1 === 0.5;
  if (halfWay) return (2 * Math.round(scaled / 2)) / scale;
  return Number(value.toFixed(digits));
}
