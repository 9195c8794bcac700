import type { Amplitude } from "./amplitude.ts";
import { AngleGrid } from "./angle-grid.ts";
import { checkedParts } from "./checked-amplitude.ts";
import { DensityError } from "./density-error.ts";
import { maximumLikelihood } from "./maximum-likelihood.ts";
import { minimumPhase } from "./minimum-phase.ts";
import type { Series } from "./series.ts";

/**
 * An amplitude whose square has a series: the inverse of {@link autocorrelation} (Fejér and Riesz).
 *
 * @param even - Whether the amplitude is to be real, as on an interval; the series must be.
 * @returns The one with |ψ|² = q to some 10⁻⁸; it is the density of least Kullback–Leibler divergence from q among those
 * of as many terms, found from the minimum-phase factor on.
 * @throws {@link DensityError} `argument`, `length`, `value` for what is no series; `argument` where the series is negative somewhere.
 */
export function spectralFactor(series: Series, even = false): Amplitude {
  const { re, im } = checkedParts(series, "a series");
  const terms = re.length - 1;
  const grid = new AngleGrid(Math.max(256, 2 ** Math.ceil(Math.log2(32 * (terms + 1)))), terms, false);
  const q = grid.seriesValues({ re, im });
  const shares = new Float64Array(grid.nodes);
  for (let place = 0; place < q.length; place++) {
    if (!(q[place]! > -1e-9 * grid.nodes))
      throw new DensityError("argument", `the series is negative: it is ${q[place]} somewhere`);
    shares[grid.node(place)] = Math.max(q[place]!, 0) / grid.nodes;
  }
  // Where q is positive, its minimum-phase factor is the answer but for what the grid blurs.
  const top = q.reduce((most, value) => Math.max(most, value), 0);
  const start = minimumPhase(
    grid,
    q.map((value) => Math.max(value, 1e-12 * top)),
  );
  if (even) start.im.fill(0);
  return maximumLikelihood({ shares, even }, terms, 1e-17, start).amplitude;
}
