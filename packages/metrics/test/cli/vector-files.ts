/** An array of numpy with a header of one's own. */
export function npy(
  descr: string,
  shape: readonly number[],
  numbers: ArrayBufferView,
  fortranOrder = false,
): Uint8Array {
  const sizes = `(${shape.join(", ")}${shape.length === 1 ? "," : ""})`;
  const order = fortranOrder ? "True" : "False";
  const header = `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': ${sizes}, }\n`;
  const start = Buffer.from(`\u0093NUMPY\u0001\u0000\0\0${header}`, "latin1");
  start.writeUInt16LE(header.length, 8);
  return Buffer.concat([start, raw(numbers)]);
}

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

/** The bytes of numbers as they lie in memory. */
export function raw({ buffer, byteOffset, byteLength }: ArrayBufferView): Buffer {
  return Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength);
}
