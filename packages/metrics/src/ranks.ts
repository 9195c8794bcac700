import type { Vector } from "./vector.ts";

/** The indices of the entries in increasing order; of equal ones, `then` decides. */
export function order(x: Vector, then: (i: number, j: number) => number = () => 0): Uint32Array {
  return Uint32Array.from({ length: x.length }, (_, i) => i).sort((i, j) => x[i]! - x[j]! || then(i, j));
}

/** The rank of each entry, from 1; equal entries share the mean of theirs. */
export function ranks(x: Vector): Float64Array {
  const sorted = order(x);
  const result = new Float64Array(x.length);
  for (let start = 0, stop = 0; start < sorted.length; start = stop) {
    while (stop < sorted.length && x[sorted[stop]!] === x[sorted[start]!]) stop++;
    for (let place = start; place < stop; place++) result[sorted[place]!] = (start + stop + 1) / 2;
  }
  return result;
}
