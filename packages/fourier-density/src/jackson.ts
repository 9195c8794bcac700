import { checkedParts } from "./checked-amplitude.ts";
import type { Series } from "./series.ts";

/**
 * A series weighted by Jackson's kernel, Jₙ = ((M − n) cos(πn/M) + sin(πn/M) cot(π/M)) / M with M = terms + 2.
 *
 * @throws {@link DensityError} `argument`, `length`, `value` for what is no series.
 * @remarks The kernel is a density itself, the narrowest of its degree in the mean of 1 − cos θ (Jackson, 1912), so that
 * the coefficients of any data give a series that is nowhere negative: a kernel density estimate in closed form.
 */
export function jackson(series: Series): Series {
  const { re, im } = checkedParts(series, "a series");
  const order = re.length + 1;
  const weight = (n: number) => {
    const angle = (Math.PI * n) / order;
    return ((order - n) * Math.cos(angle) + Math.sin(angle) / Math.tan(Math.PI / order)) / order;
  };
  return { re: re.map((r, n) => r * weight(n)), im: im.map((r, n) => r * weight(n)) };
}
