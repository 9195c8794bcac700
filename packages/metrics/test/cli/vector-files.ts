import { raw } from "@lemmata/testing/command";

export { npy, raw } from "@lemmata/testing/command";

/** A tensor of safetensors. */
export interface StoredTensor {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly numbers: ArrayBufferView;
}

/** A file of safetensors, its tensors in their order. */
export function safetensors(tensors: Readonly<Record<string, StoredTensor>>): Uint8Array {
  let end = 0;
  const described = Object.entries(tensors).map(([name, { dtype, shape, numbers }]) => {
    const start = end;
    end += numbers.byteLength;
    return [name, { dtype, shape, data_offsets: [start, end] }] as const;
  });
  const header = Buffer.from(JSON.stringify(Object.fromEntries(described)));
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(header.length));
  return Buffer.concat([size, header, ...Object.values(tensors).map(({ numbers }) => raw(numbers))]);
}
