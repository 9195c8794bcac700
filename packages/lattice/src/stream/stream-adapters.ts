import type { EncodeStream } from "./encode-stream.ts";

/** A stream as a web stream: strings in, arrays of ids out, one for each part that decides any. */
export function transformOf(stream: EncodeStream): TransformStream<string, Int32Array> {
  const pass = (ids: Int32Array, controller: TransformStreamDefaultController<Int32Array>): void => {
    if (ids.length > 0) controller.enqueue(ids);
  };
  return new TransformStream({
    transform: (text, controller) => pass(stream.push(text), controller),
    flush: (controller) => pass(stream.end(), controller),
  });
}

/** A stream over an iterable of strings, asynchronous or not: arrays of ids, one for each part that decides any. */
export async function* idsOfParts(
  stream: EncodeStream,
  parts: AsyncIterable<string> | Iterable<string>,
): AsyncGenerator<Int32Array, void, undefined> {
  for await (const text of parts) {
    const ids = stream.push(text);
    if (ids.length > 0) yield ids;
  }
  const rest = stream.end();
  if (rest.length > 0) yield rest;
}
