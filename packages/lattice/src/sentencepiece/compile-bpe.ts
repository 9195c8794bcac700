import { LatticeError } from "../lattice-error.ts";
import { compileModel, type Merges, type Model, type PieceTable, PieceType } from "../model/model.ts";
import { provide } from "../model/parts.ts";
import { segmentWord } from "../subword/segment-word.ts";
import { wordEdges } from "../subword/word-edges.ts";

/**
 * Makes the BPE models of SentencePiece usable in this thread. Whoever reads one has no need of it; a worker to which one
 * was sent has.
 */
export function enableBpe(): void {
  provide({ segmentWord, wordEdges });
}

/**
 * A BPE model of the pieces of a file. Its merges are told by the scores: any two symbols that make a piece together are
 * joined, those first that make the piece of the highest score.
 *
 * @throws {@link LatticeError} `unsupported` (at: piece id) for a piece with a character that is no piece by itself, of
 * which no merge could tell.
 */
export function compileBpe(table: PieceTable, rest: Parameters<typeof compileModel>[1]): Model {
  enableBpe();
  const zeros = new Float64Array(table.score.length);
  const model = compileModel({ ...table, score: zeros }, rest);
  const subword = {
    merges: mergesOf(table),
    wholeFirst: false,
    continuing: new Uint8Array(0),
    ending: new Uint8Array(0),
    longestWord: 0,
    fuseUnknown: true,
  };
  return { ...model, kind: "bpe", subword };
}

function mergesOf({ bytes, start, score, type }: PieceTable): Merges {
  const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
  const idOf = new Map<string, number>();
  const names = Array.from(type, (kind, id) => {
    const name = utf8.decode(bytes.subarray(start[id], start[id + 1]));
    if (kind === PieceType.normal || kind === PieceType.userDefined || kind === PieceType.unused)
      idOf.set(name, id);
    return name;
  });
  const left: number[] = [];
  const right: number[] = [];
  const result: number[] = [];
  for (const id of idOf.values()) {
    const name = names[id]!;
    const characters = [...name];
    if (characters.length < 2) continue;
    const strange = characters.find((character) => !idOf.has(character));
    // The pieces of users are found as a whole before anything is merged.
    if (strange !== undefined && type[id] === PieceType.userDefined) continue;
    if (strange !== undefined)
      throw new LatticeError(
        "unsupported",
        `piece ${id} has the character ${JSON.stringify(strange)}, which is no piece by itself`,
        id,
      );
    for (let at = characters[0]!.length; at < name.length; at += name.codePointAt(at)! > 0xffff ? 2 : 1) {
      const before = idOf.get(name.slice(0, at));
      const after = before === undefined ? undefined : idOf.get(name.slice(at));
      if (before === undefined || after === undefined) continue;
      left.push(before);
      right.push(after);
      result.push(id);
    }
  }
  // Ranks of scores, the highest first; equal scores are of one rank.
  const distinct = [...new Set(result.map((id) => score[id]!))].sort((a, b) => b - a);
  const rankOf = new Map(distinct.map((value, rank) => [value, rank]));
  return {
    left: Int32Array.from(left),
    right: Int32Array.from(right),
    result: Int32Array.from(result),
    rank: Int32Array.from(result, (id) => rankOf.get(score[id]!)!),
  };
}
