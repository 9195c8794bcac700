import { expect } from "vitest";
import type { Model, Ties } from "../../src/index.ts";
import { Emitter, type Encoding } from "../../src/segment/emit.ts";
import type { Searcher } from "../../src/segment/searcher.ts";

/** All that a search has found, in plain arrays. */
export function foundBy(searcher: Searcher, model: Model, text: string, ties: Ties): unknown {
  expect(searcher.search(text, ties, "ids")).toBe(true);
  const score = searcher.score();
  const ids = score === -Infinity ? searcher.stuckAt() : [...searcher.ids()];
  expect(searcher.search(text, ties, "encoding")).toBe(true);
  const quick = score === -Infinity ? undefined : searcher.encoding();
  expect(searcher.search(text, ties, "path")).toBe(true);
  expect(searcher.score()).toBe(score);
  const origin = [...searcher.origin()];
  const found = { ids, score, bytes: [...searcher.bytes()], origin };
  if (score === -Infinity) return found;
  const { label, end } = searcher.path();
  const path = { label: [...label], end: [...end] };
  if (quick !== undefined) expect(quick).toEqual(emitted(searcher, model));
  return { ...found, ...path };
}

/** What the emitter makes of the path that was found. */
function emitted(searcher: Searcher, model: Model): Encoding {
  const { label, end } = searcher.path();
  const emitter = new Emitter(model, {
    bytes: searcher.bytes().slice(),
    origin: searcher.origin().slice(),
  });
  end.forEach((to, i) => emitter.add(label[i]!, i === 0 ? 0 : end[i - 1]!, to));
  return emitter.finish(searcher.score());
}
