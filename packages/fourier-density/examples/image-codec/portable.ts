/**
 * Exponentials and angles from sums, products and quotients alone. IEEE 754 says to the last bit what those give, and
 * ECMAScript follows it; of `Math.exp` and `Math.sin` it only says that they are approximations. A decoder must find the
 * numbers that the encoder found, so the codec uses nothing else.
 */

const E_STEPS = 16; // to one
const E_LIMIT = 40;

/** exp(−i / E_STEPS). */
const POWERS = powers();

function powers(): Float64Array {
  const step = taylorExp(-1 / E_STEPS);
  const table = new Float64Array(E_STEPS * E_LIMIT + 1);
  table[0] = 1;
  for (let i = 1; i < table.length; i++) table[i] = table[i - 1]! * step;
  return table;
}

/** e^x for |x| ≤ 1/16, to rounding. */
function taylorExp(x: number): number {
  let sum = 1;
  for (let n = 9; n >= 1; n--) sum = 1 + (x / n) * sum;
  return sum;
}

/** e^(−x) for x ≥ 0, to 10⁻¹²; that of 40 beyond. */
export function expMinus(x: number): number {
  if (!(x < E_LIMIT)) return POWERS[E_STEPS * E_LIMIT]!;
  const i = Math.floor(x * E_STEPS);
  const r = i / E_STEPS - x;
  return POWERS[i]! * (1 + r * (1 + r * (1 / 2 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120 + r / 720))))));
}

const TURN_STEPS = 1024;

/** Cosine and sine of i / TURN_STEPS turns. */
const COSINES = new Float64Array(TURN_STEPS + 1);
const SINES = new Float64Array(TURN_STEPS + 1);
for (let i = 0; i <= TURN_STEPS; i++) {
  // From the nearest quarter turn, where the series is short: half a right angle at most.
  const quarter = Math.floor((4 * i) / TURN_STEPS + 0.5);
  const x = 2 * Math.PI * (i / TURN_STEPS - quarter / 4);
  let cos = 1;
  let sin = 1;
  for (let n = 20; n >= 2; n -= 2) {
    cos = 1 - ((x * x) / (n * (n - 1))) * cos;
    sin = 1 - ((x * x) / (n * (n + 1))) * sin;
  }
  sin *= x;
  const turned = [
    [cos, sin],
    [-sin, cos],
    [-cos, -sin],
    [sin, -cos],
  ][quarter % 4]!;
  COSINES[i] = turned[0]!;
  SINES[i] = turned[1]!;
}

/** Writes the cosine and the sine of a share of a turn, in [0, 1], to 10⁻¹⁵. */
export function turn(share: number, out: Float64Array): void {
  const i = Math.floor(share * TURN_STEPS + 0.5);
  const x = 2 * Math.PI * (share - i / TURN_STEPS);
  const xx = x * x;
  const cos = 1 - xx * (1 / 2 - xx / 24);
  const sin = x * (1 - xx * (1 / 6 - xx / 120));
  out[0] = COSINES[i]! * cos - SINES[i]! * sin;
  out[1] = SINES[i]! * cos + COSINES[i]! * sin;
}
