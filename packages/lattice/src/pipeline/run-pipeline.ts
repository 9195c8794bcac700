import type { Pipeline, PreTokens } from "../model/pipeline.ts";
import { buffers, reserveText } from "../text/buffers.ts";
import { findAdded } from "./added-tokens.ts";
import { type AlignedText, alignedSlice, alignedText } from "./aligned-text.ts";
import { normalizeStep } from "./normalize-step.ts";
import { splitStep, type Stretches } from "./split-step.ts";

/** A stretch on its way through the pipeline; one that is an added token stays as it is. */
interface Stretch {
  readonly source: AlignedText;
  readonly added: number;
}

/**
 * Puts a text through a pipeline, into `buffers`: the pre-tokens in UTF-8, end to end; for each byte, where in the text
 * its source begins in `origin`; and for each node, where the source of the byte before it ends in `originEnd`.
 */
export function runPipeline(pipeline: Pipeline, text: string): PreTokens {
  const wellFormed = text.toWellFormed();
  const stretches = normalized(pipeline, wellFormed);
  const end: number[] = [];
  const added: number[] = [];
  let length = 0;
  reserveText(0, 1);
  buffers.origin[0] = buffers.originEnd[0] = 0;
  for (const stretch of stretches) {
    length = write(
      stretch.added < 0 ? preTokens(pipeline, stretch.source) : whole(stretch.source),
      length,
      end,
    );
    while (added.length < end.length) added.push(stretch.added);
  }
  buffers.origin[length] = buffers.originEnd[length]!;
  return { end: Int32Array.from(end), added: Int32Array.from(added) };
}

/** Takes the added tokens out, and normalises what lies between them. */
function normalized(pipeline: Pipeline, text: string): Stretch[] {
  const out: Stretch[] = [];
  for (const { begin, end, token } of findAdded(pipeline.added, false, text)) {
    if (begin === end) continue;
    let source = alignedText(text, begin, end);
    if (token !== undefined) {
      out.push({ source, added: token.id });
      continue;
    }
    for (const step of pipeline.normalizers) source = normalizeStep(step, source);
    for (const found of findAdded(pipeline.added, true, source.text))
      if (found.begin < found.end)
        out.push({ source: alignedSlice(source, found.begin, found.end), added: found.token?.id ?? -1 });
  }
  return out;
}

/** A text normalised as the pipeline does it without regard to added tokens: what those are looked for as. */
export function normalizedContent(pipeline: Pick<Pipeline, "normalizers">, text: string): string {
  return pipeline.normalizers.reduce(
    (source, step) => normalizeStep(step, source),
    alignedText(text, 0, text.length),
  ).text;
}

function preTokens(pipeline: Pipeline, source: AlignedText): Stretches {
  return pipeline.splitters.reduce((stretches, step) => splitStep(step, stretches), whole(source));
}

function whole(source: AlignedText): Stretches {
  return { source, begin: [0], end: [source.text.length] };
}

/** Writes stretches from byte `length` on, appends where each ends to `ends`, and returns where the next byte goes. */
function write({ source, begin, end, lead }: Stretches, length: number, ends: number[]): number {
  const { text, from, to } = source;
  reserveText(length, 3 * (text.length + begin.length));
  const { bytes, origin, originEnd } = buffers;
  let top = length;
  for (let i = 0; i < begin.length; i++) {
    const first = begin[i]!;
    const mark = lead?.[i] ?? "";
    for (let at = first - mark.length; at < end[i]!; at++) {
      // Before the stretch its mark, aligned as its first character.
      const unit = Math.max(at, first);
      const start = top;
      let code = at < first ? mark.charCodeAt(at - first + mark.length) : text.charCodeAt(at);
      if (code < 0x80) bytes[top++] = code;
      else {
        if (code >= 0xd800 && code < 0xdc00) code = text.codePointAt(at++)!;
        top = putCharacter(bytes, top, code);
      }
      for (let byte = start; byte < top; byte++) {
        origin[byte] = from[unit]!;
        originEnd[byte + 1] = to[unit]!;
      }
    }
    ends.push(top);
  }
  return top;
}

/** Writes a character beyond ASCII in UTF-8. */
function putCharacter(bytes: Uint8Array, at: number, code: number): number {
  let top = at;
  if (code < 0x800) bytes[top++] = 0xc0 | (code >> 6);
  else {
    if (code < 0x10000) bytes[top++] = 0xe0 | (code >> 12);
    else {
      bytes[top++] = 0xf0 | (code >> 18);
      bytes[top++] = 0x80 | ((code >> 12) & 0x3f);
    }
    bytes[top++] = 0x80 | ((code >> 6) & 0x3f);
  }
  bytes[top++] = 0x80 | (code & 0x3f);
  return top;
}
