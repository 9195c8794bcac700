// The best path: the twin of src/segment/relax.ts and plain-searcher.ts, whose comments say what is done and why.
import { bytes, capacity, ends, labels, labelScore, nodes, origin, trie, unkId } from "./layout";
import { codeAt, endOfCharacter, goesOn, unitBehind } from "./scan";

// A node of the search: the best score to it (f64, NaN where no path leads), where its last edge begins (i32), and that
// edge's label (i32).
export const FROM: usize = 8;
export const VIA: usize = 12;

// @ts-ignore: decorator
@inline
export function nodeAt(offset: i32): usize {
  return nodes + (<usize>offset << 4);
}

// @ts-ignore: decorator
@inline
export function scoreOf(label: i32): f64 {
  return load<f64>(labelScore + (<usize>label << 3));
}

// @ts-ignore: decorator
@inline
function relax(node: usize, candidate: f64, start: i32, label: i32, exact: bool): void {
  if (!(candidate <= load<f64>(node))) {
    store<f64>(node, exact ? candidate : <f64>(<f32>candidate));
    store<i32>(node, start, FROM);
    store<i32>(node, label, VIA);
  }
}

/**
 * Finds the best path over the normalised bytes from `start` to `stop`; scores count from `base`, and are kept in
 * float32 unless `exact`. Returns the best score, NaN if there is no path.
 */
export function bestPath(start: i32, stop: i32, base: f64, exact: bool): f64 {
  // All bits set is NaN.
  memory.fill(nodeAt(start), 0xff, <usize>(stop - start + 1) << 4);
  store<f64>(nodeAt(start), base);
  let end = endOfCharacter(start, stop);
  let code = codeAt(start, end);
  for (let s = start; s < stop;) {
    const nextEnd = endOfCharacter(end, stop);
    const next = codeAt(end, nextEnd);
    const here = load<f64>(nodeAt(s));
    if (here == here) {
      let unit = unitBehind(code, s, end);
      let id = <i32>(unit >>> 32);
      if (id < 0) id = unkId;
      if (id >= 0) relax(nodeAt(end), here + scoreOf(id), s, id, exact);
      if (goesOn(code, next))
        for (let at = end; at < stop;) {
          const byte: u32 = load<u8>(bytes + at);
          unit = load<u64>(trie + (<usize>(((<u32>unit) >>> 9) ^ byte) << 3));
          if (((<u32>unit) & 0x1ff) != byte + 1) break;
          at++;
          id = <i32>(unit >>> 32);
          if (id >= 0) relax(nodeAt(at), here + scoreOf(id), s, id, exact);
        }
    }
    s = end;
    end = nextEnd;
    code = next;
  }
  return load<f64>(nodeAt(stop));
}

/** Writes the edges of the best path from `start` to `stop` behind `count` others; returns how many there are then. */
export function writeEdges(start: i32, stop: i32, count: i32): i32 {
  let place = capacity;
  for (let end = stop; end > start;) {
    const node = nodeAt(end);
    place--;
    store<i32>(labels + (<usize>place << 2), load<i32>(node, VIA));
    store<i32>(ends + (<usize>place << 2), end);
    end = load<i32>(node, FROM);
  }
  const more = capacity - place;
  memory.copy(labels + (<usize>count << 2), labels + (<usize>place << 2), <usize>more << 2);
  memory.copy(ends + (<usize>count << 2), ends + (<usize>place << 2), <usize>more << 2);
  return count + more;
}

/** Where the unknown pieces of `writePieces` stand in the normalised text, begin and end, i32: behind the offsets. */
export function unknownsAt(): usize {
  return ends + (<usize>(capacity + 1) << 3);
}

/**
 * Writes the labels of the best path to `stop`, and for each where it comes from, begin and end. A run of unknown characters
 * is one piece, written as −1 − its number. Returns how many pieces there are.
 */
export function writePieces(stop: i32): i32 {
  const unknowns = unknownsAt();
  let unknown: usize = 0;
  let afterUnknown = false;
  let place = capacity;
  let to = load<i32>(origin + (<usize>stop << 2));
  for (let end = stop; end > 0;) {
    const node = nodeAt(end);
    const label = load<i32>(node, VIA);
    const start = load<i32>(node, FROM);
    const from = load<i32>(origin + (<usize>start << 2));
    if (label != unkId || !afterUnknown) {
      place--;
      store<i32>(labels + (<usize>place << 2), label);
      store<i32>(ends + (<usize>place << 3), to, 4);
    }
    store<i32>(ends + (<usize>place << 3), from);
    if (label == unkId) {
      if (!afterUnknown) {
        store<i32>(labels + (<usize>place << 2), -1 - <i32>unknown);
        store<i32>(unknowns + (unknown << 3), end, 4);
        unknown++;
      }
      store<i32>(unknowns + ((unknown - 1) << 3), start);
    }
    afterUnknown = label == unkId;
    to = from;
    end = start;
  }
  const count = capacity - place;
  memory.copy(labels, labels + (<usize>place << 2), <usize>count << 2);
  memory.copy(ends, ends + (<usize>place << 3), <usize>count << 3);
  return count;
}

/**
 * Writes the labels of the best path from `start` to `stop` behind `count` others; runs of the unknown piece count as one
 * unless `expand` is true, when each of its bytes b is written as −1 − b. Returns how many there are then.
 */
export function writeIds(start: i32, stop: i32, count: i32, expand: bool): i32 {
  const last = labels + (<usize>capacity << 2);
  let place = last;
  let afterUnknown = false;
  for (let end = stop; end > start;) {
    const node = nodeAt(end);
    const from = load<i32>(node, FROM);
    const label = load<i32>(node, VIA);
    const unknown = label == unkId;
    if (unknown && expand) {
      for (let i = end - 1; i >= from; i--) {
        place -= 4;
        store<i32>(place, -1 - <i32>load<u8>(bytes + i));
      }
    } else if (!unknown || !afterUnknown) {
      place -= 4;
      store<i32>(place, label);
    }
    afterUnknown = unknown;
    end = from;
  }
  memory.copy(labels + (<usize>count << 2), place, last - place);
  return count + <i32>((last - place) >>> 2);
}
