import { DensityError } from "./density-error.ts";
import { standardLine, standardLogSlope } from "./standard-line.ts";
import { checkedSupport, logReference, referenceAngle, type Support } from "./support.ts";

/** Numbers in and out of a loss: either precision. */
export type Floats = Float64Array | Float32Array;

/** The losses of a batch of rows and their gradients, each row its own. */
export interface FourierLoss {
  /** −log p(target) in nats, one a row. */
  readonly losses: Floats;
  /** ∂loss / ∂coefficient, in the layout of the coefficients: rows × width. */
  readonly gradient: Floats;
  /** ∂loss / ∂location, one a row; all 0 but on the line. */
  readonly locationGradient: Floats;
  /** ∂loss / ∂scale, one a row; all 0 but on the line. */
  readonly scaleGradient: Floats;
}

export interface FourierLossOptions {
  /** Where the densities live. */
  readonly support: Support;
  /** On the line: a location of its own for each row, in the place of the support's. */
  readonly locations?: ArrayLike<number> | undefined;
  /** On the line: a scale of its own for each row, in the place of the support's. */
  readonly scales?: ArrayLike<number> | undefined;
  /** The q below which −log q is continued by its tangent, in (0, 1]: gradients are bounded by it. Default: 10⁻²⁰. */
  readonly floor?: number | undefined;
  /** Where to write, for loops that are to allocate nothing: an earlier result, or arrays of the same lengths. */
  readonly out?: FourierLoss | undefined;
}

/**
 * The loss of a network that ends in a density: −log p(target), for coefficients that are any real numbers, and its
 * gradient.
 *
 * p(x) = r(x) · q(θ), q(θ) = |Σₖ aₖ e^{−ikθ}|² / Σ |aₖ|²: the coefficients are amplitudes that need not be normalised.
 *
 * @param coefficients - Rows × width, row-major. A row is re a₀ … re a_N, im a₀ … im a_N, 2(N + 1) numbers, or on an
 * interval the N + 1 numbers a₀ … a_N. Their scale and, but on an interval, their common phase change nothing: the
 * gradient is orthogonal to both.
 * @param targets - One a row; a single number is one row.
 * @returns Sums over nothing: divide by the number of rows for the gradient of a mean.
 * @throws {@link DensityError} `argument`, `empty`; `length` where the coefficients are no whole rows or another array
 * does not fit; `value` (`at`: the row) for what is no finite number, coefficients that sum to more than 10^150, or a
 * scale that is not above 0; `degenerate` (`at`: the row) for a row of zeros, which is no density; `support` (`at`: the
 * row) for a target outside an interval.
 * @remarks O(rows · width). The loss is minus `logPdf` of the `FourierDensity` with these coefficients as long as
 * q ≥ `floor`. Below, near a zero of the amplitude, −log q is continued by its tangent there: at the zero itself the
 * loss is finite, 1 − log floor above −log r(x), its gradient 0, and on the way there no longer than
 * 2√((N + 1) / floor) / ‖a‖. A training loop may want a floor of 10⁻⁴ or so: one row near a zero would outweigh
 * thousands otherwise. In deep tails of the line everything is finite as well; gradients beyond the largest double
 * are that double. At an end of the arcsine law, where the density is infinite, the loss is −Infinity.
 */
