/**
 * The exact law of a sampler that compares each number with p and nothing else: all sequences of yes and no are tried,
 * each with the product of p and 1 − p.
 */
export function decisionLaw(p: number, draw: (rng: () => number) => string): Map<string, number> {
  const law = new Map<string, number>();
  const open: { script: readonly boolean[]; probability: number }[] = [{ script: [], probability: 1 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { script, probability } = next;
    let at = 0;
    try {
      const drawn = draw(() => {
        if (at === script.length) throw UNDECIDED;
        return script[at++]! ? 0 : 1 - 2 ** -53;
      });
      law.set(drawn, (law.get(drawn) ?? 0) + probability);
    } catch (error) {
      if (error !== UNDECIDED) throw error;
      open.push({ script: [...script, true], probability: probability * p });
      open.push({ script: [...script, false], probability: probability * (1 - p) });
    }
  }
  return law;
}

const UNDECIDED = new Error("one more number is asked for");

/** The largest difference between two laws. */
export function difference(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  let largest = 0;
  for (const name of new Set([...a.keys(), ...b.keys()]))
    largest = Math.max(largest, Math.abs((a.get(name) ?? 0) - (b.get(name) ?? 0)));
  return largest;
}
