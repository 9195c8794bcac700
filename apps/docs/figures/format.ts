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
  return scientific(Number(digits.slice(0, 4)) / 1000, digits.length - 1);
}

/** A number from 1 to 10 and a power of ten. */
function scientific(leading: number, exponent: number): string {
  const digits = leading.toFixed(1);
  if (digits === "10.0") return scientific(1, exponent + 1);
  const raised = String(Math.abs(exponent)).replaceAll(/\d/g, (digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)]!);
  return `${digits} × 10${exponent < 0 ? "⁻" : ""}${raised}`;
}

/** "1 segmentation", "570 segmentations". */
export function segmentations(count: bigint): string {
  return `${counted(count)} segmentation${count === 1n ? "" : "s"}`;
}

/** A probability by its log: "2.3%", and where that would say nothing, "4.1 × 10⁻⁹". */
export function chance(logProbability: number): string {
  if (logProbability === -Infinity) return "0";
  const share = Math.exp(logProbability);
  if (share >= 0.001) return percent(Math.min(1, share));
  const power = logProbability / Math.LN10;
  return scientific(10 ** (power - Math.floor(power)), Math.floor(power));
}

/** A number of any size by its leading digits and a power of ten: "1.8 × 10⁻⁵"; "0" for what is not positive. */
export function magnitude(value: number): string {
  if (!(value > 0)) return "0";
  const exponent = Math.floor(Math.log10(value));
  return scientific(value / 10 ** exponent, exponent);
}

/** A score, with the minus of print: "−41.02". */
export function signed(value: number, places: number): string {
  return value.toFixed(places).replace("-", "−");
}

/** The size of a file: "0.3 MB", "12 kB". */
export function size(bytes: number): string {
  return bytes >= 1e5 ? `${(bytes / 1e6).toFixed(1)} MB` : `${Math.ceil(bytes / 1e3)} kB`;
}
