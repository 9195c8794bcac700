import { aligned, type AnyArray, ARRAY, AT, MAGIC, VERSION } from "./layout.ts";
import { plainChecks } from "./plain-checks.ts";

/** A record of JSON's values and typed arrays as a file. */
export function packed(record: object): Uint8Array<ArrayBuffer> {
  const arrays: AnyArray[] = [];
  const json = new TextEncoder().encode(JSON.stringify(described(record, arrays)));
  const headerLength = aligned(json.length);
  let top = AT.header + headerLength;
  const places = arrays.map(({ byteLength }) => {
    const place = top;
    top = aligned(top + byteLength);
    return place;
  });
  const file = new Uint8Array(top);
  file.set(MAGIC);
  file.fill(0x20, AT.header, AT.header + headerLength);
  file.set(json, AT.header);
  arrays.forEach(({ buffer, byteOffset, byteLength }, i) =>
    file.set(new Uint8Array(buffer, byteOffset, byteLength), places[i]),
  );
  const view = new DataView(file.buffer);
  view.setUint32(AT.version, VERSION, true);
  view.setUint32(AT.length, top, true);
  view.setUint32(AT.headerLength, headerLength, true);
  view.setUint32(AT.checksum, plainChecks.checksum(new Int32Array(file.buffer, AT.checked)), true);
  return file;
}

/** A value with a description in the place of each array in it; the arrays go to the end of `arrays`. */
function described(value: unknown, arrays: AnyArray[]): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => described(item, arrays));
  if (!ArrayBuffer.isView(value))
    return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, described(field, arrays)]));
  const array = value as AnyArray;
  arrays.push(array);
  return { [ARRAY]: array[Symbol.toStringTag], length: array.length };
}
