import { LatticeError } from "../lattice-error.ts";
import { type Model, PieceType, pieceStrings } from "../model/model.ts";
import { lookUp } from "../model/trie.ts";

/**
 * Whether a word of BPE that has these characters side by side is segmented as its two sides are: if no piece has them
 * side by side, no merge goes across, and what is merged on one side is no matter to the other.
 */
export type WordSeam = (left: string, right: string) => boolean;

/**
 * @throws {@link LatticeError} `unsupported` for a model whose words cannot be told piece by piece.
 * @remarks Builds a table of the neighbours in all pieces: O(characters of the pieces), 1 MB.
 */
export function wordSeam(model: Model): WordSeam {
  requireMerges(model);
  const { trie } = model;
  const table = new Uint8Array(1 << 20);
  for (const piece of pieceStrings(model)) {
    let left = -1;
    for (const character of piece) {
      const right = character.codePointAt(0)!;
      if (left >= 0) mark(table, left, right);
      left = right;
    }
  }
  const known = new Map<string, boolean>();
  // What is unknown may be one with what is unknown beside it.
  const isKnown = (character: string): boolean => {
    let found = known.get(character);
    if (found === undefined) {
      const bytes = utf8.encode(character);
      found = lookUp(trie, bytes, 0, bytes.length) >= 0;
      if (known.size < MOST_KNOWN) known.set(character, found);
    }
    return found;
  };
  return (left, right) =>
    !isMarked(table, left.codePointAt(0)!, right.codePointAt(0)!) && isKnown(left) && isKnown(right);
}

const MOST_KNOWN = 1 << 16;
const utf8 = new TextEncoder();

function requireMerges({ kind, byteLevel, subword, pieceType }: Model): void {
  if (kind !== "bpe")
    throw new LatticeError(
      "unsupported",
      `nothing cuts this ${kind} model's text into words, so that its first piece may depend on its last: use encodeIds`,
    );
  const { merges, continuing, ending } = subword!;
  if (byteLevel || continuing.length > 0 || ending.length > 0)
    throw new LatticeError(
      "unsupported",
      `nothing cuts this model's text into words, and its pieces are ${byteLevel ? "bytes" : "those of words"}: use encodeIds`,
    );
  const unused = new Set<number>();
  for (const id of merges.result) {
    if (pieceType[id] !== PieceType.unused) continue;
    // How it is taken apart is told by the merge that was seen last in the whole text.
    if (unused.has(id))
      throw new LatticeError(
        "unsupported",
        `piece ${id} is not in use and made by several merges: use encodeIds`,
        id,
      );
    unused.add(id);
  }
}

// A pair that has the bit of another is taken for a neighbour too, which costs a seam and nothing else.

function bitOf(left: number, right: number): number {
  const mixed = Math.imul(Math.imul(left, 0x9e3779b1) ^ right, 0x85ebca6b);
  return (mixed ^ (mixed >>> 15)) & 0x7fffff;
}

function mark(table: Uint8Array, left: number, right: number): void {
  const bit = bitOf(left, right);
  table[bit >> 3]! |= 1 << (bit & 7);
}

function isMarked(table: Uint8Array, left: number, right: number): boolean {
  const bit = bitOf(left, right);
  return (table[bit >> 3]! & (1 << (bit & 7))) !== 0;
}
