import type { Model } from "../model/model.ts";
import { characterLength } from "../text/normalize.ts";

/** The state of a best-path search over normalised bytes. */
export interface SearchState {
  readonly bytes: Uint8Array;
  /** Best score to each node; −∞ where no path leads. */
  readonly best: Float64Array;
  /** Where the best edge into each node begins, and its label. */
  readonly from: Int32Array;
  readonly via: Int32Array;
}

/**
 * Relaxes the edges that begin at node s: the pieces that the trie finds there, and the unknown piece if none of them
 * is the single character. Kept scores are float32 unless `exact`; candidates are compared unrounded.
 *
 * @returns The next node that an edge can begin at, one character on.
 */
export function relaxEdges(
  model: Model,
  state: SearchState,
  s: number,
  length: number,
  exact: boolean,
): number {
  const { trie, labelScore, unkId, byteLevel } = model;
  const { bytes, best, from, via } = state;
  const single = byteLevel ? s + 1 : Math.min(s + characterLength(bytes[s]!), length);
  const here = best[s]!;
  if (here === -Infinity) return single;
  let covered = unkId < 0;
  let base = trie[0]! >>> 9;
  for (let at = s; at < length;) {
    const byte = bytes[at]!;
    const slot = (base ^ byte) << 1;
    const unit = trie[slot]!;
    if ((unit & 0x1ff) !== byte + 1) break;
    base = unit >>> 9;
    at++;
    const id = trie[slot + 1]!;
    if (id < 0) continue;
    if (at === single) covered = true;
    const candidate = here + labelScore[id]!;
    if (candidate > best[at]!) {
      best[at] = exact ? candidate : Math.fround(candidate);
      from[at] = s;
      via[at] = id;
    }
  }
  if (!covered) {
    const candidate = here + labelScore[unkId]!;
    if (candidate > best[single]!) {
      best[single] = exact ? candidate : Math.fround(candidate);
      from[single] = s;
      via[single] = unkId;
    }
  }
  return single;
}
