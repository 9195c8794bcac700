// All edges of a text, for its lattice: the twin of `edges` in src/segment/plain-searcher.ts.
import { bytes, capacity, nodes, origin, trie, unkId } from "./layout";
import { firstNode, step } from "./scan";

// In the room from the nodes on: the first edge of each row, then the end of each edge. Their labels wait in the middle
// until it is known how many there are.

// @ts-ignore: decorator
@inline
function rowAt(node: i32): usize {
  return nodes + (<usize>node << 2);
}

// @ts-ignore: decorator
@inline
function endsAt(length: i32): usize {
  return rowAt(length + 1);
}

// @ts-ignore: decorator
@inline
function labelsAt(): usize {
  return rowAt(capacity + 1) + (<usize>capacity << 3);
}

/** How many edges there is room for. */
// @ts-ignore: decorator
@inline
function room(): i32 {
  return 2 * capacity;
}

/**
 * Finds all edges over the normalised bytes from `start` to `stop` of `length`, after `before` that were found already.
 * Returns how many there are then, or −1 if there is no room for them.
 */
export function findEdges(start: i32, stop: i32, length: i32, before: i32): i32 {
  const ends = endsAt(length);
  const labels = labelsAt();
  const most = room();
  let count = before;
  let s = start;
  store<i32>(rowAt(start), count);
  while (s < stop) {
    const lead: u32 = load<u8>(bytes + s);
    const single = min(s + step(lead), stop);
    const first = firstNode(s, lead, single);
    let unit: u64 = first == 0 ? -1 : load<u64>(trie + (<usize>first << 3));
    if (<i64>unit < 0 && unkId >= 0) {
      if (count >= most) return -1;
      store<i32>(ends + (<usize>count << 2), single);
      store<i32>(labels + (<usize>count << 2), unkId);
      count++;
    }
    if (first != 0)
      for (let at = single; ; ) {
        const id = <i32>(unit >>> 32);
        if (id >= 0) {
          if (count >= most) return -1;
          store<i32>(ends + (<usize>count << 2), at);
          store<i32>(labels + (<usize>count << 2), id);
          count++;
        }
        if (at >= stop) break;
        const byte: u32 = load<u8>(bytes + at);
        unit = load<u64>(trie + (<usize>(((<u32>unit) >>> 9) ^ byte) << 3));
        if (((<u32>unit) & 0x1ff) != byte + 1) break;
        at++;
      }
    while (s < single) store<i32>(rowAt(++s), count);
  }
  return count;
}

/** Adds one edge over all bytes from `start` to `stop`, as {@link findEdges} does. */
export function addEdge(start: i32, stop: i32, length: i32, label: i32, before: i32): i32 {
  if (before >= room()) return -1;
  store<i32>(endsAt(length) + (<usize>before << 2), stop);
  store<i32>(labelsAt() + (<usize>before << 2), label);
  store<i32>(rowAt(start), before);
  for (let s = start; s < stop; ) store<i32>(rowAt(++s), before + 1);
  return before + 1;
}

/**
 * Puts rows, ends, labels, origins (i32 each) and the bytes of the text one behind another, from the nodes on, and
 * returns how many bytes that is.
 */
export function packEdges(length: i32, count: i32): i32 {
  const ends = endsAt(length);
  const size = <usize>count << 2;
  const offsets = <usize>(length + 1) << 2;
  memory.copy(ends + size, labelsAt(), size);
  memory.copy(ends + 2 * size, origin, offsets);
  memory.copy(ends + 2 * size + offsets, bytes, length);
  return <i32>(ends + 2 * size + offsets + length - nodes);
}
