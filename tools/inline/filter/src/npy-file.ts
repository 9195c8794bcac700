import { NewFile } from "./new-file.ts";

/** The types of numbers that are written here, by numpy's names, and their sizes in bytes. */
const sizes = { "<u2": 2, "<i4": 4, "<i8": 8, "<f8": 8 } as const;

/** A one-dimensional array in numpy's format (`.npy`, version 1.0) whose length is known only at its end. */
export class NpyFile {
  private readonly file: NewFile;
  private readonly type: keyof typeof sizes;
  private bytes = 0;

  private constructor(file: NewFile, type: keyof typeof sizes) {
    this.file = file;
    this.type = type;
  }

  static async create(path: string, type: keyof typeof sizes): Promise<NpyFile> {
    const array = new NpyFile(await NewFile.create(path), type);
    await array.file.append(npyHeader(type, 0));
    return array;
  }

  async append({ buffer, byteOffset, byteLength }: ArrayBufferView): Promise<void> {
    await this.file.append(new Uint8Array(buffer, byteOffset, byteLength));
    this.bytes += byteLength;
  }

  async finish(): Promise<void> {
    await this.file.overwriteStart(npyHeader(this.type, this.bytes / sizes[this.type]));
    await this.file.finish();
  }
}

/** In bytes, a multiple of 64: room for the longest length there is. */
const HEADER = 128;

function npyHeader(type: string, length: number): Uint8Array {
  const about = `{'descr': '${type}', 'fortran_order': False, 'shape': (${length},), }`;
  const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, HEADER - 10, 0];
  return Uint8Array.from([...magic, ...new TextEncoder().encode(`${about.padEnd(HEADER - 11)}\n`)]);
}
