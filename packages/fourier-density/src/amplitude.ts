/**
 * The amplitude of a density: q(θ) = |Σₖ aₖ e^{−ikθ}|² for k = 0 … terms, with Σ |aₖ|² = 1, so that q is a density
 * relative to the uniform law of the angle. Every non-negative trigonometric polynomial has one (Fejér and Riesz), so
 * nothing is lost (arXiv 2402.15345; 科学空间, article 10007).
 *
 * @remarks `im` is all zero on an interval, where q is even. Multiplying a by e^{iφ} changes nothing.
 */
export interface Amplitude {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** The highest degree of a series that is fitted. */
export const MOST_TERMS = 4096;
