/** A density as far as one has to know it to compare it with another. */
export interface Density {
  /** log p(x); −∞ where p is zero. */
  logPdf(x: number): number;
}

/** A density that was estimated. */
export interface Estimate extends Density {
  /** How many real numbers were chosen to fit the samples; what a kernel estimate keeps of them is not counted. */
  readonly parameters: number;
}

/** Numbers uniform on [0, 1). */
export type RandomSource = () => number;
