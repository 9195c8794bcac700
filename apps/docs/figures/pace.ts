/**
 * How many draws to make in the next frame: one at first, so that single draws can be seen to arrive, then a share of
 * those made already, so that any goal is near.
 */
export function nextBatch(drawn: number, goal: number): number {
  return Math.max(0, Math.min(1 + Math.floor(drawn / 20), goal - drawn));
}
