import { LatticeError } from "../lattice-error.ts";
import type { Model } from "../model/model.ts";
import type { Pipeline } from "../model/pipeline.ts";
import { findAdded } from "../pipeline/added-tokens.ts";
import { pipelineIds } from "../pipeline/pipeline-ids.ts";
import type { EncodeStream, StreamOptions } from "./encode-stream.ts";
import { uncovered } from "./pending.ts";
import { PlainSearcher } from "../segment/plain-searcher.ts";
import { idsAround, templateFor } from "../segment/special-tokens.ts";
import { checkedTies, type Ties } from "../viterbi.ts";
import { tokensPart } from "./added-seam.ts";
import { normalizeSeam } from "./normalize-seam.ts";
import { type Parts, PartStream } from "./part-stream.ts";
import { holdsFor, type Seam, WHITE_SPACE } from "./seam.ts";
import { splitSeam } from "./split-seam.ts";
import { wordSeam } from "./word-seam.ts";

/**
 * The ids of a text in parts, of a model that cuts its text by steps.
 *
 * @throws {@link LatticeError} as {@link encodeStream}.
 */
export function pipelineStream(model: Model, options?: StreamOptions): EncodeStream {
  return new PartStream(pipelineParts(model, options), options);
}

/** How such a model's text is cut, and what ids the parts have. */
export function pipelineParts(model: Model, options?: StreamOptions): Parts {
  const pipeline = model.pipeline!;
  const ties = checkedTies(options?.ties ?? "exact");
  const rest = goingOn(pipeline);
  const later = rest === pipeline ? model : { ...model, pipeline: rest };
  if (later !== model) requireTokensFromBegin(pipeline);
  return {
    isSeam: seamFinder(model),
    asksForMore: pipeline.normalizers.some(({ type }) => type === "unicode" || type === "charsmap"),
    idsOf(part, isFirst) {
      if (isFirst || later === model) return bareIds(model, part, ties);
      // What goes on ends at the first added token; after that the steps begin anew.
      const found = findAdded(pipeline.added, false, part.toWellFormed());
      const end = found.find(({ token }) => token !== undefined)?.begin ?? part.length;
      const head = bareIds(later, part.slice(0, end), ties);
      return end === part.length
        ? head
        : Int32Array.from([...head, ...bareIds(model, part.slice(end), ties)]);
    },
    around: idsAround(templateFor(model, "single", options)),
  };
}

/**
 * What goes on is looked through anew from its first added token on, and must then give the same tokens: white space that
 * counts as a word of its own may be one there that it is not behind a word.
 *
 * @throws {@link LatticeError} `unsupported`.
 */
function requireTokensFromBegin({ added }: Pipeline): void {
  const token = added.find(({ pattern, singleWord }) => singleWord && WHITE_SPACE.test(pattern[0] ?? ""));
  if (token !== undefined)
    throw new LatticeError(
      "unsupported",
      `a stream of this model cannot be cut: added token ${token.id} is white space that must stand alone`,
      token.id,
    );
}

/** What `encodeIds` gives without special tokens. */
function bareIds(model: Model, text: string, ties: Ties): Int32Array {
  const quick = pipelineIds(model, text, { ties });
  if (quick !== undefined) return quick.slice();
  const searcher = new PlainSearcher(model);
  searcher.search(text, ties);
  if (searcher.score() === -Infinity) throw uncovered();
  return searcher.ids();
}

/** The steps of a stretch that goes on where a part before it ended: what concerns its beginning is done. */
function goingOn(pipeline: Pipeline): Pipeline {
  const concerns =
    pipeline.normalizers.some((step) => step.type === "prepend" || (step.type === "strip" && step.left)) ||
    pipeline.splitters.some((step) => step.type === "metaspace" && step.prepend === "first");
  if (!concerns) return pipeline;
  return {
    ...pipeline,
    normalizers: pipeline.normalizers
      .filter(({ type }) => type !== "prepend")
      .map((step) => (step.type === "strip" ? { ...step, left: false } : step)),
    splitters: pipeline.splitters.map((step) =>
      step.type === "metaspace" && step.prepend === "first" ? { ...step, prepend: "never" } : step,
    ),
  };
}

function seamFinder(model: Model): Parts["isSeam"] {
  const { added, normalizers, splitters } = model.pipeline!;
  const asGiven = added.filter(({ normalized }) => !normalized);
  const afterwards = added.filter(({ normalized }) => normalized);
  const normalizing = normalizers.map(normalizeSeam);
  const splitting = splitters.map(splitSeam);
  const cutsWords = splitters.some(
    (step) => step.type === "split" || (step.type === "metaspace" && step.split),
  );
  const withinWord = cutsWords ? () => false : wordSeam(model);
  const listed = (character: string): string[] => (character === "" ? [] : [character]);
  return (left, right, before, after) => {
    let seam: Seam | undefined = {
      before: listed(before),
      left: [left],
      right: [right],
      after: listed(after),
    };
    if (!tokensPart(asGiven, seam)) return false;
    for (const through of normalizing) {
      seam = through(seam);
      if (seam === undefined) return false;
    }
    if (!tokensPart(afterwards, seam)) return false;
    for (const through of splitting) {
      const next: Seam | "apart" | undefined = through(seam);
      if (next === undefined) return false;
      if (next === "apart") return true;
      seam = next;
    }
    return holdsFor(seam, withinWord);
  };
}
