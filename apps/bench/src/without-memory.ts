/** A piece that begins a second word, as no text here does, so that words cannot be taken one by one. */
const NAME = new TextEncoder().encode("▁\u{10ffff}▁");

/**
 * A SentencePiece model file that segments as the one given, and whose words `@lemmata/lattice` does not remember: what a
 * text costs that has nothing twice.
 */
export function withoutMemory(file: Uint8Array): Uint8Array {
  const score = new Uint8Array(Float32Array.of(-9).buffer);
  // A SentencePiece message: its name, field 1, and its score, field 2; of the model, it is field 1.
  const piece = [0x0a, NAME.length, ...NAME, 0x15, ...score];
  return Uint8Array.from([...file, 0x0a, piece.length, ...piece]);
}
