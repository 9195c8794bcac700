import { styleText } from "node:util";

/** What colours mean here. On a terminal that wants none (`NO_COLOR`), or in a file, all leave the text as it is. */
export const ink = {
  /** A scene's title. */
  title: (text: string): string => styleText("bold", text),
  /** What a figure is read by. */
  quiet: (text: string): string => styleText("dim", text),
  exact: (text: string): string => styleText("bold", text),
  perfect: (text: string): string => styleText("cyan", text),
  earlier: (text: string): string => styleText("yellow", text),
} as const;
