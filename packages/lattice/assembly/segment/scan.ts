// Finding the pieces that begin at a place: the trie is walked a byte at a time, but for the first character, whose
// node is looked up.
import { byteLevel, bytes, characterLength, roots, trie, trieNodes } from "./layout";

/** Roots of three bytes stand behind those of two. */
const ROOTS_OF_TWO: u32 = 1 << 11;

/** Bytes from one place where edges may begin to the next, for the byte that stands there. */
// @ts-ignore: decorator
@inline
export function step(lead: u32): i32 {
  return byteLevel ? 1 : characterLength(lead);
}

/**
 * The node behind the first character at s, whose first byte is `lead`, and which ends at `single`; 0 if no piece begins
 * with it. Pieces are whole characters, so that none ends inside.
 */
// @ts-ignore: decorator
@inline
export function firstNode(s: i32, lead: u32, single: i32): u32 {
  if (lead >= 0xc0 && lead < 0xf0 && !byteLevel) {
    const place = bytes + s;
    const second: u32 = load<u8>(place, 1);
    if (lead < 0xe0)
      return (second & 0xc0) != 0x80 || s + 2 != single
        ? 0
        : load<u32>(roots + (<usize>(((lead & 0x1f) << 6) | (second & 0x3f)) << 2));
    const third: u32 = load<u8>(place, 2);
    return (second & 0xc0) != 0x80 || (third & 0xc0) != 0x80 || s + 3 != single
      ? 0
      : load<u32>(
          roots +
            (<usize>(ROOTS_OF_TWO + (((lead & 0xf) << 12) | ((second & 0x3f) << 6) | (third & 0x3f))) << 2),
        );
  }
  let node = childOf(0, lead);
  for (let at = s + 1; at < single && node != 0; at++) node = childOf(node, load<u8>(bytes + at));
  return node;
}

/** The child of a node for a byte; 0 for none. */
export function childOf(node: u32, byte: u32): u32 {
  const child = (load<u32>(trie + (<usize>node << 3)) >>> 9) ^ byte;
  return child < trieNodes && (load<u32>(trie + (<usize>child << 3)) & 0x1ff) == byte + 1 ? child : 0;
}

/** Fills in the nodes of all first characters of two and three bytes. */
export function fillRoots(): void {
  for (let lead: u32 = 0xc0; lead < 0xf0; lead++) {
    const first = childOf(0, lead);
    if (first == 0) continue;
    for (let second: u32 = 0; second < 0x40; second++) {
      const node = childOf(first, 0x80 | second);
      if (node == 0) continue;
      if (lead < 0xe0) store<u32>(roots + (<usize>(((lead & 0x1f) << 6) | second) << 2), node);
      else
        for (let third: u32 = 0; third < 0x40; third++)
          store<u32>(
            roots + (<usize>(ROOTS_OF_TWO + (((lead & 0xf) << 12) | (second << 6) | third)) << 2),
            childOf(node, 0x80 | third),
          );
    }
  }
}
