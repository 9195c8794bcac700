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
