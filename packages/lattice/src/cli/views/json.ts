import type { View } from "./view.ts";

/** Everything, as JSON. The number of segmentations is a string, since it can have any length. */
export function asJson(view: View): string {
  const { characters, segmentations, ...rest } = view;
  const shown = { ...rest, normalized: characters.join(""), segmentations: String(segmentations) };
  return `${JSON.stringify(shown)}\n`;
}
