// tiktoken, Rust compiled to WebAssembly, with the pieces and the pattern of a byte-level tokenizer.json.
import type { Prepare } from "../src/task.ts";
import { installed, versionOf } from "./installed.ts";

const { Tiktoken } = await installed<{
  Tiktoken: new (
    ranks: string,
    special: Record<string, number>,
    pattern: string,
  ) => { encode(text: string, allowed: string[], disallowed: string[]): Uint32Array };
}>("tiktoken");

interface Document {
  readonly added_tokens: readonly { readonly content: string; readonly id: number }[];
  readonly model: { readonly vocab: Readonly<Record<string, number>> };
  readonly pre_tokenizer: {
    readonly pretokenizers?: readonly { readonly pattern: { readonly Regex: string } }[];
  };
}

/** What ByteLevel cuts by where the file has no pattern of its own. */
const GPT_2 = String.raw`'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`;

const versions = versionOf("tiktoken");

export const encode: Prepare = ({ model, lines }) => {
  const document = JSON.parse(new TextDecoder().decode(model)) as Document;
  const special = Object.fromEntries(document.added_tokens.map(({ content, id }) => [content, id]));
  const ranks = Object.entries(document.model.vocab)
    .filter(([piece]) => !(piece in special))
    .map(([piece, id]) => `${base64Of(piece)} ${id}`);
  const pattern = document.pre_tokenizer.pretokenizers?.[0]?.pattern.Regex ?? GPT_2;
  const tokenizer = new Tiktoken(ranks.join("\n"), special, pattern);
  return {
    versions,
    run() {
      let count = 0;
      for (const line of lines) count += tokenizer.encode(line, [], []).length;
      return count;
    },
    output: () => lines.map((line) => tokenizer.encode(line, [], []).join(" ")),
  };
};

/** The bytes that a piece of a byte-level vocabulary stands for. */
function base64Of(piece: string): string {
  return Buffer.from(Array.from(piece, (character) => BYTES.get(character)!)).toString("base64");
}

const BYTES: ReadonlyMap<string, number> = new Map(
  Array.from({ length: 256 }, (_, byte) => byte)
    .map((byte) => [(byte > 0x20 && byte < 0x7f) || (byte > 0xa0 && byte !== 0xad), byte] as const)
    .map(([printable, byte], _, all) => {
      const before = all.slice(0, byte).filter(([shown]) => !shown).length;
      return [String.fromCharCode(printable ? byte : 0x100 + before), byte];
    }),
);
