import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { ModelName, TextName } from "@lemmata/data";
import { encodeBatch, type Model } from "@lemmata/lattice";
import { createRng, sampleEncode } from "@lemmata/sampling";
import { grouped } from "../figures/format.ts";
import { ink } from "../terminal/ink.ts";
import { table } from "../terminal/table.ts";
import type { Scene } from "./scene.ts";

export const corpus: readonly { text: TextName; model: ModelName; language: string }[] = [
  { text: "botchan", model: "trained_en_8000", language: "English" },
  { text: "sanguo_40", model: "trained_zh_8000", language: "Chinese" },
  { text: "wagahaiwa_nekodearu", model: "spm_test_ja_model", language: "Japanese" },
];

/** For how long a job is done again and again, in seconds: enough for the compiler to have seen it often. */
const LONG_ENOUGH = 0.5;

export const wholeCorpus: Scene = {
  name: "whole-corpus",
  play: (stage) => {
    const parts = corpus.map(({ text, model, language }) => {
      const lines = stage.text(text);
      const read = stage.model(model);
      const best = timed(LONG_ENOUGH, () => encodeBatch(read, lines).ids);
      const drawn = timed(0, () => countSampled(read, lines, stage.seed));
      const file = writeIds(stage.out, text, best.result);
      return { language, file, ids: best.result.length, bytes: utf8Length(lines), best, drawn };
    });
    const sum = (of: (part: (typeof parts)[number]) => number): number =>
      parts.reduce((total, part) => total + of(part), 0);
    const bytes = sum((part) => part.bytes);
    const rate = (amount: number, seconds: number): string => (amount / 1e6 / seconds).toFixed(1);
    return [
      ink.title("All three books to ids"),
      ...table(
        [
          { align: "left" },
          { align: "right" },
          { align: "right" },
          { align: "right", ink: ink.exact },
          { align: "left", ink: ink.quiet },
        ],
        [
          ["", "MB", "ids", "MB/s", ""],
          ...parts.map((part) => [
            part.language,
            (part.bytes / 1e6).toFixed(2),
            grouped(part.ids),
            rate(part.bytes, part.best.seconds),
            part.file.startsWith(repository) ? relative(repository, part.file) : part.file,
          ]),
          [
            "together",
            (bytes / 1e6).toFixed(2),
            grouped(sum((part) => part.ids)),
            rate(
              bytes,
              sum((part) => part.best.seconds),
            ),
          ],
          [
            "sampled anew",
            (bytes / 1e6).toFixed(2),
            grouped(sum((part) => part.drawn.result)),
            rate(
              bytes,
              sum((part) => part.drawn.seconds),
            ),
            "alpha = 0.1, perfect sampling, one run",
          ],
        ],
      ),
      ink.quiet(`One thread, the median of half a second of runs. Files: little-endian uint16.`),
    ];
  },
};

const repository = fileURLToPath(new URL("../../..", import.meta.url));

/** Draws a segmentation of each line at alpha = 0.1 and turns it into ids; returns how many. */
function countSampled(model: Model, lines: readonly string[], seed: number): number {
  const rng = createRng(seed);
  let count = 0;
  for (const line of lines) count += sampleEncode(model, line, { alpha: 0.1, rng }).length;
  return count;
}

/**
 * Writes ids as little-endian uint16, the form that `numpy.fromfile(file, "<u2")` reads. The file has its name only
 * once it is whole.
 */
export function writeIds(directory: string, name: string, ids: Int32Array): string {
  const bytes = Buffer.alloc(2 * ids.length);
  ids.forEach((id, i) => bytes.writeUInt16LE(id, 2 * i));
  mkdirSync(directory, { recursive: true });
  const file = join(directory, `${name}.u16`);
  const unfinished = `${file}.${process.pid}.tmp`;
  writeFileSync(unfinished, bytes);
  renameSync(unfinished, file);
  return file;
}

/** Does something once, and again until it has taken so many seconds; the median of the times, and the last result. */
function timed<T>(atLeast: number, work: () => T): { seconds: number; result: T } {
  const seconds: number[] = [];
  const began = performance.now();
  let result: T;
  do {
    const start = performance.now();
    result = work();
    seconds.push((performance.now() - start) / 1000);
  } while (performance.now() - began < 1000 * atLeast);
  seconds.sort((a, b) => a - b);
  return { seconds: seconds[seconds.length >> 1]!, result };
}

function utf8Length(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + Buffer.byteLength(line), 0);
}
