import { MAX_SCORE } from "../lattice.ts";
import { type Model, PieceType } from "../model/model.ts";
import type { Trie } from "../model/trie.ts";
import { badRule } from "../text/charsmap-fault.ts";

/** The keys of a trie as pieces: where they are not the names of the pieces, with them in the place of those. */
export type Pieces = Pick<Model, "pieceBytes" | "pieceStart" | "pieceType" | "unkId">;

/** The checks that go through whole arrays. Each finds the first place that is not sound, −1 for none. */
export interface Checks {
  /** MurmurHash3 of 32-bit words (x86, 32 bits, seed 0; Austin Appleby). A change of any one word changes it. */
  checksum(words: Int32Array): number;
  /** A piece that ends before it begins or beyond the bytes, begins inside a character, or is of no known type. */
  badPiece(pieces: Pieces): number;
  /** A score that is not one. */
  badScore(scores: Float64Array): number;
  /** A rule of a character map: see {@link badRule}. */
  badRule(rules: Uint32Array, strings: number): number;
  /**
   * Whether a trie is just that of the pieces that can match text, or only of those that users defined: no other node, and
   * no base that leads out of it.
   *
   * @param labels - What its values lie below: the number of pieces, or one more, for the unknown piece's name.
   * @returns The length of the longest key; −1 if it is no such trie.
   * @remarks O(nodes + bytes of the pieces).
   */
  trieDepth(trie: Trie, pieces: Pieces, labels: number, userDefined: boolean): number;
}

/** The checks in plain TypeScript, for where WebAssembly is not to be had, and as the oracle of the kernel. */
export const plainChecks: Checks = { checksum, badPiece, badScore, badRule, trieDepth };

function checksum(words: Int32Array): number {
  let hash = 0;
  for (let i = 0; i < words.length; i++) {
    let word = Math.imul(words[i]!, 0xcc9e2d51);
    word = Math.imul((word << 15) | (word >>> 17), 0x1b873593);
    hash ^= word;
    hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0;
  }
  hash ^= 4 * words.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function badPiece({ pieceBytes, pieceStart, pieceType }: Pieces): number {
  for (let id = 0; id < pieceType.length; id++) {
    const begin = pieceStart[id]!;
    const end = pieceStart[id + 1]!;
    if (end < begin || end > pieceBytes.length) return id;
    if (pieceType[id]! < PieceType.normal || pieceType[id]! > PieceType.byte) return id;
    if (end > begin && (pieceBytes[begin]! & 0xc0) === 0x80) return id;
  }
  return -1;
}

function badScore(scores: Float64Array): number {
  for (let i = 0; i < scores.length; i++) if (!(Math.abs(scores[i]!) <= MAX_SCORE)) return i;
  return -1;
}

/** The root has it for itself, so that a node without children, whose base is 0, finds nothing there. */
const ROOT_BLOCK = 256;

function trieDepth(trie: Trie, pieces: Pieces, labels: number, userDefined: boolean): number {
  const { pieceBytes, pieceStart, pieceType, unkId } = pieces;
  // Of the nodes that a key leads to, and of the keys, there must be as many as of all.
  const left = countNodes(trie, labels);
  if (left === undefined) return -1;
  const reached = new Uint8Array(trie.length >> 1);
  let depth = 0;
  for (let value = 0; value < labels; value++) {
    const type = pieceType[value] ?? PieceType.normal;
    if (type !== PieceType.userDefined && (userDefined || type !== PieceType.normal)) continue;
    const id = value < pieceType.length ? value : unkId;
    const begin = pieceStart[id]!;
    const end = pieceStart[id + 1]!;
    let node = 0;
    for (let at = begin; at < end; at++) {
      const byte = pieceBytes[at]!;
      node = (trie[2 * node]! >>> 9) ^ byte;
      if ((trie[2 * node]! & 0x1ff) !== byte + 1) return -1;
      if (reached[node] === 0) left.nodes--;
      reached[node] = 1;
    }
    if (node === 0 || trie[2 * node + 1] !== value) return -1;
    left.keys--;
    if (end - begin > depth) depth = end - begin;
  }
  return left.nodes === 0 && left.keys === 0 ? depth : -1;
}

/** How many nodes and keys there are; undefined if a base, label or value is none, or two nodes have one base. */
function countNodes(trie: Trie, labels: number): { nodes: number; keys: number } | undefined {
  const taken = new Uint8Array(trie.length >> 1);
  let nodes = 0;
  let keys = 0;
  for (let node = 0; node < taken.length; node++) {
    const unit = trie[2 * node]!;
    const value = trie[2 * node + 1]!;
    const base = unit >>> 9;
    const label = unit & 0x1ff;
    if (base >= taken.length || label > 256 || value < -1 || value >= labels) return undefined;
    if (node < ROOT_BLOCK && label !== 0) return undefined;
    if (label !== 0) {
      nodes++;
      if (value >= 0) keys++;
    }
    if (base === 0) continue;
    if (base < ROOT_BLOCK || taken[base] !== 0) return undefined;
    taken[base] = 1;
  }
  return { nodes, keys };
}
