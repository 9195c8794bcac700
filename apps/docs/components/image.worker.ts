import {
  BEST,
  decodeImage,
  encodeImage,
} from "../../../packages/fourier-density/examples/image-codec/index.ts";
import { checkSize, planesOf, pngHeader, rgbaOf } from "../figures/image-ledger.ts";
import type { ImageMessage, ImageTrial } from "./image-trial.ts";

function say(message: ImageMessage, transfer: Transferable[] = []): void {
  self.postMessage(message, { transfer });
}

/** Tells how far a phase is, of parts that are done one after the other, in whole percents. */
function meter(
  phase: "compressing" | "restoring",
  parts: number,
): (part: number) => (done: number, total: number) => void {
  let told = -1;
  return (part) => (done, total) => {
    const percent = Math.floor((100 * (part + done / total)) / parts);
    if (percent === told) return;
    told = percent;
    say({ phase, share: percent / 100 });
  };
}

/** The pixels of a file as the browser shows them, without conversion as far as it allows that. */
async function pixelsOf(file: Blob): Promise<ImageData> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file, { colorSpaceConversion: "none", premultiplyAlpha: "none" });
  } catch {
    throw new Error("this browser knows no image in it");
  }
  const { width, height } = bitmap;
  try {
    checkSize(width, height);
    const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true })!;
    context.drawImage(bitmap, 0, 0);
    return context.getImageData(0, 0, width, height);
  } finally {
    bitmap.close();
  }
}

async function canvasPng(image: ImageData, alpha: boolean): Promise<number> {
  const canvas = new OffscreenCanvas(image.width, image.height);
  canvas.getContext("2d", { alpha })!.putImageData(image, 0, 0);
  return (await canvas.convertToBlob({ type: "image/png" })).size;
}

async function trialOf(file: Blob): Promise<ImageTrial> {
  const header = pngHeader(new Uint8Array(await file.slice(0, 32).arrayBuffer()));
  if (header !== undefined) checkSize(header.width, header.height);
  const image = await pixelsOf(file);
  const { width, height } = image;
  const planes = planesOf(image.data);
  const parts = [
    { width, height, channels: planes.channels, data: planes.data },
    ...(planes.alpha === undefined ? [] : [{ width, height, channels: 1 as const, data: planes.alpha }]),
  ];
  const start = performance.now();
  const compressing = meter("compressing", parts.length);
  const files = parts.map((part, i) => encodeImage(part, BEST, compressing(i)));
  const between = performance.now();
  const restoring = meter("restoring", parts.length);
  const [data, alpha] = files.map(
    (bytes, i) => decodeImage(bytes, { limit: Infinity, onProgress: restoring(i) }).data,
  );
  const end = performance.now();

  const rgba = rgbaOf({ channels: planes.channels, data: data!, alpha });
  const deep = header !== undefined && header.depth > 8;
  return {
    width,
    height,
    channels: planes.channels,
    transparent: alpha !== undefined,
    bytes: files.reduce((sum, { length }) => sum + length, 0),
    compared: parts.reduce((sum, { data: bytes }) => sum + bytes.length, 0),
    exact: rgba.every((byte, i) => byte === image.data[i]),
    rgba,
    ownPng: header === undefined || deep ? undefined : file.size,
    deep: deep ? header.depth : undefined,
    canvasPng: await canvasPng(image, alpha !== undefined),
    seconds: { compressing: (between - start) / 1000, restoring: (end - between) / 1000 },
  };
}

self.addEventListener("message", ({ data }: MessageEvent<Blob>) => {
  trialOf(data).then(
    (trial) => say({ trial }, [trial.rgba.buffer]),
    (error: unknown) => say({ reason: (error as Error).message }),
  );
});
