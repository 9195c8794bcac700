import type { Template, TemplateItem } from "../model/pipeline.ts";
import { PLAIN } from "../segment/special-tokens.ts";
import { isSame } from "./same-data.ts";

/** A template as the post_processor of a tokenizer.json; null for the texts alone. */
export function writePostProcessor(template: Template): object | null {
  const { trim } = template;
  const plain = writeTemplate(template);
  if (trim === null) return plain;
  const byteLevel = {
    type: "ByteLevel",
    add_prefix_space: trim.keepsFirst,
    trim_offsets: true,
    use_regex: true,
  };
  if (plain === null) return byteLevel;
  return writeRoberta(template, trim.keepsFirst) ?? { type: "Sequence", processors: [byteLevel, plain] };
}

function writeTemplate({ single, pair }: Template): object | null {
  if (isSame([single, pair], [PLAIN.single, PLAIN.pair])) return null;
  const special = new SpecialTokens();
  const writeItem = (item: TemplateItem): object =>
    "text" in item
      ? { Sequence: { id: item.text === 0 ? "A" : "B", type_id: item.typeId } }
      : { SpecialToken: { id: special.nameOf(item), type_id: item.typeId } };
  return {
    type: "TemplateProcessing",
    single: single.map(writeItem),
    pair: pair.map(writeItem),
    special_tokens: special.table,
  };
}

type Special = Extract<TemplateItem, { readonly ids: readonly number[] }>;

/** Special tokens under the names that the items of a template call them by. */
class SpecialTokens {
  readonly table: Record<string, { id: string; ids: readonly number[]; tokens: readonly string[] }> = {};

  nameOf({ ids, pieces }: Special): string {
    let id = pieces.join(" ");
    // Others may be called alike.
    while (Object.hasOwn(this.table, id) && !isSame(this.table[id]!.ids, ids)) id += "'";
    this.table[id] = { id, ids, tokens: pieces };
    return id;
  }
}

/** The template that one processor fills and trims the offsets of; undefined for any other. */
function writeRoberta({ single, pair }: Template, keepsFirst: boolean): object | undefined {
  const [cls, first, sep] = single as [Special, TemplateItem, Special];
  const second = { text: 1, typeId: 0 };
  const expected = [
    [cls, { text: 0, typeId: 0 }, sep],
    [cls, first, sep, sep, second, sep],
  ];
  if (!isSame([single, pair], expected) || cls.ids.length !== 1 || sep.ids.length !== 1) return undefined;
  return {
    type: "RobertaProcessing",
    sep: [sep.pieces[0], sep.ids[0]],
    cls: [cls.pieces[0], cls.ids[0]],
    trim_offsets: true,
    add_prefix_space: keepsFirst,
  };
}
