import type { Model } from "../model/model.ts";
import type { Trie } from "../model/trie.ts";

// Walks through the trie of a vocabulary whose pieces may begin or end with what the text does not have. A node is the
// index of its unit.

/** The child of a node for a byte, or −1. */
export function stepDown(trie: Trie, node: number, byte: number): number {
  const child = 2 * ((trie[node]! >>> 9) ^ byte);
  return (trie[child]! & 0x1ff) === byte + 1 ? child : -1;
}

/** The id of the piece that ends at a node, or −1. */
export function valueAt({ trie }: Model, node: number): number {
  return trie[node + 1]!;
}

/** Where the pieces begin that may stand at the beginning of a word, or inside; −1 if there are none. */
export function firstNode(model: Model, atStart: boolean): number {
  return atStart ? 0 : walked(model, 0, model.subword!.continuing);
}

/** The id of the piece that ends a word at a node, or −1. */
export function pieceAtEnd(model: Model, node: number): number {
  const last = walked(model, node, model.subword!.ending);
  return last < 0 ? -1 : valueAt(model, last);
}

function walked(model: Model, from: number, bytes: Uint8Array): number {
  let node = from;
  for (let i = 0; i < bytes.length && node >= 0; i++) node = stepDown(model.trie, node, bytes[i]!);
  return node;
}
