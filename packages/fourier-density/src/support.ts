/**
 * Where a density lives, and the reference law relative to which it is a trigonometric polynomial.
 *
 * With R the reference law's distribution function and r its density, p(x) = r(x) · q(R(x)), where q is a density on
 * [0, 1]: |Σₖ aₖ e^{−ikθ}|² at an angle θ of R(x), with Σ |aₖ|² = 1.
 *
 * - `circle`: R is uniform on one period [lower, upper), θ = 2πR, and both ends are one point;
 * - `interval`: R is uniform on [lower, upper], or the arcsine law for densities that blow up at the ends. θ = πR and
 *   the amplitude is real, so that q is an even (cosine) series and ends which differ do no harm;
 * - `line`: R is the logistic law (`tanh`: R = (1 + tanh z) / 2; `logit`: R = 1 / (1 + e^{−z})), the normal law
 *   (`erf`: R = (1 + erf z) / 2) or the Cauchy law (`atan`: R = ½ + atan(z) / π) of z = (x − location) / scale, and
 *   θ = 2πR.
 */
export type Support = Circle | Interval | Line;

export interface Circle {
  readonly kind: "circle";
  readonly lower: number;
  readonly upper: number;
}

export interface Interval {
  readonly kind: "interval";
  readonly lower: number;
  readonly upper: number;
  readonly map: "linear" | "arcsine";
}

export interface Line {
  readonly kind: "line";
  readonly map: "tanh" | "erf" | "atan" | "logit";
  readonly location: number;
  readonly scale: number;
}
