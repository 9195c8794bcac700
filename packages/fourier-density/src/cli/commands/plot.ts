import type { Command } from "@lemmata/filter";
export const plotCommand: Command = { name: "plot", summary: "", help: "", async run() {} };
