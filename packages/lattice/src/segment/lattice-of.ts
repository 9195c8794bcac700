import { type Lattice, trustLattice } from "../lattice.ts";
import type { Model } from "../model/model.ts";
import { buffers } from "../text/buffers.ts";
import { characterLength, normalizeToBuffers } from "../text/normalize.ts";

/**
 * The lattice of a text: its nodes are the byte offsets of the normalised text (those inside a character have no
 * edges), its edges all pieces found there, and for a character that is no piece by itself the unknown piece.
 */
export interface TextLattice extends Lattice {
  /** The normalised text in UTF-8. */
  readonly bytes: Uint8Array;
  /** UTF-16 offset in the text as given, for each node: `length + 1` entries. */
  readonly origin: Int32Array;
}

/**
 * Builds the lattice of all segmentations of a text.
 *
 * @throws {@link LatticeError} `argument` if `text` is not a string.
 * @remarks O(length · longest piece); at most length · m − m(m − 1)/2 edges between characters, for pieces of up to
 * m characters. Only a model without an unknown piece can leave a text without a path.
 */
export function latticeOf(model: Model, text: string): TextLattice {
  const length = normalizeToBuffers(model.normalizer, text);
  const bytes = buffers.bytes.slice(0, length);
  const { trie, unkId } = model;
  const rootBase = trie[0]! >>> 9;
  const rowStart = new Int32Array(length + 1);
  let end = new Int32Array(4 * length + 16);
  let label = new Int32Array(end.length);
  let count = 0;
  let s = 0;
  while (s < length) {
    if (count + model.longestPiece + 1 > end.length) {
      end = grown(end, count, model.longestPiece);
      label = grown(label, count, model.longestPiece);
    }
    const first = count;
    const single = Math.min(s + characterLength(bytes[s]!), length);
    let covered = unkId < 0;
    let base = rootBase;
    for (let at = s; at < length;) {
      const byte = bytes[at]!;
      const slot = (base ^ byte) << 1;
      const unit = trie[slot]!;
      if ((unit & 0x1ff) !== byte + 1) break;
      base = unit >>> 9;
      at++;
      const id = trie[slot + 1]!;
      if (id < 0) continue;
      if (at === single) covered = true;
      end[count] = at;
      label[count++] = id;
    }
    if (!covered) {
      // Ends rise along a row: a piece that ends inside the character goes first.
      let place = count++;
      for (; place > first && end[place - 1]! > single; place--) {
        end[place] = end[place - 1]!;
        label[place] = label[place - 1]!;
      }
      end[place] = single;
      label[place] = unkId;
    }
    rowStart.fill(count, s + 1, single + 1);
    s = single;
  }
  const lattice: TextLattice = {
    length,
    rowStart,
    end: end.slice(0, count),
    label: label.slice(0, count),
    labelScore: model.labelScore,
    bytes,
    origin: buffers.origin.slice(0, length + 1),
  };
  trustLattice(lattice);
  return lattice;
}

function grown(array: Int32Array<ArrayBuffer>, used: number, more: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * array.length + more);
  larger.set(array.subarray(0, used));
  return larger;
}
