import { excessLoss } from "@lemmata/comparators";
import { autocorrelation, fit, type Mode, type Support } from "@lemmata/fourier-density";
import { gridOf, type Place, supportOf, type View } from "./density-view.ts";
import { LAWS } from "./laws.ts";

/** A density to be fitted, as a page asks its worker for it. */
export interface FitQuestion {
  readonly samples: Float64Array;
  readonly place: Place;
  readonly terms: number | "auto";
  readonly smoothness: number;
  readonly view: View;
  /** The name of the law that all samples come from, if that is known. */
  readonly law: string | undefined;
}

/** What a page shows of a fit. */
export interface FitAnswer {
  /** p at each place of the view's grid. */
  readonly curve: Float64Array;
  /** Those higher than a hundredth of the highest: the others are ripples where there are no samples. */
  readonly modes: readonly Mode[];
  readonly allModes: number;
  /** |rₙ| for n = 1 … terms. */
  readonly coefficients: Float64Array;
  readonly support: Support;
  readonly method: "likelihood" | "jackson";
  readonly terms: number;
  readonly parameters: number;
  readonly gap: number;
  /** In nats a sample. */
  readonly logLikelihood: number;
  /** In nats a sample beyond the law's entropy. */
  readonly excess: number | undefined;
  readonly atoms: { readonly values: Float64Array; readonly masses: Float64Array };
  readonly milliseconds: number;
}

/** A mode is shown from this share of the highest on. */
const SHOWN = 0.01;

/** @throws `DensityError` as `fit` does. */
export function fitAnswer({ samples, place, terms, smoothness, view, law }: FitQuestion): FitAnswer {
  const before = performance.now();
  const density = fit(samples, { support: supportOf(place), terms, smoothness });
  const milliseconds = performance.now() - before;
  const { report, atoms, support } = density;
  const modes = density.modes();
  const highest = Math.max(...modes.map((mode) => mode.density).filter(Number.isFinite));
  const { re, im } = autocorrelation(density.amplitude);
  const target = LAWS.find(({ name }) => name === law);
  return {
    curve: density.pdf(gridOf(view)),
    modes: modes.filter((mode) => mode.density >= SHOWN * highest),
    allModes: modes.length,
    coefficients: re.map((real, n) => Math.hypot(real, im[n]!)).slice(1),
    support,
    method: report.method,
    terms: report.terms,
    parameters: report.parameters!,
    gap: report.gap!,
    logLikelihood: report.logLikelihood! / samples.length,
    excess: target === undefined ? undefined : excessLoss(target, density),
    atoms,
    milliseconds,
  };
}
