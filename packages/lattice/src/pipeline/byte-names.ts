import { validLength } from "../text/valid-length.ts";

/** A byte in the name of a piece. */
const BYTE = /<0x([0-9A-F]{2})>/;

/**
 * The name of a piece of bytes: its characters as they are, and a byte that is part of none as `<0xAB>`. Where the
 * piece itself reads like that, its `<` is written as a byte too, so that no two pieces have one name.
 */
export function nameOfBytes(bytes: Uint8Array): string {
  const name = utf8.decode(bytes);
  if (!name.includes("\ufffd") && !BYTE.test(name)) return name;
  let spelled = "";
  for (let at = 0; at < bytes.length;) {
    const length = Math.max(0, validLength([...bytes.subarray(at, at + 4)]));
    const isByte = length === 0 || (bytes[at] === LESS && BYTE.test(utf8.decode(bytes.subarray(at, at + 6))));
    const end = at + Math.max(1, length);
    spelled += isByte ? byteName(bytes[at]!) : utf8.decode(bytes.subarray(at, end));
    at = end;
  }
  return spelled;
}

function byteName(byte: number): string {
  return `<0x${byte.toString(16).toUpperCase().padStart(2, "0")}>`;
}

const LESS = 0x3c;
const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

/** Puts the text of named pieces of bytes together. Bytes that are no part of a character are left out. */
export class ByteNameDecoder {
  /** Bytes that may begin a character. */
  private pending: number[] = [];

  /** The text that this piece settles. */
  push(name: string): string {
    if (!name.includes("<0x")) return this.whole(name);
    // Between the bytes, whose digits stand at the odd places, is what is whole.
    return name
      .split(BYTE)
      .map((part, i) => (i % 2 === 1 ? this.byte(Number.parseInt(part, 16)) : this.whole(part)))
      .join("");
  }

  end(): void {
    this.pending = [];
  }

  private whole(text: string): string {
    if (text !== "") this.end();
    return text;
  }

  private byte(byte: number): string {
    const { pending } = this;
    pending.push(byte);
    while (pending.length > 0 && validLength(pending) === 0) pending.shift();
    return validLength(pending) === pending.length ? utf8.decode(Uint8Array.from(pending.splice(0))) : "";
  }
}
