import { LatticeError } from "../lattice-error.ts";
import type { Template, TemplateItem } from "../model/pipeline.ts";
import { PLAIN } from "../segment/special-tokens.ts";

/** A template as the post_processor of a tokenizer.json; null for the texts alone. */
export function writePostProcessor(template: Template): object | null {
  const { single, pair, trim } = template;
  if (trim !== null) return writeRoberta(single, pair, trim.keepsFirst);
  if (isSame(template, PLAIN)) return null;
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

/** The one template whose offsets are trimmed. */
function writeRoberta(
  single: readonly TemplateItem[],
  pair: readonly TemplateItem[],
  keepsFirst: boolean,
): object {
  const [cls, first, sep] = single as [Special, TemplateItem, Special];
  const second = { text: 1, typeId: 0 };
  const expected = [
    [cls, { text: 0, typeId: 0 }, sep],
    [cls, first, sep, sep, second, sep],
  ];
  if (!isSame([single, pair], expected) || cls.ids.length !== 1 || sep.ids.length !== 1)
    throw new LatticeError(
      "unsupported",
      "RobertaProcessing alone trims offsets, and the template is another",
    );
  return {
    type: "RobertaProcessing",
    sep: [sep.pieces[0], sep.ids[0]],
    cls: [cls.pieces[0], cls.ids[0]],
    trim_offsets: true,
    add_prefix_space: keepsFirst,
  };
}

/** Whether two values of plain data are the same, fields in the same order. */
function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
