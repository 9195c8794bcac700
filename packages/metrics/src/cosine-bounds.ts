/** What of a block goes into the bounds: its local cosine and the ratio ‖yᵢ‖ / ‖xᵢ‖. */
export interface LocalCosine {
  readonly cosine: number;
  readonly ratio: number;
}

/** What one has to know to state a bound. */
export type BoundNeeds =
  | "local cosines"
  | "smallest local cosine"
  | "largest local cosine"
  | "range of ratios"
  | "ratios"
  | "shared shares"
  | "norms";

/** A bound on the global cosine that holds for all vectors of which the same is known. */
export interface CosineBound {
  /**
   * - `largest-local`: the article's theorem; no more than the largest local cosine, or 0 if that is negative;
   * - `smallest-local`: no less than the smallest local cosine if that is negative, else 0;
   * - `ratio-range`: c · 2√(mM) / (m + M), for local cosines ≥ c ≥ 0 and ratios in [m, M] (Cassels);
   * - `ratios`: the least that any norms of the blocks can give with these local cosines and ratios;
   * - `equal-ratios`: for `equalized` rather than `cosine`: no less than the smallest local cosine;
   * - `exact`: the global cosine itself.
   */
  readonly name: "largest-local" | "smallest-local" | "ratio-range" | "ratios" | "equal-ratios" | "exact";
  readonly kind: "upper" | "lower" | "equal";
  /** What is bounded. */
  readonly of: "cosine" | "equalized";
  readonly value: number;
  readonly needs: readonly BoundNeeds[];
}

/**
 * The certified bounds on a global cosine. Where blocks vanish on one side only, the global cosine is that of the other
 * blocks times `shared`, the geometric mean of the shares of ‖x‖² and ‖y‖² that those hold: that is what lower bounds
 * from ratios have to know as well.
 */
export function boundsOf(locals: readonly LocalCosine[], shared: number, cosine: number): CosineBound[] {
  const exact: CosineBound = {
    name: "exact",
    kind: "equal",
    of: "cosine",
    value: cosine,
    needs: ["local cosines", "norms"],
  };
  if (locals.length === 0) return [exact];
  const { smallest, largest, least, most } = extremes(locals);
  const bounds: CosineBound[] = [
    {
      name: "largest-local",
      kind: "upper",
      of: "cosine",
      value: Math.max(0, largest),
      needs: ["largest local cosine"],
    },
    {
      name: "smallest-local",
      kind: "lower",
      of: "cosine",
      value: Math.min(0, smallest),
      needs: ["smallest local cosine"],
    },
  ];
  if (smallest >= 0)
    bounds.push({
      name: "ratio-range",
      kind: "lower",
      of: "cosine",
      // 2√(mM) / (m + M), of the quotient alone, which neither overflows nor vanishes.
      value: (shared * smallest * 2) / (Math.sqrt(most / least) + Math.sqrt(least / most)),
      needs: ["smallest local cosine", "range of ratios", "shared shares"],
    });
  bounds.push(
    {
      name: "ratios",
      kind: "lower",
      of: "cosine",
      value: shared * leastCosine(locals),
      needs: ["local cosines", "ratios", "shared shares"],
    },
    {
      name: "equal-ratios",
      kind: "lower",
      of: "equalized",
      value: smallest,
      needs: ["smallest local cosine"],
    },
    exact,
  );
  return bounds;
}

function extremes(locals: readonly LocalCosine[]): {
  smallest: number;
  largest: number;
  least: number;
  most: number;
} {
  let [smallest, largest, least, most] = [Infinity, -Infinity, Infinity, 0];
  for (const { cosine, ratio } of locals) {
    smallest = Math.min(smallest, cosine);
    largest = Math.max(largest, cosine);
    least = Math.min(least, ratio);
    most = Math.max(most, ratio);
  }
  return { smallest, largest, least, most };
}

/**
 * The least cosine that blocks with these local cosines cᵢ and ratios rᵢ can have, whatever their norms: with shares pᵢ
 * of ‖x‖² it is Σ pᵢcᵢrᵢ / √(Σ pᵢrᵢ²). The points (Σ pᵢrᵢ², Σ pᵢcᵢrᵢ) fill a convex polygon; the least lies on an edge
 * of its lower side, so that two blocks suffice, and on an edge the derivative has one zero.
 *
 * @remarks O(k log k). The ratios are divided by one of those compared, so that none is squared out of range.
 */
export function leastCosine(locals: readonly LocalCosine[]): number {
  const lower: LocalCosine[] = [];
  for (const next of [...locals].sort((a, b) => a.ratio - b.ratio || a.cosine - b.cosine)) {
    if (lower.at(-1)?.ratio === next.ratio) continue;
    while (lower.length > 1 && !liesBelow(lower.at(-1)!, lower.at(-2)!, next)) lower.pop();
    lower.push(next);
  }
  return lower.reduce((least, { cosine, ratio }, i) => {
    const before = lower[i - 1];
    const here = before === undefined ? cosine : leastOfTwo(cosine, before.cosine, ratio / before.ratio);
    return Math.min(least, here);
  }, Infinity);
}

/** Whether the point of a block lies below the line between those of two others, of less and of larger ratio. */
function liesBelow(block: LocalCosine, less: LocalCosine, larger: LocalCosine): boolean {
  const r = block.ratio / larger.ratio;
  const s = less.ratio / larger.ratio;
  const rise = block.cosine * r - less.cosine * s;
  return rise * (1 - r) * (1 + r) < (larger.cosine - block.cosine * r) * (r - s) * (r + s);
}

/**
 * The least of (p c r + (1 − p) d) / √(p r² + 1 − p) over p in [0, 1]: two blocks whose ratios have the quotient r. Where
 * the derivative is zero, (1 − p) / p is r (c (1 + r²) − 2 d r) / (d (1 + r²) − 2 c r).
 */
function leastOfTwo(c: number, d: number, quotient: number): number {
  // The same, turned round, if r > 1: then r² ≤ 1 cannot overflow.
  const [a, b, r] = quotient > 1 ? [d, c, 1 / quotient] : [c, d, quotient];
  const ends = Math.min(a, b);
  const odds = (a * (1 + r * r) - 2 * b * r) / (b * (1 + r * r) - 2 * a * r);
  if (!(odds > 0 && odds < Infinity)) return ends;
  // The odds are r times that: for small r, 1 − p itself would have few digits.
  return Math.min(ends, ((a + odds * b) * Math.sqrt(r)) / Math.sqrt((1 + r * odds) * (r + odds)));
}
