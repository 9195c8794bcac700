import { textLines, type TextName } from "@lemmata/data";
import type { Input } from "./suite.ts";

/**
 * Each line of a bundled text after what chance has made of it, with a tab between: a sixth of its words (characters, where
 * there are no spaces) are gone, and a tenth are others of the line.
 *
 * @param pairs - How many there shall be: from its end, the text begins anew, and chance goes on. As many as it has lines
 * if left out.
 */
export function textPairs(name: string, title: string, text: TextName, pairs?: number): Input {
  let state = 1;
  const chance = (): number => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
  const references = textLines(text);
  const lines = Array.from({ length: pairs ?? references.length }, (_, i) => {
    const reference = references[i % references.length]!.replaceAll("\t", " ");
    const glue = reference.includes(" ") ? " " : "";
    const words = reference.split(glue);
    const kept = words
      .filter(() => chance() > 1 / 6)
      .map((word) => (chance() < 0.1 ? words[Math.floor(chance() * words.length)]! : word));
    return `${kept.join(glue).trim() || reference.trim()}\t${reference}`;
  });
  return {
    name,
    description: `lines of ${title}, each with what chance made of it`,
    model: new Uint8Array(),
    lines,
  };
}
