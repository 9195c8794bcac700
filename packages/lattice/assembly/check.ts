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

export function badPiece(bytes: usize, start: usize, type: usize, size: i32): i32 {
  for (let id = 0; id < size; id++) {
    const begin = load<i32>(start + (<usize>id << 2));
    const end = load<i32>(start + (<usize>id << 2), 4);
    const kind: u32 = load<u8>(type + id);
    if (end < begin || kind < NORMAL || kind > BYTE) return id;
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

let missing: i32 = 0;

/** How many pieces that can match text the last call of `trieDepth` did not find. */
export function missingKeys(): i32 {
  return missing;
}

// @ts-ignore: decorator
@inline
function matches(type: usize, size: i32, value: i32): bool {
  if (value == size) return true;
  const kind: u32 = load<u8>(type + value);
  return kind == NORMAL || kind == USER_DEFINED;
}

/** Length of the longest key, or −1. At `scratch` there is room for 5 bytes a node and one a label. */
export function trieDepth(
  trie: usize,
  nodes: i32,
  bytes: usize,
  start: usize,
  type: usize,
  size: i32,
  unkId: i32,
  byteLevel: bool,
  labels: i32,
  scratch: usize,
): i32 {
  const owner = scratch;
  const reached = owner + (<usize>nodes << 2);
  const found = reached + nodes;
  if (!findOwners(trie, nodes, labels, owner)) return -1;
  memory.fill(reached, 0, nodes + labels);
  let depth = 0;
  for (let leaf = ROOT_BLOCK; leaf < nodes; leaf++) {
    const value = load<i32>(trie + (<usize>leaf << 3), 4);
    if ((load<u32>(trie + (<usize>leaf << 3)) & 0x1ff) == 0 || value < 0) continue;
    if (load<u8>(found + value) != 0 || !matches(type, size, value)) return -1;
    store<u8>(found + value, 1);
    const id = value < size ? value : unkId;
    const begin = load<i32>(start + (<usize>id << 2));
    const end = load<i32>(start + (<usize>id << 2), 4);
    let at = end;
    let node = leaf;
    while (node > 0) {
      const label = <i32>(load<u32>(trie + (<usize>node << 3)) & 0x1ff) - 1;
      if (--at < begin || label < 0 || (!byteLevel && <i32>load<u8>(bytes + at) != label)) return -1;
      store<u8>(reached + node, 1);
      node = load<i32>(owner + (<usize>(node ^ label) << 2));
    }
    if (node < 0 || (!byteLevel && at != begin)) return -1;
    depth = max(depth, end - at);
  }
  for (let node = ROOT_BLOCK; node < nodes; node++)
    if ((load<u32>(trie + (<usize>node << 3)) & 0x1ff) != 0 && load<u8>(reached + node) == 0) return -1;
  missing = 0;
  for (let value = 0; value < labels; value++)
    if (load<u8>(found + value) == 0 && matches(type, size, value)) missing++;
  return depth;
}

function findOwners(trie: usize, nodes: i32, labels: i32, owner: usize): bool {
  memory.fill(owner, 0xff, <usize>nodes << 2);
  for (let node = 0; node < nodes; node++) {
    const unit = load<u32>(trie + (<usize>node << 3));
    const value = load<i32>(trie + (<usize>node << 3), 4);
    const base = <i32>(unit >>> 9);
    const label = unit & 0x1ff;
    if (base >= nodes || label > 256 || value < -1 || value >= labels) return false;
    if (node < ROOT_BLOCK && label != 0) return false;
    if (base == 0) continue;
    const place = owner + (<usize>base << 2);
    if (base < ROOT_BLOCK || load<i32>(place) >= 0) return false;
    store<i32>(place, node);
  }
  return true;
}
