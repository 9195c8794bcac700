// Checks of the arrays of a compiled model: the twin of src/compiled/plain-checks.ts, whose comments say what is checked
// and why. A model is read once in a process, when no compiler has seen the loops of the twin yet: here they are fast at
// once. The caller lays the arrays out in memory and hands over the addresses. Nothing here allocates.

const NORMAL: u32 = 1;
const USER_DEFINED: u32 = 4;
const BYTE: u32 = 6;
const ROOT_BLOCK: i32 = 256;

// @ts-ignore: decorator
@inline
function rotated(word: u32, by: u32): u32 {
  return (word << by) | (word >>> (32 - by));
}

export function checksum(words: usize, count: i32): u32 {
  let hash: u32 = 0;
  for (let i = 0; i < count; i++) {
    const word = load<u32>(words + (<usize>i << 2)) * 0xcc9e2d51;
    hash = rotated(hash ^ (rotated(word, 15) * 0x1b873593), 13) * 5 + 0xe6546b64;
  }
  hash ^= 4 * count;
  hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
  hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
  return hash ^ (hash >>> 16);
}

export function badPiece(bytes: usize, length: i32, start: usize, type: usize, size: i32): i32 {
  for (let id = 0; id < size; id++) {
    const begin = load<i32>(start + (<usize>id << 2));
    const end = load<i32>(start + (<usize>id << 2), 4);
    const kind: u32 = load<u8>(type + id);
    if (end < begin || end > length || kind < NORMAL || kind > BYTE) return id;
    if (end > begin && (load<u8>(bytes + begin) & 0xc0) == 0x80) return id;
  }
  return -1;
}

export function badScore(scores: usize, count: i32, bound: f64): i32 {
  for (let i = 0; i < count; i++) if (!(abs(load<f64>(scores + (<usize>i << 3))) <= bound)) return i;
  return -1;
}

export function badRule(rules: usize, count: i32, strings: u32): i32 {
  for (let i = 0; i < count; i++) {
    const unit = load<u32>(rules + (<usize>i << 2));
    if (unit >= 0x80000000) {
      if (unit - 0x80000000 >= strings) return i;
    } else if ((unit & 0x100) != 0) {
      const below = <u32>i ^ ((unit >>> 10) << ((unit & 0x200) >>> 6));
      if (below >= <u32>count || load<u32>(rules + (<usize>below << 2)) < 0x80000000) return i;
    }
  }
  return -1;
}

let left: i32 = 0;
let keysLeft: i32 = 0;

/** Length of the longest key, or −1. At `scratch` there are two zeros for each node. */
export function trieDepth(
  trie: usize,
  nodes: i32,
  bytes: usize,
  start: usize,
  type: usize,
  size: i32,
  unkId: i32,
  labels: i32,
  userDefined: bool,
  scratch: usize,
): i32 {
  if (!countNodes(trie, nodes, labels, scratch)) return -1;
  const reached = scratch + nodes;
  let depth = 0;
  for (let value = 0; value < labels; value++) {
    const kind = value < size ? <u32>load<u8>(type + value) : NORMAL;
    if (kind != USER_DEFINED && (userDefined || kind != NORMAL)) continue;
    const id = value < size ? value : unkId;
    const begin = load<i32>(start + (<usize>id << 2));
    const end = load<i32>(start + (<usize>id << 2), 4);
    let node: u32 = 0;
    let unit = load<u32>(trie);
    for (let at = begin; at < end; at++) {
      const byte: u32 = load<u8>(bytes + at);
      node = (unit >>> 9) ^ byte;
      unit = load<u32>(trie + (<usize>node << 3));
      if ((unit & 0x1ff) != byte + 1) return -1;
      const mark = reached + node;
      if (load<u8>(mark) == 0) {
        store<u8>(mark, 1);
        left--;
      }
    }
    if (node == 0 || load<i32>(trie + (<usize>node << 3), 4) != value) return -1;
    keysLeft--;
    depth = max(depth, end - begin);
  }
  return left == 0 && keysLeft == 0 ? depth : -1;
}

function countNodes(trie: usize, nodes: i32, labels: i32, taken: usize): bool {
  left = 0;
  keysLeft = 0;
  for (let node = 0; node < nodes; node++) {
    const both = load<u64>(trie + (<usize>node << 3));
    const unit = <u32>both;
    const value = <i32>(both >>> 32);
    const base = <i32>(unit >>> 9);
    const label = unit & 0x1ff;
    if (base >= nodes || label > 256 || value < -1 || value >= labels) return false;
    if (node < ROOT_BLOCK && label != 0) return false;
    if (label != 0) {
      left++;
      if (value >= 0) keysLeft++;
    }
    if (base == 0) continue;
    if (base < ROOT_BLOCK || load<u8>(taken + base) != 0) return false;
    store<u8>(taken + base, 1);
  }
  return true;
}
