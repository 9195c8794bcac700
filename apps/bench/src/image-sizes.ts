import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Pixels } from "@lemmata/data";
import {
  BEST,
  decodeImage,
  encodeImage,
  FOURIER,
  LAPLACE,
  type Modelling,
} from "../../../packages/fourier-density/examples/image-codec/index.ts";

/** The model as it is, and with one or both of its parts replaced by a plain one. */
export const MODELLINGS: Readonly<Record<string, Modelling>> = {
  ours: BEST,
  laplace: { predictor: "mixed", law: LAPLACE },
  median: { predictor: "median", law: FOURIER },
  "median, laplace": { predictor: "median", law: LAPLACE },
};

/** The lengths in bytes by each modelling, after the pixels came back the same. */
export function ourSizes(pixels: Pixels): Record<string, number> {
  return Object.fromEntries(
    Object.entries(MODELLINGS).map(([name, modelling]) => {
      const bytes = encodeImage(pixels, modelling);
      const restored = decodeImage(bytes, { limit: Infinity });
      if (Buffer.compare(restored.data, pixels.data) !== 0) throw new Error(`${name} does not come back`);
      return [name, bytes.length];
    }),
  );
}

/** A program that compresses a PNG file, where it is installed, and what it is asked. */
interface Peer {
  readonly name: string;
  readonly version: readonly string[];
  readonly command: (from: string, to: string) => readonly string[];
}

const PEERS: readonly Peer[] = [
  {
    name: "optipng",
    version: ["optipng", "-v"],
    command: (from, to) => ["optipng", "-quiet", "-o2", "-out", to, from],
  },
  {
    name: "WebP",
    version: ["cwebp", "-version"],
    command: (from, to) => ["cwebp", "-quiet", "-lossless", "-z", "9", from, "-o", to],
  },
  {
    name: "JPEG XL",
    version: ["cjxl", "--version"],
    command: (from, to) => ["cjxl", "-d", "0", "-e", "7", from, to],
  },
];

/** The lengths in bytes by each peer; undefined where it is not installed. */
export function peerSizes(path: string): Record<string, number | undefined> {
  const directory = mkdtempSync(join(tmpdir(), "lemmata-images-"));
  try {
    return Object.fromEntries(
      PEERS.map(({ name, command }) => {
        // cjxl tells formats by their ending.
        const to = join(directory, name === "JPEG XL" ? "image.jxl" : "image.out");
        const [program, ...args] = command(path, to);
        try {
          execFileSync(program!, args, { stdio: "ignore" });
        } catch {
          return [name, undefined];
        }
        return [name, statSync(to).size];
      }),
    );
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The versions of the peers that are installed. */
export function peerVersions(): string[] {
  return PEERS.flatMap(({ name, version: [program, ...args] }) => {
    try {
      const said = execFileSync(program!, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
      return [`${name} ${/\d+\.\d+(\.\d+)*/.exec(said)?.[0] ?? ""}`.trim()];
    } catch {
      return [];
    }
  });
}
