/** 0.2195 → "22.0%". */
export function percent(share: number): string {
  return `${(100 * share).toFixed(1)}%`;
}

/** A number in [0, 1] to three places, without the zero that says nothing: 0.0468 → ".047". */
export function decimal(value: number): string {
  return value.toFixed(3).replace(/^0/, "");
}

/** 20000 → "20,000". */
export function grouped(count: number | bigint): string {
  return count.toLocaleString("en");
}

/** A count in all its digits up to 21, and beyond as its leading digits and a power: "3.2 × 10⁸⁶⁴". */
export function counted(count: bigint): string {
  const digits = count.toString();
  if (digits.length <= 21) return grouped(count);
  const leading = (Number(digits.slice(0, 4)) / 1000).toFixed(1);
  return leading === "10.0"
    ? `1.0 × ${powerOfTen(digits.length)}`
    : `${leading} × ${powerOfTen(digits.length - 1)}`;
}

function powerOfTen(exponent: number): string {
  return `10${String(exponent).replaceAll(/\d/g, (digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)]!)}`;
}

/** "1 segmentation", "570 segmentations". */
export function segmentations(count: bigint): string {
  return `${counted(count)} segmentation${count === 1n ? "" : "s"}`;
}
