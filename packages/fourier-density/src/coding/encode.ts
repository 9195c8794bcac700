import { DensityError } from "../density-error.ts";
import { checkNumbers } from "../samples.ts";
import { BitWriter } from "./bits.ts";
import { ByteWriter, zigzag } from "./bytes.ts";
import { codeTable } from "./code-table.ts";
import { crc32 } from "./crc32.ts";
import { type CodingDensity, type Quantization, quantizerOf } from "./quantization.ts";
import { ransEncode } from "./rans.ts";
import { Symbols } from "./symbols.ts";
import { writeTable } from "./table-format.ts";

/** What a coded file begins with: `FDC` and the version of the format. */
export const MAGIC: Uint8Array = Uint8Array.of(0x46, 0x44, 0x43, 1);

/** How the values that follow were quantized. */
export const KIND: { readonly steps: 0; readonly levels: 1 } = { steps: 0, levels: 1 };

/**
 * Codes values by a density: values that it holds likely take few bits.
 *
 * The result describes itself: {@link decode} needs no density. It holds the density's law as a table of whole numbers
 * ({@link CodeTable}), the coded bins, and a checksum. Its length is the cross-entropy of the quantized values, Σ −log₂ P
 * of their bins, within 0.1 %, and beside that the bytes that coding no values takes, and up to 8 more. Values that the
 * density all but excludes are coded too, at 3 to 10 bytes each.
 *
 * @param values - Finite. On a circle, within the period of the density.
 * @param density - A `FourierDensity`, or any law that tells the probabilities of intervals.
 * @throws {@link DensityError} `argument` for what is no quantization or density, `value` (`at`) for values that are
 * not finite, 2⁵² steps away, or in a bin whose middle is beyond all numbers.
 * @remarks O(values), and about 10⁴ probabilities of the density.
 */
export function encode(
  values: ArrayLike<number>,
  density: CodingDensity,
  quantization: Quantization,
): Uint8Array {
  checkNumbers(values, "values");
  const quantizer = quantizerOf(quantization, density);
  const symbols = new Symbols(codeTable(density, quantizer));
  const { table, escape, start, edge, shift } = symbols;
  const indices = new Uint32Array(values.length);
  const lowBits = new BitWriter();
  const escaped = new ByteWriter();
  for (let i = 0; i < values.length; i++) {
    const bin = quantizer.binOf(values[i]!);
    if (!(Math.abs(bin) < 2 ** 52 && Number.isFinite(quantizer.valueOf(bin))))
      throw new DensityError(
        "value",
        `values[${i}] is ${values[i]}: it must be less than 2^52 steps away, in a bin with a finite middle`,
        i,
      );
    const symbol = symbols.of(bin);
    indices[i] = symbol;
    if (symbol === escape) escaped.varint(zigzag(bin));
    else if (shift[symbol]! > 0) lowBits.write(bin - edge[symbol]!, shift[symbol]!);
  }

  const writer = new ByteWriter();
  writer.bytes(MAGIC);
  writer.varint(values.length);
  if (quantizer.levels === undefined) {
    writer.varint(KIND.steps);
    writer.float64(quantizer.step);
    writer.float64(quantizer.offset);
  } else {
    writer.varint(KIND.levels);
    writer.varint(quantizer.levels.length);
    for (const level of quantizer.levels) writer.float64(level);
  }
  writeTable(writer, table);
  writer.block(ransEncode(indices, start, table.frequency, table.precision));
  writer.block(lowBits.finish());
  writer.block(escaped.finish());
  const body = writer.finish();
  writer.uint32(crc32(body));
  return writer.finish();
}
