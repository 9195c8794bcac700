/**
 * Gradient descent by Adam (Kingma and Ba, arXiv 1412.6980) with its usual β₁ = 0.9, β₂ = 0.999. The rate falls to zero
 * over the steps by a half cosine.
 *
 * @param parameters - The start; changed in place.
 * @param gradient - Sets the gradient of a loss at the parameters, of one step's samples.
 */
export function adam(
  parameters: Float64Array,
  gradient: (into: Float64Array) => void,
  { steps, rate }: { readonly steps: number; readonly rate: number },
): void {
  const g = new Float64Array(parameters.length);
  const first = new Float64Array(parameters.length);
  const second = new Float64Array(parameters.length);
  for (let step = 1; step <= steps; step++) {
    gradient(g);
    const pace = rate * 0.5 * (1 + Math.cos((Math.PI * (step - 1)) / steps));
    const [left1, left2] = [1 - 0.9 ** step, 1 - 0.999 ** step];
    for (let i = 0; i < g.length; i++) {
      first[i] = 0.9 * first[i]! + 0.1 * g[i]!;
      second[i] = 0.999 * second[i]! + 0.001 * g[i]! ** 2;
      parameters[i]! -= (pace * (first[i]! / left1)) / (Math.sqrt(second[i]! / left2) + 1e-8);
    }
  }
}

/** How an estimate is trained by gradient. */
export interface Training {
  /** Steps of Adam. */
  readonly steps: number;
  /** Samples that each step draws, with replacement. */
  readonly batch: number;
  /** Learning rate at the start. */
  readonly rate: number;
}
