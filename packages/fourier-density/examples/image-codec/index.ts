export { decodeImage, type DecodeImageOptions } from "./decode-image.ts";
export { BEST, encodeImage } from "./encode-image.ts";
export type { RawImage } from "./image.ts";
export type { OnProgress } from "./model-image.ts";
export type { Modelling } from "./pixel-law.ts";
export { FOURIER, LAPLACE, type LawShape } from "./residual-law.ts";
