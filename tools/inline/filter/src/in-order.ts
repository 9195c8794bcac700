/**
 * Calls `convert` on each item as it comes, with up to `atOnce` calls under way, and gives the results in the order of
 * the items, each as soon as it is there. No more is read while that many results wait to be taken.
 */
export async function* inOrder<T, R>(
  items: AsyncGenerator<T>,
  atOnce: number,
  convert: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const underWay: Promise<R>[] = [];
  const readOne = (): Promise<IteratorResult<T>> => seenLater(items.next());
  let coming: Promise<IteratorResult<T>> | undefined = readOne();
  while (coming !== undefined || underWay.length > 0) {
    const [oldest] = underWay;
    const next = underWay.length < atOnce ? coming : undefined;
    const first: { item: IteratorResult<T> } | { result: R } = await Promise.race([
      ...(oldest === undefined ? [] : [oldest.then((result) => ({ result }))]),
      ...(next === undefined ? [] : [next.then((item) => ({ item }))]),
    ]);
    if ("result" in first) {
      void underWay.shift();
      yield first.result;
    } else if (first.item.done === true) coming = undefined;
    else {
      coming = readOne();
      underWay.push(seenLater(convert(first.item.value)));
    }
  }
}

/** A promise that may fail before anyone waits for it: whoever then does sees the failure. */
function seenLater<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}
