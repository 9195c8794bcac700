/** What the worker of images says while it works, and at its end. */
export type ImageMessage =
  | { readonly phase: "compressing" | "restoring"; readonly share: number }
  | { readonly trial: ImageTrial }
  | { readonly reason: string };

/** An image that was compressed and restored. */
export interface ImageTrial {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly transparent: boolean;
  /** The compressed file, in bytes. */
  readonly bytes: number;
  /** How many bytes of pixels were restored, and whether all are what they were. */
  readonly compared: number;
  readonly exact: boolean;
  /** The restored pixels, for a canvas. */
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
  /** The size of the file itself if it is a PNG of the same pixels, and of the PNG that a canvas writes of them. */
  readonly ownPng: number | undefined;
  /** Bits a channel of a PNG file that has more than the canvas gives. */
  readonly deep: number | undefined;
  readonly canvasPng: number;
  readonly seconds: { readonly compressing: number; readonly restoring: number };
}
