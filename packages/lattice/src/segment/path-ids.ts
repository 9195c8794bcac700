import type { Model } from "../model/model.ts";
import type { PreTokens } from "../model/pipeline.ts";
import { lookUp } from "../model/trie.ts";
import type { PathEdges } from "./searcher.ts";

/** The ids of the path that a search has found over normalised bytes. */
export function pathIds(
  model: Model,
  bytes: Uint8Array,
  { label, end }: PathEdges,
  preTokens?: PreTokens,
): Int32Array {
  const ids: number[] = [];
  /** Where a run of unknown characters began, or −1. */
  let unknownFrom = -1;
  let start = 0;
  const settle = (): void => {
    if (unknownFrom >= 0) for (const id of unknownRun(model, bytes, unknownFrom, start).ids) ids.push(id);
    unknownFrom = -1;
  };
  for (let i = 0, cut = 0; i < end.length; i++) {
    if (preTokens !== undefined && start === preTokens.end[cut]) {
      settle();
      cut++;
    }
    if (isUnknown(model, label[i]!) && !((preTokens?.added[cut] ?? -1) >= 0)) {
      if (model.subword?.fuseUnknown === false) settle();
      if (unknownFrom < 0) unknownFrom = start;
    } else {
      settle();
      ids.push(label[i]!);
    }
    start = end[i]!;
  }
  settle();
  return Int32Array.from(ids);
}

/** Whether an edge is the unknown piece, for an unknown character or, with a label beyond all ids, by its own name. */
export function isUnknown({ unkId, pieceType }: Model, label: number): boolean {
  return label === unkId || label >= pieceType.length;
}

/**
 * The ids of a run of unknown characters, `bytes[start]` … `bytes[end − 1]`: those of its bytes, if the model has them
 * all (then it is `spelled`), or the unknown one. With a Unigram tokenizer.json, a run that is the name of a piece is that piece.
 */
export function unknownRun(
  model: Model,
  bytes: Uint8Array,
  start: number,
  end: number,
): { readonly ids: readonly number[]; readonly spelled: boolean } {
  const { unkId, byteId, trie } = model;
  const named = model.pipeline === null || model.subword !== null ? -1 : lookUp(trie, bytes, start, end);
  if (named >= 0) return { ids: [isUnknown(model, named) ? unkId : named], spelled: false };
  const ids = byteId.length === 0 ? [] : Array.from(bytes.subarray(start, end), (byte) => byteId[byte]!);
  const spelled = ids.length > 0 && !ids.includes(-1);
  return { ids: spelled ? ids : [unkId], spelled };
}
