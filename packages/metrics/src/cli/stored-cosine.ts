import { DataError, UsageError, visible } from "@lemmata/filter";
import type { Alignment } from "../alignment.ts";
import { groupedCosine, type GroupedCosine } from "../grouped-cosine.ts";
import { MetricsError } from "../metrics-error.ts";
import type { StoredVector, VectorFile } from "./vector-file.ts";

/** Two vectors to be compared, which have a name if both come from files of tensors. */
export interface StoredPair {
  readonly name: string | undefined;
  readonly x: StoredVector;
  readonly y: StoredVector;
}

/**
 * What of two files belongs together: tensors of the same name, or what there is without a name.
 *
 * @param only The tensors that are wanted; all, if there are none.
 * @throws {@link DataError} for vectors that cannot be compared; {@link UsageError} where tensors must be chosen.
 */
export function pairsOf(x: VectorFile, y: VectorFile, only: readonly string[]): StoredPair[] {
  if (x.names !== undefined && y.names !== undefined) {
    const names = new Set(only.length > 0 ? only : [...x.names, ...y.names]);
    if (names.size === 0) throw new DataError(`${x.path} and ${y.path} have no tensors`);
    return Array.from(names, (name) => alike({ name, x: x.vector(name), y: y.vector(name) }));
  }
  const names = x.names ?? y.names;
  if (names === undefined && only.length > 0) throw new UsageError("--tensor is for files of safetensors");
  const [name = "", ...more] = only.length > 0 ? only : (names ?? []);
  if (more.length > 0 || names?.length === 0)
    throw new UsageError(
      `of ${(x.names === undefined ? y : x).path}, which has ${names!.length} tensors, one is to be chosen by --tensor`,
    );
  return [alike({ name: undefined, x: x.vector(name), y: y.vector(name) })];
}

/** @throws {@link DataError} for two vectors whose entries do not belong together. */
function alike(pair: StoredPair): StoredPair {
  const { x, y } = pair;
  if (x.length !== y.length) throw new DataError(`${x.name} has ${x.length} entries, ${y.name} ${y.length}`);
  if (x.shape === undefined || y.shape === undefined) return pair;
  const [a, b] = [x.shape, y.shape].map((shape) => shape.filter((size) => size !== 1)) as [
    number[],
    number[],
  ];
  if (a.join() !== b.join())
    throw new DataError(`${x.name} has the shape (${x.shape.join(", ")}), ${y.name} (${y.shape.join(", ")})`);
  if (a.length > 1 && x.firstIndexFastest !== y.firstIndexFastest)
    throw new DataError(
      `${x.name} and ${y.name} have their entries in different orders, by rows and by columns`,
    );
  return pair;
}

/**
 * The cosine of wholes from the alignments of their blocks, as `groupedCosine` gives it of the vectors themselves. It needs
 * no more of a block than two norms and an angle: two vectors of a plane that have these take its place.
 *
 * @throws {@link MetricsError} `zero`, `value`.
 */
export function groupedAlignments(blocks: readonly (Alignment & { readonly name: string })[]): GroupedCosine {
  const endless = blocks.find(({ normX, normY }) => Math.max(normX, normY) === Infinity);
  if (endless !== undefined)
    throw new MetricsError(
      "value",
      `${visible(endless.name)} has a norm that is larger than float64 can hold`,
    );
  const x = blocks.flatMap(({ normX }) => [normX, 0]);
  const y = blocks.flatMap(({ normY, cosine = 1 }) => [
    normY * cosine,
    normY * Math.sqrt((1 - cosine) * (1 + cosine)),
  ]);
  return groupedCosine(
    x,
    y,
    blocks.map(({ name }) => ({ name, size: 2 })),
  );
}
