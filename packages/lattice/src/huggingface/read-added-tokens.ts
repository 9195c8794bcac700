import type { AddedToken, NormalizeStep } from "../model/pipeline.ts";
import { normalizedContent } from "../pipeline/run-pipeline.ts";
import type { JsonField } from "./json-field.ts";

/** The added tokens of a tokenizer.json, with what they are called. */
export interface AddedTokens {
  readonly tokens: readonly AddedToken[];
  /** Names of those that are not in the vocabulary; their ids follow it in this order. */
  readonly names: readonly string[];
}

/**
 * Reads added tokens. Hugging Face gives them their ids itself, that of the piece of the same name or the next one
 * after the vocabulary, whatever the file says: a file that says otherwise is refused.
 */
export function readAddedTokens(
  field: JsonField,
  vocabulary: ReadonlyMap<string, number>,
  normalizers: readonly NormalizeStep[],
): AddedTokens {
  const tokens: AddedToken[] = [];
  const names: string[] = [];
  const patterns = new Set<string>();
  for (const item of field.isMissing ? [] : field.items()) {
    const content = item.at("content").text();
    if (content === "") throw item.at("content").fault("a token");
    const normalized = item.at("normalized").boolean();
    const pattern = normalized ? normalizedContent({ normalizers }, content) : content;
    if (pattern === "") throw item.at("content").fault("a token that normalisation leaves something of");
    const key = `${normalized} ${pattern}`;
    if (patterns.has(key)) throw item.at("content").fault("a token that is not there already");
    patterns.add(key);
    const expected = vocabulary.get(content) ?? vocabulary.size + names.length;
    const id = item.at("id");
    if (id.value !== expected) throw id.fault(`${expected}, the id of ${JSON.stringify(content)}`);
    if (expected >= vocabulary.size) names.push(content);
    tokens.push({
      id: expected,
      pattern,
      normalized,
      lstrip: item.at("lstrip").boolean(),
      rstrip: item.at("rstrip").boolean(),
      singleWord: item.at("single_word").boolean(),
      special: item.at("special").boolean(),
    });
  }
  return { tokens, names };
}
