import { MAX_SCORE } from "../lattice.ts";
import { type Model, PieceType } from "../model/model.ts";
import type { Trie } from "../model/trie.ts";
import { badRule } from "../text/charsmap-fault.ts";

/** What of a model the keys of a trie are told by. */
export type Pieces = Pick<Model, "pieceBytes" | "pieceStart" | "pieceType" | "unkId" | "byteLevel">;

/** The checks that go through whole arrays. Each finds the first place that is not sound, −1 for none. */
export interface Checks {
  /** MurmurHash3 of 32-bit words (x86, 32 bits, seed 0; Austin Appleby). A change of any one word changes it. */
  checksum(words: Int32Array): number;
  /** A piece that ends before it begins, begins inside a character, or is of no known type. */
  badPiece(pieces: Pieces): number;
  /** A score that is not one. */
  badScore(scores: Float64Array): number;
  /** A rule of a character map: see {@link badRule}. */
  badRule(rules: Uint32Array, strings: number): number;
  /**
   * Whether a trie is just that of some pieces: each of its nodes lies on the way from the root to a piece that can match
   * text, under the piece's name (which the keys of a byte-level model are not), and no base leads out of it.
   *
   * @param labels - What its values lie below: the number of pieces, or one more, for the unknown piece's name.
   * @returns Undefined if it is no such trie.
   * @remarks O(nodes + bytes of the keys). A key is walked from its end: a node is the child of the one node that has its
   * base.
   */
  surveyTrie(trie: Trie, pieces: Pieces, labels: number): TrieSurvey | undefined;
}

export interface TrieSurvey {
  /** The length of the longest key. */
  readonly depth: number;
  /** How many pieces that can match text are not there. */
  readonly missing: number;
}

/** The checks in plain TypeScript, for where WebAssembly is not to be had, and as the oracle of the kernel. */
export const plainChecks: Checks = { checksum, badPiece, badScore, badRule, surveyTrie };

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
    if (end < begin || pieceType[id]! < PieceType.normal || pieceType[id]! > PieceType.byte) return id;
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

function surveyTrie(trie: Trie, pieces: Pieces, labels: number): TrieSurvey | undefined {
  const owner = ownersOf(trie, labels);
  if (owner === undefined) return undefined;
  const { pieceBytes, pieceStart, pieceType, unkId, byteLevel } = pieces;
  const reached = new Uint8Array(owner.length);
  const found = new Uint8Array(labels);
  const matches = (value: number): boolean =>
    value === pieceType.length ||
    pieceType[value] === PieceType.normal ||
    pieceType[value] === PieceType.userDefined;
  let depth = 0;
  for (let leaf = ROOT_BLOCK; leaf < owner.length; leaf++) {
    const value = trie[2 * leaf + 1]!;
    if ((trie[2 * leaf]! & 0x1ff) === 0 || value < 0) continue;
    if (found[value] !== 0 || !matches(value)) return undefined;
    found[value] = 1;
    // The key has the bytes of the name, and in any case no more of them.
    const id = value < pieceType.length ? value : unkId;
    const begin = pieceStart[id]!;
    const end = pieceStart[id + 1]!;
    let at = end;
    let node = leaf;
    while (node > 0) {
      const label = (trie[2 * node]! & 0x1ff) - 1;
      if (--at < begin || label < 0 || (!byteLevel && pieceBytes[at] !== label)) return undefined;
      reached[node] = 1;
      node = owner[node ^ label]!;
    }
    if (node < 0 || (!byteLevel && at !== begin)) return undefined;
    if (end - at > depth) depth = end - at;
  }
  for (let node = ROOT_BLOCK; node < owner.length; node++)
    if ((trie[2 * node]! & 0x1ff) !== 0 && reached[node] === 0) return undefined;
  let missing = 0;
  for (let value = 0; value < labels; value++) if (found[value] === 0 && matches(value)) missing++;
  return { depth, missing };
}

/** The node that has each base, −1 for none; undefined if a base, label or value is none, or two nodes have one base. */
function ownersOf(trie: Trie, labels: number): Int32Array | undefined {
  const owner = new Int32Array(trie.length >> 1).fill(-1);
  for (let node = 0; node < owner.length; node++) {
    const unit = trie[2 * node]!;
    const value = trie[2 * node + 1]!;
    const base = unit >>> 9;
    const label = unit & 0x1ff;
    if (base >= owner.length || label > 256 || value < -1 || value >= labels) return undefined;
    if (node < ROOT_BLOCK && label !== 0) return undefined;
    if (base === 0) continue;
    if (base < ROOT_BLOCK || owner[base]! >= 0) return undefined;
    owner[base] = node;
  }
  return owner;
}
