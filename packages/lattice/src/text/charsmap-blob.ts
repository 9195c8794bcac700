import type { Normalizer } from "../model/model.ts";

/**
 * A character map as model files hold it: the length of its Darts double array in bytes (uint32, little-endian), the
 * array, and the strings that its values point into; no bytes for one without rules.
 */
export function charsmapBlob({
  rules,
  replacements,
}: Pick<Normalizer, "rules" | "replacements">): Uint8Array<ArrayBuffer> {
  if (rules.length === 0) return new Uint8Array(0);
  const blob = new Uint8Array(4 + rules.byteLength + replacements.length);
  new DataView(blob.buffer).setUint32(0, rules.byteLength, true);
  blob.set(new Uint8Array(rules.buffer, rules.byteOffset, rules.byteLength), 4);
  blob.set(replacements, 4 + rules.byteLength);
  return blob;
}
