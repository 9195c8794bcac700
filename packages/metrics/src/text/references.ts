import { MetricsError } from "../metrics-error.ts";
import { textOf } from "../text-of.ts";

/** The reference of one segment, or several that are as good. */
export type References = string | readonly string[];

/**
 * The references of one segment as a list.
 *
 * @throws {@link MetricsError} `empty`, `argument`, `text`.
 */
export function referencesOf(references: References): readonly string[] {
  const list = typeof references === "string" ? [references] : references;
  if (!Array.isArray(list))
    throw new MetricsError("argument", "references must be a string or an array of strings");
  if (list.length === 0) throw new MetricsError("empty", "a segment has no reference");
  list.forEach((reference, i) => textOf(reference, "a reference", i));
  return list as readonly string[];
}

/**
 * Refuses two lists that do not belong together, segment by segment.
 *
 * @throws {@link MetricsError} `argument`, `length`, `empty`.
 */
export function requireSegments(outputs: readonly string[], references: readonly References[]): void {
  if (!Array.isArray(outputs) || !Array.isArray(references))
    throw new MetricsError("argument", "want an array of texts and an array with the references of each");
  if (outputs.length !== references.length)
    throw new MetricsError(
      "length",
      `${outputs.length} texts and references for ${references.length}: want those of each text at its place`,
    );
  if (outputs.length === 0) throw new MetricsError("empty", "there are no segments");
}
