import { groupedCosine, type GroupedCosine } from "@lemmata/metrics";
import { normals } from "./concentration.ts";

/** The parameters of a model: how many entries each has, and how far its gradient is from the middle one, of −1 … 1. */
export const PARAMETERS = [
  { name: "embedding", size: 2048, place: -1 },
  { name: "attention", size: 512, place: -0.6 },
  { name: "feed-forward", size: 512, place: -0.2 },
  { name: "norms", size: 64, place: 0.2 },
  { name: "biases", size: 64, place: 0.6 },
  { name: "gains", size: 8, place: 1 },
] as const;

/**
 * The experiment that led to the article: an update whose cosine with the gradient is made at least λ for each parameter.
 *
 * @param spread By how many powers of ten the scales of the gradients differ.
 * @returns What becomes of the update for a λ in [0, 1), beside the gradient.
 */
export function clampedTrial(spread: number): (lambda: number) => GroupedCosine {
  const count = PARAMETERS.reduce((sum, { size }) => sum + size, 0);
  const noise = normals(2 * count, 7);
  const gradient = new Float64Array(count);
  // An optimiser that gives every entry a step of one size, whatever its gradient, and is not sure of the direction.
  const update = new Float64Array(count);
  let start = 0;
  const ends = PARAMETERS.map(({ size, place }) => {
    for (let i = start; i < start + size; i++) {
      gradient[i] = 10 ** ((spread * place) / 2) * noise[i]!;
      update[i] = 0.2 * Math.sign(noise[i]!) + noise[count + i]!;
    }
    return (start += size);
  });
  return (lambda) => {
    const clamped = new Float64Array(count);
    ends.forEach((end, p) => {
      const from = ends[p - 1] ?? 0;
      clamped.set(clampedTo(lambda, update.subarray(from, end), gradient.subarray(from, end)), from);
    });
    return groupedCosine(clamped, gradient, PARAMETERS);
  };
}

/** The update nearest to u whose cosine with g is at least λ: u, or u with its part along g made longer. */
export function clampedTo(lambda: number, u: Float64Array, g: Float64Array): Float64Array {
  const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, v, i) => sum + v * b[i]!, 0);
  const along = dot(u, g) / dot(g, g);
  const across = u.map((v, i) => v - along * g[i]!);
  const wanted = (lambda / Math.sqrt(1 - lambda ** 2)) * Math.sqrt(dot(across, across) / dot(g, g));
  return across.map((v, i) => v + Math.max(along, wanted) * g[i]!);
}
