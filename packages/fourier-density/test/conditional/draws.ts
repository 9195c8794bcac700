/** Numbers uniform on [0, 1), the same for a seed everywhere: a Weyl sequence through the mixer of MurmurHash3. */
export function seeded(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let bits = state ^ (state >>> 16);
    bits = Math.imul(bits, 0x85ebca6b);
    bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
    return ((bits ^ (bits >>> 16)) >>> 0) / 2 ** 32;
  };
}

/** Draws of the standard normal law (Box and Muller). */
export function normals(rng: () => number): () => number {
  return () => Math.sqrt(-2 * Math.log(1 - rng())) * Math.cos(2 * Math.PI * rng());
}

/** The logarithm of the normal density. */
export function logNormal(x: number, middle: number, deviation: number): number {
  return -0.5 * ((x - middle) / deviation) ** 2 - Math.log(deviation) - 0.5 * Math.log(2 * Math.PI);
}

export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

/** √n sup |F_n − u| of numbers that should be uniform on [0, 1]: above 1.95 with probability 0.001. */
export function kolmogorov(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  const n = sorted.length;
  let largest = 0;
  sorted.forEach((u, i) => {
    largest = Math.max(largest, u - i / n, (i + 1) / n - u);
  });
  return Math.sqrt(n) * largest;
}
