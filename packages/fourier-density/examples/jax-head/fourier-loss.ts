/**
 * `fourierLoss` for a network under jax-js: the last layer gives coefficients, and jax-js differentiates. A file to copy
 * beside one's network; it needs `@jax-js/jax` and nothing of this package but the type of a support.
 */
import { numpy as np, scipySpecial } from "@jax-js/jax";
import type { Support } from "@lemmata/fourier-density";

export interface JaxLossOptions {
  readonly support: Support;
  /** On the line: a location of its own for each row, in the place of the support's. */
  readonly locations?: np.Array;
  /** On the line: a scale of its own for each row, above 0. */
  readonly scales?: np.Array;
  /** The q below which −log q is continued by its tangent. Default: 10⁻⁴, for training. */
  readonly floor?: number;
}

/**
 * −log p(target) for each row, as `fourierLoss` has it. For jax-js, `grad`, `vmap` and `jit` go through it; like every
 * function there it consumes the arrays that it is given.
 *
 * @param coefficients - Rows × 2(N + 1): re a₀ … re a_N, im a₀ … im a_N; on an interval rows × (N + 1).
 * @param targets - One a row. Outside an interval the loss is infinite.
 */
export function fourierLoss(coefficients: np.Array, targets: np.Array, options: JaxLossOptions): np.Array {
  const { support, floor = 1e-4 } = options;
  const { angle, logDensity } =
    support.kind === "line"
      ? onLine(targets, support.map, options.locations ?? support.location, options.scales ?? support.scale)
      : onRange(targets, support);

  const width = coefficients.shape[1]!;
  const count = support.kind === "interval" ? width : width / 2;
  const phases = angle.reshape([-1, 1]).mul(np.arange(count).astype(coefficients.dtype).reshape([1, -1]));
  const [cos, sin] = [np.cos(phases.ref), np.sin(phases)];
  const a = coefficients.ref.slice([], [0, count]);
  // ψ = Σ (a + ib) (cos kθ − i sin kθ)
  let psiRe = a.ref.mul(cos.ref).sum(1);
  let psiIm = a.mul(sin.ref).sum(1).neg();
  if (count < width) {
    const b = coefficients.ref.slice([], [count, width]);
    psiRe = psiRe.add(b.ref.mul(sin).sum(1));
    psiIm = psiIm.add(b.mul(cos).sum(1));
  } else {
    cos.dispose();
    sin.dispose();
  }
  const q = np.square(psiRe).add(np.square(psiIm)).div(np.square(coefficients).sum(1));
  const low = q.ref.less(floor);
  const logQ = np.where(
    low.ref,
    q.ref.mul(1 / floor).add(Math.log(floor) - 1),
    np.log(np.where(low, floor, q)), // of what is chosen, so that no gradient is infinite times 0
  );
  return logQ.add(logDensity).neg();
}

/** Angle and log density of the reference law. */
interface Reference {
  readonly angle: np.Array;
  readonly logDensity: np.Array;
}

type Line = Extract<Support, { kind: "line" }>;

function onLine(
  x: np.Array,
  map: Line["map"],
  location: np.Array | number,
  scale: np.Array | number,
): Reference {
  const again = (value: np.Array | number) => (typeof value === "number" ? value : value.ref);
  const z = x.sub(location).div(again(scale));
  const upper = z.ref.greater(0);
  const t = np.where(upper.ref, z.ref.neg(), z); // −|z|, but with a slope where z is 0
  const { tail, logDensity } = lowerTail(map, t);
  const turned = tail.mul(2 * Math.PI);
  return {
    angle: np.where(upper, turned.ref.neg(), turned),
    logDensity: logDensity.sub(np.log(scale)),
  };
}

/** The mass below t ≤ 0, in relative precision, and the log density there. */
function lowerTail(map: Line["map"], t: np.Array): { tail: np.Array; logDensity: np.Array } {
  if (map === "erf")
    return {
      tail: scipySpecial.erfc(t.ref.neg()).mul(0.5),
      logDensity: np
        .square(t)
        .neg()
        .sub(Math.log(Math.PI) / 2),
    };
  if (map === "atan")
    return {
      tail: np.arctan2(1, t.ref.neg()).mul(1 / Math.PI),
      logDensity: np.log1p(np.square(t)).neg().sub(Math.log(Math.PI)),
    };
  const speed = map === "tanh" ? 2 : 1;
  const s = t.mul(speed);
  const e = np.exp(s.ref);
  return {
    tail: e.ref.div(e.ref.add(1)),
    logDensity: s.sub(np.log1p(e).mul(2)).add(Math.log(speed)),
  };
}

function onRange(x: np.Array, support: Exclude<Support, Line>): Reference {
  const { lower, upper } = support;
  const share = x.sub(lower).mul(1 / (upper - lower));
  const flat = -Math.log(upper - lower);
  if (support.kind === "circle") {
    const logDensity = np.zerosLike(share.ref).add(flat);
    return { angle: share.mul(2 * Math.PI), logDensity };
  }
  const inside = share.ref.greaterEqual(0).mul(share.ref.lessEqual(1));
  if (support.map === "linear")
    return { angle: share.mul(Math.PI), logDensity: np.where(inside, flat, -Infinity) };
  const [below, above] = [share.ref, np.subtract(1, share)];
  return {
    angle: np.arctan2(np.sqrt(below.ref), np.sqrt(above.ref)).mul(2),
    logDensity: np.where(
      inside,
      np
        .log(below.mul(above))
        .mul(-0.5)
        .add(flat - Math.log(Math.PI)),
      -Infinity,
    ),
  };
}
