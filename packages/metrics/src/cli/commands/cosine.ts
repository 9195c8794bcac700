import { parseArgs } from "node:util";
import { type Command, listing, progressOf, UsageError, visible } from "@lemmata/filter";
import { elementSize, type ElementType, elementTypes } from "@lemmata/tensors";
import type { CosineBound } from "../../cosine-bounds.ts";
import type { GroupedCosine } from "../../grouped-cosine.ts";
import { MetricsError } from "../../metrics-error.ts";
import { formatOf, print, table } from "../output.ts";
import { storedAlignment } from "../stored-alignment.ts";
import { groupedAlignments, pairsOf } from "../stored-cosine.ts";
import { openVectors } from "../vector-file.ts";

export const cosineCommand: Command = {
  name: "cosine",
  summary: "the cosine of vectors in files of any size, by tensor and whole",
  help: `Usage: lemmata-metrics cosine [options] X Y

The cosine of two vectors in files of any size, which are read by parts: to the bit what the library's cosine gives of
them in memory. NaN and infinities are refused.

  .npy          arrays of numpy, of numbers, taken as vectors
  .safetensors  all tensors of the same name: the cosine of each, its part in that of the whole, what bounds the whole,
                and whether all tensors hide a bad whole
  other names   raw numbers, little-endian, with --dtype

Options
  --tensor NAME     compares this tensor only. Give it again for further ones
  --dtype TYPE      what raw numbers are: ${elementTypes.slice(0, 8).join(", ")},
                    ${elementTypes.slice(8).join(", ")}
  --format FORMAT   text (the default), or json

Example
  lemmata-metrics cosine update.safetensors gradient.safetensors
`,
  async run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        tensor: { type: "string", multiple: true, default: [] },
        dtype: { type: "string" },
        format: { type: "string", default: "text" },
      },
    });
    const format = formatOf(values.format);
    const raw = values.dtype === undefined ? undefined : typeOf(values.dtype);
    const [pathX, pathY, ...more] = positionals;
    if (pathX === undefined || pathY === undefined || more.length > 0)
      throw new UsageError(`two file names are needed, X and Y; got ${positionals.length}`);
    const files = [await openVectors(pathX, raw), await openVectors(pathY, raw)] as const;
    const pairs = pairsOf(...files, values.tensor);
    const bytesAt = pairs.map(({ x, y }) => elementSize[x.type] + elementSize[y.type]);
    const progress = progressOf(pairs.reduce((sum, { x }, i) => sum + bytesAt[i]! * x.length, 0));
    const tensors: Block[] = [];
    try {
      for (const [i, { name = "", x, y }] of pairs.entries()) {
        const alignment = await storedAlignment(x, y, (read) => progress?.add(read * bytesAt[i]!));
        tensors.push({ name, length: x.length, ...alignment });
      }
    } finally {
      progress?.clear();
    }
    if (pairs[0]!.name !== undefined) {
      const { blocks, ...whole } = groupedAlignments(tensors);
      const parts = blocks.map(({ weight, contribution }, i) => ({ ...tensors[i]!, weight, contribution }));
      return await print(format, { ...whole, tensors: parts }, () => groupedText(whole, parts));
    }
    const [{ length, cosine, normX, normY }] = tensors as [Block];
    if (length === 0) throw new MetricsError("empty", `${pathX} is empty`);
    if (cosine === undefined) throw new MetricsError("zero", "a zero vector has no angle");
    return await print(format, { cosine, normX, normY, length }, () =>
      listing([
        ["cosine", number(cosine)],
        ["norms", `${number(normX)}, ${number(normY)}`],
        ["entries", String(length)],
      ]),
    );
  },
};

/** A pair of vectors, and how they lie to each other. */
interface Block {
  readonly name: string;
  readonly length: number;
  readonly cosine: number | undefined;
  readonly normX: number;
  readonly normY: number;
}

function typeOf(name: string): ElementType {
  const type = elementTypes.find((known) => known === name);
  if (type === undefined) throw new UsageError(`no type "${name}"; there are ${elementTypes.join(", ")}`);
  return type;
}

function groupedText(
  whole: Omit<GroupedCosine, "blocks">,
  tensors: readonly (Block & { readonly weight: number; readonly contribution: number })[],
): string {
  const { cosine, normX, normY, meanLocal, profile, bounds, reversal } = whole;
  const entries = tensors.reduce((sum, { length }) => sum + length, 0);
  const rows = tensors.map((one) => [
    visible(one.name),
    String(one.length),
    one.cosine === undefined ? "–" : number(one.cosine),
    ...[one.normX, one.normY, one.weight, one.contribution].map(number),
  ]);
  const found =
    reversal === undefined
      ? "nothing: it is not below all of them"
      : `a bad whole, which is below all of them: ${visible(reversal.heavyInX)} is heavy in X, ${visible(reversal.heavyInY)} in Y`;
  return [
    listing([
      ["cosine", number(cosine)],
      ["norms", `${number(normX)}, ${number(normY)}`],
      ["entries", String(entries)],
      ["mean of tensors", `${number(meanLocal)}, by weight`],
      ["cosine of norms", number(profile)],
      ["tensors hide", found],
    ]),
    table([["tensor", "entries", "cosine", "norm in X", "norm in Y", "weight", "contribution"], ...rows]),
    table([["bound", "", ""], ...bounds.map(boundRow)]),
  ].join("\n");
}

const SIGNS: Readonly<Record<CosineBound["kind"], string>> = { upper: "≤", lower: "≥", equal: "=" };

function boundRow({ name, kind, of, value }: CosineBound): string[] {
  return [name, `${of} ${SIGNS[kind]}`, number(value)];
}

/** Six digits that count. */
function number(value: number): string {
  return String(Number(value.toPrecision(6)));
}
