import { grouped } from "./format.ts";

/** Pixels as the codec takes them, of what a canvas gives. */
export interface Planes {
  readonly channels: 1 | 3;
  readonly data: Uint8Array;
  /** Coded as a grey image of its own; undefined if all is opaque. */
  readonly alpha: Uint8Array | undefined;
}

/** Larger images are refused, in pixels: a page should not work for minutes. */
export const MOST_PIXELS = 2e6;

/** @throws An error with the reason, for the reader. */
export function checkSize(width: number, height: number): void {
  if (width * height > MOST_PIXELS)
    throw new Error(
      `it has ${width} × ${height} pixels, and this page takes up to ${grouped(MOST_PIXELS)} in all: try a smaller one`,
    );
}

/** Four bytes a pixel as grey, if red, green and blue are alike everywhere, or as colour. */
export function planesOf(rgba: Uint8Array | Uint8ClampedArray): Planes {
  let [grey, opaque] = [true, true];
  for (let i = 0; i < rgba.length; i += 4) {
    grey &&= rgba[i] === rgba[i + 1] && rgba[i] === rgba[i + 2];
    opaque &&= rgba[i + 3] === 255;
  }
  const channels = grey ? 1 : 3;
  const pixels = rgba.length / 4;
  const data = new Uint8Array(channels * pixels);
  for (let i = 0, at = 0; i < rgba.length; i += 4)
    for (let c = 0; c < channels; c++) data[at++] = rgba[i + c]!;
  const alpha = opaque ? undefined : Uint8Array.from({ length: pixels }, (_, i) => rgba[4 * i + 3]!);
  return { channels, data, alpha };
}

/** The inverse of {@link planesOf}. */
export function rgbaOf({ channels, data, alpha }: Planes): Uint8ClampedArray<ArrayBuffer> {
  const pixels = data.length / channels;
  const rgba = new Uint8ClampedArray(4 * pixels);
  for (let i = 0; i < pixels; i++) {
    for (let c = 0; c < 3; c++) rgba[4 * i + c] = data[channels * i + (channels === 1 ? 0 : c)]!;
    rgba[4 * i + 3] = alpha?.[i] ?? 255;
  }
  return rgba;
}

/** What the first bytes of a PNG file say; undefined for another file. */
export function pngHeader(bytes: Uint8Array): { width: number; height: number; depth: number } | undefined {
  const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
  if (bytes.length < 25 || signature.some((byte, i) => bytes[i] !== byte)) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return { width: view.getUint32(16), height: view.getUint32(20), depth: bytes[24]! };
}

/** How large one form of an image is. */
export interface LedgerRow {
  readonly name: string;
  readonly bytes: number;
  readonly bitsPerPixel: number;
  /** By how much it is larger than ours; undefined for ours. */
  readonly larger: number | undefined;
}

/** Ours, and the PNG files that are known, by their sizes in bytes. */
export function ledger(
  pixels: number,
  ours: number,
  pngs: Readonly<Record<string, number | undefined>>,
): LedgerRow[] {
  const row = (name: string, bytes: number, larger: number | undefined): LedgerRow => ({
    name,
    bytes,
    bitsPerPixel: (8 * bytes) / pixels,
    larger,
  });
  return [
    row("Fourier densities", ours, undefined),
    ...Object.entries(pngs).flatMap(([name, bytes]) =>
      bytes === undefined ? [] : [row(name, bytes, bytes / ours - 1)],
    ),
  ];
}
