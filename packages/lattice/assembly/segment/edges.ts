// All edges of a text, for its lattice: the twin of `edges` in src/segment/plain-searcher.ts.
import { bytes, capacity, nodes, origin, trie, unkId } from "./layout";
import { codeAt, endOfCharacter, goesOn, unitBehind } from "./scan";

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
  let end = endOfCharacter(start, stop);
  let code = codeAt(start, end);
  store<i32>(rowAt(start), count);
  for (let s = start; s < stop;) {
    const nextEnd = endOfCharacter(end, stop);
    const next = codeAt(end, nextEnd);
    let unit = unitBehind(code, s, end);
    let id = <i32>(unit >>> 32);
    if (id < 0) id = unkId;
    if (id >= 0) {
      if (count >= most) return -1;
      store<i32>(ends + (<usize>count << 2), end);
      store<i32>(labels + (<usize>count << 2), id);
      count++;
    }
    if (goesOn(code, next))
      for (let at = end; at < stop;) {
        const byte: u32 = load<u8>(bytes + at);
        unit = load<u64>(trie + (<usize>(((<u32>unit) >>> 9) ^ byte) << 3));
        if (((<u32>unit) & 0x1ff) != byte + 1) break;
        at++;
        id = <i32>(unit >>> 32);
        if (id < 0) continue;
        if (count >= most) return -1;
        store<i32>(ends + (<usize>count << 2), at);
        store<i32>(labels + (<usize>count << 2), id);
        count++;
      }
    while (s < end) store<i32>(rowAt(++s), count);
    end = nextEnd;
    code = next;
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
