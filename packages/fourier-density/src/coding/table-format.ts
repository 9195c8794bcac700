import { DensityError } from "../density-error.ts";
import { AdaptiveRice } from "./adaptive-rice.ts";
import { BitReader, BitWriter } from "./bits.ts";
import { type ByteReader, type ByteWriter, unzigzag, zigzag } from "./bytes.ts";
import { type CodeTable, ROOT_BITS, TABLE_PRECISION } from "./code-table.ts";

/**
 * Writes a table: the number of cells and the first bin, then for each cell how its width and its frequency differ from
 * what the cell before it lets expect: the same width, and the same frequency a bin. About 9 bits a cell.
 */
export function writeTable(writer: ByteWriter, { first, shift, frequency }: CodeTable): void {
  writer.varint(shift.length);
  writer.varint(zigzag(first));
  const bits = new BitWriter();
  const widths = new AdaptiveRice();
  const sizes = new AdaptiveRice();
  const expected = new Expectation();
  shift.forEach((s, i) => {
    widths.write(bits, zigzag(s - expected.shift));
    sizes.write(bits, zigzag(frequency[i]! - expected.frequency(s)));
    expected.learn(s, frequency[i]!);
  });
  writer.block(bits.finish());
}

/** @throws {@link DensityError} `format` for what {@link writeTable} cannot have written. */
export function readTable(reader: ByteReader): CodeTable {
  const cells = reader.varint();
  const first = unzigzag(reader.varint());
  const bytes = reader.block();
  // Two bits a cell at the least: a number that lies must not make arrays of its size.
  if (cells > 4 * bytes.length) throw damaged(`${cells} cells in ${bytes.length} bytes`);
  if (!(first >= -(2 ** ROOT_BITS))) throw damaged(`the first bin is ${first}`);
  const shift = new Uint8Array(cells);
  const frequency = new Uint32Array(cells + 1);
  const bits = new BitReader(bytes);
  const widths = new AdaptiveRice();
  const sizes = new AdaptiveRice();
  const expected = new Expectation();
  let end = first;
  let left = 2 ** TABLE_PRECISION;
  for (let i = 0; i < cells; i++) {
    const s = expected.shift + unzigzag(widths.read(bits));
    if (!(s >= 0 && s <= ROOT_BITS)) throw damaged(`a cell of 2^${s} bins`);
    const f = expected.frequency(s) + unzigzag(sizes.read(bits));
    left -= f;
    end += 1 << s;
    if (f < 0 || left < 1 || end > 2 ** ROOT_BITS) throw damaged(`cell ${i} goes beyond what can be`);
    shift[i] = s;
    frequency[i] = f;
    expected.learn(s, f);
  }
  bits.finish();
  frequency[cells] = left;
  return { precision: TABLE_PRECISION, first, shift, frequency };
}

/** What the cells so far let expect of the next. */
class Expectation {
  shift = 0;
  #frequency = 0;

  frequency(shift: number): number {
    return Math.min(2 ** TABLE_PRECISION, Math.floor((this.#frequency * (1 << shift)) / (1 << this.shift)));
  }

  learn(shift: number, frequency: number): void {
    this.shift = shift;
    this.#frequency = frequency;
  }
}

function damaged(what: string): DensityError {
  return new DensityError("format", `damaged table: ${what}`);
}