export function fourierLoss(
  coefficients: Floats,
  targets: number | ArrayLike<number>,
  options: FourierLossOptions,
): FourierLoss {
  const support = checkedSupport(options?.support);
  const { locations, scales, floor = 1e-20 } = options;
  if (!(floor > 0 && floor <= 1)) throw new DensityError("argument", `floor must be in (0, 1], got ${floor}`);
  const xs = typeof targets === "number" ? [targets] : targets;
  const rows = xs?.length;
  const width = checkedWidth(coefficients, rows, support);
  const line = support.kind === "line" ? support : undefined;
  if (line === undefined && (locations ?? scales) !== undefined)
    throw new DensityError("argument", "locations and scales are for supports of kind line");
  checkedLength(locations, "locations", rows);
  checkedLength(scales, "scales", rows);
  const out = options.out ?? emptyLoss(rows, width);
  checkedLength(out.losses, "out.losses", rows);
  checkedLength(out.gradient, "out.gradient", rows * width);
  checkedLength(out.locationGradient, "out.locationGradient", rows);
  checkedLength(out.scaleGradient, "out.scaleGradient", rows);

  const count = support.kind === "interval" ? width : width / 2;
  const imaginary = width - count; // how many imaginary parts a row has: all or none
  const { losses, gradient, locationGradient, scaleGradient } = out;
  for (let row = 0; row < rows; row++) {
    const start = row * width;
    const x = xs[row] as number;
    if (!Number.isFinite(x)) throw new DensityError("value", `targets[${row}] is ${x}`, row);
    let magnitude = 0;
    let square = 0;
    for (let i = start; i < start + width; i++) {
      const a = coefficients[i] as number;
      magnitude += Math.abs(a);
      square += a * a;
    }
    if (!(magnitude <= 1e150))
      throw new DensityError("value", `the coefficients of row ${row} are not finite or too large`, row);
    if (magnitude < 1e-150)
      throw new DensityError(
        "degenerate",
        `the coefficients of row ${row} are all zero: that is no density`,
        row,
      );

    let location = 0;
    let scale = 1;
    let z = x;
    let law: Support = support;
    if (line !== undefined) {
      location = locations === undefined ? line.location : (locations[row] as number);
      scale = scales === undefined ? line.scale : (scales[row] as number);
      if (!Number.isFinite(location))
        throw new DensityError("value", `the location of row ${row} is ${location}`, row);
      if (!(scale > 0 && scale < Infinity))
        throw new DensityError(
          "value",
          `the scale of row ${row} is ${scale}: it must be finite and above 0`,
          row,
        );
      z = finite((x - location) / scale);
      law = standardLine[line.map];
    } else if (support.kind === "interval" && !(x >= support.lower && x <= support.upper))
      throw new DensityError("support", `targets[${row}], ${x}, is outside the interval`, row);
    const angle = referenceAngle(law, z);
    const logBase = logReference(law, z);

    // ψ = Σ aₖ e^{−ikθ} and its derivative by θ
    const turnRe = Math.cos(angle);
    const turnIm = Math.sin(angle);
    let re = 0;
    let im = 0;
    let slopeRe = 0;
    let slopeIm = 0;
    for (let k = 0, c = 1, s = 0; k < count; k++) {
      const a = coefficients[start + k] as number;
      const b = imaginary === 0 ? 0 : (coefficients[start + count + k] as number);
      const partRe = a * c + b * s;
      const partIm = b * c - a * s;
      re += partRe;
      im += partIm;
      slopeRe += k * partIm;
      slopeIm -= k * partRe;
      const next = c * turnRe - s * turnIm;
      s = s * turnRe + c * turnIm;
      c = next;
    }
    const q = (re * re + im * im) / square;
    const pull = 1 / Math.max(q, floor); // −∂loss / ∂q
    losses[row] = Math.log(scale) - logBase + (q < floor ? 1 - Math.log(floor) - q / floor : -Math.log(q));

    const factor = (2 * pull) / square;
    for (let k = 0, c = 1, s = 0; k < count; k++) {
      gradient[start + k] = factor * (q * (coefficients[start + k] as number) - re * c + im * s);
      if (imaginary > 0) {
        const i = start + count + k;
        gradient[i] = factor * (q * (coefficients[i] as number) - re * s - im * c);
      }
      const next = c * turnRe - s * turnIm;
      s = s * turnRe + c * turnIm;
      c = next;
    }

    locationGradient[row] = 0;
    scaleGradient[row] = 0;
    if (line !== undefined) {
      const angleSlope = -factor * (re * slopeRe + im * slopeIm);
      const slope = angleSlope * 2 * Math.PI * Math.exp(logBase) - standardLogSlope(line.map, z); // ∂loss / ∂z
      locationGradient[row] = finite(-slope / scale);
      scaleGradient[row] = finite((1 - z * slope) / scale);
    }
  }
  return out;
}

/** Room for the loss of so many rows. */
export function emptyLoss(rows: number, width: number): FourierLoss {
  return {
    losses: new Float64Array(rows),
    gradient: new Float64Array(rows * width),
    locationGradient: new Float64Array(rows),
    scaleGradient: new Float64Array(rows),
  };
}

/** The nearest finite number. */
function finite(x: number): number {
  return Math.min(Math.max(x, -Number.MAX_VALUE), Number.MAX_VALUE);
}

function checkedWidth(coefficients: Floats, rows: number, support: Support): number {
  if (!(coefficients instanceof Float64Array || coefficients instanceof Float32Array))
    throw new DensityError("argument", "the coefficients must be a Float64Array or a Float32Array");
  if (!Number.isInteger(rows))
    throw new DensityError("argument", "targets must be a number or an array of numbers");
  if (rows === 0) throw new DensityError("empty", "there are no targets");
  const width = coefficients.length / rows;
  const [step, what] = support.kind === "interval" ? [1, "N + 1"] : [2, "2(N + 1)"];
  if (width < 1 || !Number.isInteger(width / step))
    throw new DensityError(
      "length",
      `${coefficients.length} coefficients for ${rows} targets are not ${what} a row`,
    );
  return width;
}

function checkedLength(list: ArrayLike<number> | undefined, name: string, length: number): void {
  if (list !== undefined && list.length !== length)
    throw new DensityError("length", `${name} has ${list.length} entries, where ${length} are needed`);
}
