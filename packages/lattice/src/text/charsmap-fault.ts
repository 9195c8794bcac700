import type { Normalizer } from "../model/model.ts";
import { dartsOffset } from "./normalize.ts";

/**
 * Says what is wrong with a compiled character map, or undefined. One without a fault is read nowhere beyond its ends.
 *
 * @param find - What finds the first bad rule.
 */
export function charsmapFault(
  { rules, replacements }: Pick<Normalizer, "rules" | "replacements">,
  find: typeof badRule = badRule,
): string | undefined {
  if (replacements.length > 0 && replacements[replacements.length - 1] !== 0)
    return "the last string of the character map has no end";
  const bad = find(rules, replacements.length);
  return bad < 0 ? undefined : `rule ${bad} of the character map points beyond its strings or has no value`;
}

/** The first rule that is not sound, or −1: one with bit 31 is a value; one with bit 8 has a value below it. */
export function badRule(rules: Uint32Array, strings: number): number {
  for (let i = 0; i < rules.length; i++) {
    const unit = rules[i]!;
    if (unit >= 0x80000000) {
      if (unit - 0x80000000 >= strings) return i;
    } else if ((unit & 0x100) !== 0) {
      const below = (i ^ dartsOffset(unit)) >>> 0;
      if (below >= rules.length || rules[below]! < 0x80000000) return i;
    }
  }
  return -1;
}
