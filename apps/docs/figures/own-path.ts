import { encode, type Model, type TextLattice } from "@lemmata/lattice";

/**
 * The path of a text's lattice that `encode` takes, for a model whose pieces have no scores: what its merges, or its
 * longest matches, make. Undefined where the model's own way leads out of the lattice, as WordPiece can.
 */
export function ownPath(model: Model, lattice: TextLattice, text: string): Int32Array | undefined {
  const { length, rowStart, end, label } = lattice;
  const { ids } = encode(model, text, { specialTokens: false });
  const edges: number[] = [];
  let node = 0;
  const edgeOf = (id: number): number => {
    const at = label.subarray(rowStart[node], rowStart[node + 1]).indexOf(id);
    return at < 0 ? -1 : rowStart[node]! + at;
  };
  for (let i = 0; node < length;) {
    const known = i < ids.length ? edgeOf(ids[i]!) : -1;
    const edge = known < 0 ? edgeOf(model.unkId) : known;
    if (edge < 0) return undefined;
    // An unknown character is its bytes, an unknown piece, or part of the unknown piece that came before.
    if (known >= 0) i++;
    else if (model.byteId.length > 0) i += end[edge]! - node;
    else if (ids[i - 1] !== model.unkId) return undefined;
    edges.push(edge);
    node = end[edge]!;
  }
  return Int32Array.from(edges);
}
