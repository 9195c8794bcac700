/** Steps of the slider of the smoothness γ: none, then four for every power of ten from 10⁻⁸ on. */
export const SMOOTHNESS_STEPS = 29;

/** γ at a step of the slider. */
export function smoothnessAt(step: number): number {
  return step === 0 ? 0 : 10 ** (-8 + (step - 1) / 4);
}
