import { gaussian, inverseComplementaryError } from "./complementary-error.ts";
import type { Range } from "./range.ts";
import type { Support } from "./support.ts";

/**
 * The first two derivatives of log r by the angle, λ and λ′, at an angle and as ranges over [a, b].
 *
 * @remarks λ is monotone: it falls on the line, where r is log-concave in the angle, and rises under the arcsine law. λ′ is
 * even about the middle, and monotone on each side of it.
 */
export class ReferenceSlope {
  readonly #support: Support;
  readonly #middle: number;

  constructor(support: Support) {
    this.#support = support;
    this.#middle = support.kind === "interval" ? Math.PI / 2 : Math.PI;
  }

  at(angle: number): number {
    return this.#derivatives(angle)[0];
  }

  ranges(a: number, b: number): { readonly slope: Range; readonly curvature: Range } {
    const [slopeA, curvatureA] = this.#derivatives(a);
    const [slopeB, curvatureB] = this.#derivatives(b);
    const inner = [this.#middle, -this.#middle].filter((angle) => angle > a && angle < b);
    const curvatures = [curvatureA, curvatureB, ...inner.map((angle) => this.#derivatives(angle)[1])];
    return {
      slope: widened(Math.min(slopeA, slopeB), Math.max(slopeA, slopeB)),
      curvature: widened(Math.min(...curvatures), Math.max(...curvatures)),
    };
  }

  #derivatives(angle: number): readonly [slope: number, curvature: number] {
    const support = this.#support;
    if (support.kind === "circle" || (support.kind === "interval" && support.map === "linear")) return [0, 0];
    if (support.kind === "interval") return [-1 / Math.tan(angle), 1 / Math.sin(angle) ** 2];
    if (support.map === "atan") return [1 / Math.tan(angle / 2), -0.5 / Math.sin(angle / 2) ** 2];
    // distances from the lower and the upper end; r is a function of the nearer one
    const lower = angle > 0 ? angle : angle + 2 * Math.PI;
    const upper = angle > 0 ? 2 * Math.PI - angle : -angle;
    if (support.map !== "erf") return [1 / lower - 1 / upper, -1 / lower ** 2 - 1 / upper ** 2];
    const z = inverseComplementaryError(Math.min(lower, upper) / Math.PI);
    const rate = 1 / (2 * Math.sqrt(Math.PI) * gaussian(z)); // of z by the angle
    return [(lower < upper ? 2 : -2) * z * rate, -2 * rate ** 2 * (1 + 2 * z * z)];
  }
}

function widened(low: number, high: number): Range {
  return [low - 1e-12 * Math.abs(low), high + 1e-12 * Math.abs(high)];
}
