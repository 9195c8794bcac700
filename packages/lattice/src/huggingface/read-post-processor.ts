import type { Template, TemplateItem } from "../model/pipeline.ts";
import { PLAIN } from "../segment/special-tokens.ts";
import type { JsonField } from "./json-field.ts";
import { isSame } from "./same-data.ts";

/** Type ids are small; this is what a typed array of 32 bits holds. */
export const MAX_TYPE_ID: number = 2 ** 31;

/** The post_processor of a tokenizer.json as a template for ids below `size`; the texts alone for null. */
export function readPostProcessor(field: JsonField, size: number): Template {
  if (field.isMissing) return PLAIN;
  const type = field.at("type").text();
  switch (type) {
    case "Sequence": {
      const steps = field
        .at("processors")
        .items()
        .map((step) => readPostProcessor(step, size));
      const filled = steps.filter((step) => !isSame({ ...step, trim: null }, PLAIN));
      if (filled.length > 1)
        throw field.unsupported("a sequence of more than one post-processor with tokens");
      const trim = steps.find((step) => step.trim !== null)?.trim ?? null;
      return { ...(filled[0] ?? PLAIN), trim };
    }
    case "ByteLevel":
      return field.at("trim_offsets").boolean(true)
        ? { ...PLAIN, trim: { keepsFirst: field.at("add_prefix_space").boolean(true) } }
        : PLAIN;
    case "TemplateProcessing":
      return readTemplate(field, size);
    case "BertProcessing": {
      const cls = readToken(field.at("cls"), size);
      const sep = readToken(field.at("sep"), size);
      return {
        single: [cls(0), { text: 0, typeId: 0 }, sep(0)],
        pair: [cls(0), { text: 0, typeId: 0 }, sep(0), { text: 1, typeId: 1 }, sep(1)],
        trim: null,
      };
    }
    case "RobertaProcessing": {
      const cls = readToken(field.at("cls"), size);
      const sep = readToken(field.at("sep"), size);
      const keepsFirst = field.at("add_prefix_space").boolean();
      return {
        single: [cls(0), { text: 0, typeId: 0 }, sep(0)],
        pair: [cls(0), { text: 0, typeId: 0 }, sep(0), sep(0), { text: 1, typeId: 0 }, sep(0)],
        trim: field.at("trim_offsets").boolean() ? { keepsFirst } : null,
      };
    }
    default:
      throw field.unsupported(`the post-processor ${JSON.stringify(type)}`);
  }
}

/** A special token as `["</s>", 2]`. */
function readToken(field: JsonField, size: number): (typeId: number) => TemplateItem {
  const [piece, id, more] = field.items();
  if (piece === undefined || id === undefined || more !== undefined) throw field.fault("a token and its id");
  const pieces = [piece.text()];
  const ids = [id.index(size)];
  return (typeId) => ({ ids, pieces, typeId });
}

function readTemplate(field: JsonField, size: number): Template {
  const tokens = field.at("special_tokens");
  const readItem = (item: JsonField): TemplateItem => {
    const sequence = item.at("Sequence");
    if (!sequence.isMissing) {
      const text = sequence.at("id").oneOf(["A", "B"]) === "A" ? 0 : 1;
      return { text, typeId: sequence.at("type_id").index(MAX_TYPE_ID) };
    }
    const special = item.at("SpecialToken");
    const token = tokens.at(special.at("id").text());
    const ids = token
      .at("ids")
      .items()
      .map((id) => id.index(size));
    const pieces = token
      .at("tokens")
      .items()
      .map((piece) => piece.text());
    if (ids.length !== pieces.length) throw token.at("tokens").fault("as many tokens as ids");
    return { ids, pieces, typeId: special.at("type_id").index(MAX_TYPE_ID) };
  };
  const readItems = (list: JsonField, texts: 1 | 2): TemplateItem[] => {
    const items = list.items().map(readItem);
    const order = items.flatMap((item) => ("text" in item ? [item.text] : []));
    if (order.length !== texts || new Set(order).size !== texts || !order.includes(0))
      throw list.unsupported("a text that is not there just once");
    return items;
  };
  return { single: readItems(field.at("single"), 1), pair: readItems(field.at("pair"), 2), trim: null };
}
