import { articleCase } from "./article-case.ts";
import { oneWord } from "./one-word.ts";
import type { Scene } from "./scene.ts";
import { twoScripts } from "./two-scripts.ts";
import { wholeCorpus } from "./whole-corpus.ts";

/** The main job, in the order of its telling. */
export const scenes: readonly Scene[] = [oneWord, articleCase, twoScripts, wholeCorpus];
