import { textOf } from "../text-of.ts";

/**
 * How alike two strings are, in [0, 1]: 2 · matches / (n + m), where matches are the characters of the longest block that
 * both have, and of the longest to the left and to the right of it, and so on (Ratcliff and Obershelp, 1988). As Python's
 * `difflib.SequenceMatcher(None, a, b).ratio()`, with its heuristic: characters that make up more than a hundredth of a second
 * string of 200 or more start no block. So it is not symmetric. 1 for two empty strings.
 *
 * @throws {@link MetricsError} `argument`, `text`.
 * @remarks By code points. O(n · m) for one block, and up to that for each block.
 */
export function sequenceRatio(first: string, second: string): number {
  const a = Array.from(textOf(first, "the first"));
  const b = Array.from(textOf(second, "the second"));
  if (a.length + b.length === 0) return 1;
  return (2 * matchedCharacters(a, b)) / (a.length + b.length);
}

function matchedCharacters(a: readonly string[], b: readonly string[]): number {
  const places = placesOf(b);
  // Lengths of the blocks that end at each place of b, in this row and the one before; 0 elsewhere.
  let current = new Int32Array(b.length + 1);
  let before = new Int32Array(b.length + 1);
  let matches = 0;
  const open: [number, number, number, number][] = [[0, a.length, 0, b.length]];
  for (let range = open.pop(); range !== undefined; range = open.pop()) {
    const [fromA, toA, fromB, toB] = range;
    let [startA, startB, size] = [fromA, fromB, 0];
    for (let i = fromA; i < toA; i++) {
      for (const j of places.get(a[i]!) ?? []) {
        if (j < fromB) continue;
        if (j >= toB) break;
        const length = (current[j + 1] = before[j]! + 1);
        if (length > size) [startA, startB, size] = [i - length + 1, j - length + 1, length];
      }
      if (i > fromA) clear(before, places.get(a[i - 1]!));
      [current, before] = [before, current];
    }
    if (toA > fromA) clear(before, places.get(a[toA - 1]!));
    // Common characters that start no block may lengthen one.
    while (startA > fromA && startB > fromB && a[startA - 1] === b[startB - 1]) {
      startA--;
      startB--;
      size++;
    }
    while (startA + size < toA && startB + size < toB && a[startA + size] === b[startB + size]) size++;
    if (size === 0) continue;
    matches += size;
    open.push([fromA, startA, fromB, startB], [startA + size, toA, startB + size, toB]);
  }
  return matches;
}

/** Where each character stands, but for those that are too common. */
function placesOf(b: readonly string[]): Map<string, number[]> {
  const places = new Map<string, number[]>();
  b.forEach((character, j) => {
    const list = places.get(character);
    if (list === undefined) places.set(character, [j]);
    else list.push(j);
  });
  if (b.length >= 200)
    for (const [character, list] of places)
      if (list.length > Math.floor(b.length / 100) + 1) places.delete(character);
  return places;
}

function clear(lengths: Int32Array, places: readonly number[] = []): void {
  for (const j of places) lengths[j + 1] = 0;
}
