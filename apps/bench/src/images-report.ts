import type { Environment } from "./environment.ts";
import { markdownTable } from "./report.ts";

/** The lengths of one image in bytes. */
export interface ImageRow {
  readonly name: string;
  readonly pixels: number;
  readonly channels: number;
  readonly png: number;
  /** By modelling; `ours` is what the codec does. */
  readonly ours: Readonly<Record<string, number>>;
  /** By peer; undefined (or lacking) where it is not installed. */
  readonly peers: Readonly<Record<string, number | undefined>>;
}

/** The page `images.md`: sizes beside those of other formats, and what the parts of the model bring. */
export function imagesReport(
  rows: readonly ImageRow[],
  versions: readonly string[],
  at: Pick<Environment, "date" | "node" | "commit">,
): string {
  const peers = Object.keys(rows[0]!.peers);
  const totals = [1, 3].flatMap((channels) => {
    const alike = rows.filter((row) => row.channels === channels);
    return alike.length < 2 ? [] : [together(channels === 1 ? "all grey" : "all in colour", alike)];
  });
  const all = [...rows, ...totals];
  const gain = (length: number | undefined, { ours }: ImageRow): string =>
    length === undefined ? "–" : percent(ours.ours! / length - 1);
  return [
    "# images",
    "",
    "Bits a pixel of the lossless image codec among the examples of `@lemmata/fourier-density`, everything included, and by how much its files differ in length from those of other formats: a minus is shorter.",
    "",
    markdownTable(
      ["", "ours", "PNG", ...peers, "to PNG", ...peers.map((peer) => `to ${peer}`)],
      all.map((row) => [
        row.name,
        rate(row.ours.ours, row),
        rate(row.png, row),
        ...peers.map((peer) => rate(row.peers[peer], row)),
        gain(row.png, row),
        ...peers.map((peer) => gain(row.peers[peer], row)),
      ]),
    ),
    "",
    "### What brings it",
    "",
    "The same codec with Laplace's law in the place of the Fourier densities, in the same contexts, and with the median edge predictor of LOCO-I in the place of local least squares and their mixture.",
    "",
    markdownTable(
      [
        "",
        "ours",
        "Laplace's law",
        "median predictor",
        "both",
        "longer by Laplace's law",
        "longer by the median predictor",
      ],
      all.map((row) => [
        row.name,
        ...["ours", "laplace", "median", "median, laplace"].map((name) => rate(row.ours[name], row)),
        percent(row.ours.laplace! / row.ours.ours! - 1),
        percent(row.ours.median! / row.ours.ours! - 1),
      ]),
    ),
    "",
    "- Every file was decoded, and gave its image byte for byte.",
    `- PNG is the file as its source packs it; optipng \`-o2\`, WebP \`-lossless -z 9\`, JPEG XL \`-d 0 -e 7\`${versions.length === 0 ? "" : `: ${versions.join(", ")}`}. A dash: not installed.`,
    "- What the images are and whence they come stands in [tools/data](https://github.com/lemmata/lemmata/tree/main/tools/data). Other names are of files that were given to the run; `page` is that of scikit-image, which states no licence of it, so it is not bundled.",
    `- ${at.date.slice(0, 10)}, Node ${at.node}${at.commit === "" ? "" : `, commit ${at.commit}`}. By \`pnpm --filter @lemmata/bench run images [more.png …]\`.`,
    "",
  ].join("\n");
}

/** Rows as one. */
function together(name: string, rows: readonly ImageRow[]): ImageRow {
  const total = (of: (row: ImageRow) => number | undefined): number | undefined =>
    rows.reduce<number | undefined>((sum, row) => {
      const length = of(row);
      return sum === undefined || length === undefined ? undefined : sum + length;
    }, 0);
  return {
    name,
    channels: rows[0]!.channels,
    pixels: total(({ pixels }) => pixels)!,
    png: total(({ png }) => png)!,
    ours: Object.fromEntries(
      Object.keys(rows[0]!.ours).map((modelling) => [modelling, total(({ ours }) => ours[modelling])!]),
    ),
    peers: Object.fromEntries(
      Object.keys(rows[0]!.peers).map((peer) => [peer, total(({ peers }) => peers[peer])]),
    ),
  };
}

function rate(length: number | undefined, { pixels }: ImageRow): string {
  return length === undefined ? "–" : ((8 * length) / pixels).toFixed(3);
}

function percent(share: number): string {
  return `${share < 0 ? "−" : "+"}${Math.abs(100 * share).toFixed(1)} %`;
}
