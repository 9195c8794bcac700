// Micro-benchmarks of this package alone: `pnpm --filter @lemmata/fourier-density bench`.
import { bench, do_not_optimize, run } from "mitata";
import { decode, encode } from "../src/coding.ts";
import { FourierDensity, type Line } from "../src/index.ts";

const terms = 32;
const angles = Array.from({ length: terms + 1 }, (_, k) => k);
// three peaks of different width
const amplitude = {
  re: angles.map(
    (k) => Math.exp(-(k * k) / 500) * (1 + Math.cos(0.9 * k)) + Math.exp(-(k * k) / 60) * Math.cos(2.4 * k),
  ),
  im: angles.map(
    (k) => Math.exp(-(k * k) / 500) * Math.sin(0.9 * k) + Math.exp(-(k * k) / 60) * Math.sin(2.4 * k),
  ),
};
const densityOf = (map: Line["map"]): FourierDensity =>
  new FourierDensity({ kind: "line", map, location: 0, scale: 1 }, amplitude);

for (const map of ["tanh", "erf", "atan"] as const) {
  const density = densityOf(map);
  const x = density.sample(200_000);
  const u = x.map(() => Math.random());
  const out = new Float64Array(x.length);
  bench(`logPdf of 200,000 points, ${map}`, () => do_not_optimize(density.logPdf(x, out)));
  bench(`cdf of 200,000 points, ${map}`, () => do_not_optimize(density.cdf(x, out)));
  bench(`quantile of 200,000 points, ${map}`, () => do_not_optimize(density.quantile(u, out)));
  bench(`1,000,000 samples, ${map}`, () => do_not_optimize(density.sample(1_000_000)));
}

const density = densityOf("tanh");
const other = new FourierDensity(density.support, { re: [1, 0.3], im: [0, 0.2] });
bench("tables of a density", () => do_not_optimize(densityOf("tanh").quantile(0.5)));
bench("pdf of one point", () => do_not_optimize(density.pdf(0.3)));
bench("binProbability", () => do_not_optimize(density.binProbability(-0.5, 0.3)));
bench("modes", () => do_not_optimize(density.modes()));
bench("moments", () => do_not_optimize(density.moments()));
bench("entropy", () => do_not_optimize(density.entropy()));
bench("klDivergence", () => do_not_optimize(density.klDivergence(other)));
bench("wasserstein", () => do_not_optimize(density.wasserstein(other)));

const grey = new FourierDensity({ kind: "line", map: "logit", location: 128, scale: 12 }, amplitude);
const symbols = Uint8Array.from(grey.sample(1_000_000), (x) => Math.min(255, Math.max(0, Math.round(x))));
const coded = encode(symbols, grey, { step: 1 });
bench("encode 1,000,000 symbols of 8 bits", () => do_not_optimize(encode(symbols, grey, { step: 1 })));
bench("decode them", () => do_not_optimize(decode(coded)));

await run();
