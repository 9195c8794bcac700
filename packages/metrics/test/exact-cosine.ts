/** A finite number as integer · 2^−1074, by taking it apart digit by digit. */
function integerOf(x: number): bigint {
  let scaled = x;
  let shift = 1074;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    shift--;
  }
  return BigInt(scaled) << BigInt(shift);
}

/** Σ xy in units of 2^−2148, exactly. */
export function exactDot(x: ArrayLike<number>, y: ArrayLike<number>): bigint {
  let sum = 0n;
  for (let i = 0; i < x.length; i++) if (x[i] !== 0 && y[i] !== 0) sum += integerOf(x[i]!) * integerOf(y[i]!);
  return sum;
}

/** The cosine of two vectors by rational arithmetic and an integer square root, right to the last bit or nearly. */
export function exactCosine(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const dot = exactDot(x, y);
  const squares = exactDot(x, x) * exactDot(y, y);
  // 2^80 · |cosine| = √(2^160 · dot² / squares)
  const size = root((dot * dot * (1n << 160n)) / squares);
  return (Number(size) / 2 ** 80) * (dot < 0n ? -1 : 1);
}

/** ⌊√n⌋ by Newton's iteration. */
function root(n: bigint): bigint {
  if (n < 2n) return n;
  let x = 1n << BigInt(Math.ceil(n.toString(2).length / 2));
  for (;;) {
    const next = (x + n / x) >> 1n;
    if (next >= x) return x;
    x = next;
  }
}
