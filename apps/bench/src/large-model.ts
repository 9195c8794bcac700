import { modelBytes, textLines } from "@lemmata/data";

/**
 * A SentencePiece model file of so many pieces: the bundled English one, and behind it the runs of two to four
 * characters that are most frequent in the bundled Chinese and Japanese texts, with the logarithms of their shares.
 */
export function largeModel(pieces: number): Uint8Array {
  const counts = new Map<string, number>();
  let total = 0;
  for (const line of [...textLines("sanguo_40"), ...textLines("wagahaiwa_nekodearu")])
    for (const run of line.match(/[\u3041-\u30fe\u4e00-\u9fff]+/g) ?? [])
      for (let from = 0; from < run.length; from++, total++)
        for (let size = 2; size <= 4 && from + size <= run.length; size++) {
          const piece = run.slice(from, from + size);
          counts.set(piece, (counts.get(piece) ?? 0) + 1);
        }
  const english = modelBytes("trained_en_8000");
  const most = [...counts]
    .sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))
    .slice(0, pieces - 8000);
  // A repeated field of a message may go on anywhere, and so behind the file.
  return Buffer.concat([
    english,
    ...most.map(([piece, count]) => pieceField(piece, Math.log(count / total))),
  ]);
}

/** A piece in the wire format: field 1 of the model, with its text (1) and its score (2). */
function pieceField(piece: string, score: number): Uint8Array {
  const text = new TextEncoder().encode(piece);
  const field = new Uint8Array(2 + 2 + text.length + 5);
  field.set([0x0a, field.length - 2, 0x0a, text.length]);
  field.set(text, 4);
  field[4 + text.length] = 0x15;
  new DataView(field.buffer).setFloat32(5 + text.length, score, true);
  return field;
}
