import stringWidth from "string-width";

/** A column: which side its cells keep to, and what colours a cell once it has its width. */
export interface Column {
  readonly align: "left" | "right";
  readonly ink?: (text: string) => string;
}

/**
 * Lays cells out in columns with `gap` spaces between them. A Chinese or Japanese character takes two places, and no
 * line ends in spaces.
 */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[], gap = 3): string[] {
  const widths = columns.map((_, c) => Math.max(...rows.map((row) => stringWidth(row[c] ?? ""))));
  return rows.map((row) => {
    const last = row.findLastIndex((cell) => cell !== "");
    const cells = columns.slice(0, last + 1).map(({ align, ink = (text) => text }, c) => {
      const cell = row[c] ?? "";
      const space = " ".repeat(widths[c]! - stringWidth(cell));
      if (align === "right") return space + ink(cell);
      return c === last ? ink(cell) : ink(cell) + space;
    });
    return cells.join(" ".repeat(gap));
  });
}
