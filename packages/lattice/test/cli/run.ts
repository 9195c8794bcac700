import { commandAt } from "@lemmata/testing/command";

export { modelPath } from "@lemmata/data";
export { temporaryDirectory } from "@lemmata/testing/command";

export const { run, start } = commandAt(new URL("../../src/cli.ts", import.meta.url));
