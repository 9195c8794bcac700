import { LatticeError } from "../lattice-error.ts";

/** A document given as text, as bytes, or parsed already. */
export function parsedJson(json: string | Uint8Array | object): unknown {
  if (typeof json !== "string" && (typeof json !== "object" || json === null))
    throw new LatticeError("argument", "json must be the file's text or bytes, or the parsed document");
  if (typeof json === "object" && !(json instanceof Uint8Array)) return json;
  try {
    return JSON.parse(
      typeof json === "string" ? json : new TextDecoder("utf-8", { fatal: true }).decode(json),
    );
  } catch (error) {
    throw new LatticeError("format", `not JSON: ${(error as Error).message}`);
  }
}
