import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { cosine, CosineSketch, type GroupedCosine, groupedCosine, type Vector } from "../../src/index.ts";
import { run, temporaryDirectory } from "./run.ts";
import { npy, raw, safetensors, type StoredTensor } from "./vector-files.ts";

/** Entries that are not read at once: somewhat more than twice what is. */
const MANY = 300_001;
const wave = (n: number, step: number): Float32Array =>
  Float32Array.from({ length: n }, (_, i) => Math.sin(i * step) + 0.3 * Math.cos(i * i * 0.01));
const x = wave(MANY, 0.37);
const y = wave(MANY, 0.371);

/** Writes two files and has them compared. */
function compared(files: Readonly<Record<string, Uint8Array>>, ...args: string[]) {
  const path = temporaryDirectory();
  for (const [name, bytes] of Object.entries(files)) writeFileSync(path(name), bytes);
  const { status, text, stderr } = run(["cosine", ...Object.keys(files).map(path), ...args]);
  return { status, text, stderr: stderr.replaceAll(path("/"), "") };
}
const found = (files: Readonly<Record<string, Uint8Array>>, ...args: string[]) => {
  const { status, text, stderr } = compared(files, "--format", "json", ...args);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return JSON.parse(text) as { cosine: number; normX: number; normY: number; length: number };
};

describe("the cosine of two vectors", () => {
  // Made by tools/golden/make_metrics.py with numpy and scipy.
  const { cosines } = JSON.parse(
    readFileSync(new URL("../golden/vectors.json", import.meta.url), "utf8"),
  ) as {
    cosines: readonly { dtype: string; x: number[]; y: number[]; cosine: number }[];
  };
  const types = {
    float64: { make: Float64Array, npy: "<f8", safetensors: "F64" },
    float32: { make: Float32Array, npy: "<f4", safetensors: "F32" },
    float16: { make: Uint16Array, npy: "<f2", safetensors: "F16" },
    bfloat16: { make: Uint16Array, npy: undefined, safetensors: "BF16" },
    int8: { make: Int8Array, npy: "|i1", safetensors: "I8" },
  } as const;

  test.each(Object.entries(types))("of %s is scipy's, in each format", (dtype, type) => {
    const { x: a, y: b, cosine: want } = cosines.findLast((row) => row.dtype === dtype)!;
    const [u, v] = [type.make.from(a), type.make.from(b)];
    const shape = [u.length];
    const tensor = (numbers: ArrayBufferView): Uint8Array =>
      safetensors({ w: { dtype: type.safetensors, shape, numbers } });
    const got = [
      found({ "x.bin": raw(u), "y.bin": raw(v) }, "--dtype", dtype),
      found({ "x.safetensors": tensor(u), "y.bin": raw(v) }, "--dtype", dtype),
      ...(type.npy === undefined
        ? []
        : [found({ "x.npy": npy(type.npy, shape, u), "Y.NPY": npy(type.npy, shape, v) })]),
    ];
    for (const one of got) {
      expect(Math.abs(one.cosine - want)).toBeLessThanOrEqual(1e-14);
      expect(one).toEqual(got[0]);
    }
  });

  test("is to the bit the library's of files that are not read at once, and the exact one to 1e-12", () => {
    const got = found({ "x.npy": npy("<f4", [MANY], x), "y.f32": raw(y) }, "--dtype", "float32");
    expect(got).toMatchObject({ cosine: cosine(x, y), length: MANY });
    const exact = new CosineSketch().add(x, y).finish();
    expect(Math.abs(got.cosine - exact.cosine!)).toBeLessThan(1e-12);
    expect(Math.abs(got.normX - exact.normX)).toBeLessThan(1e-12 * exact.normX);
  });

  test("may be of two types, two byte orders, and of shapes that differ by sizes of 1", () => {
    const doubles = Float64Array.from(y);
    const swapped = Buffer.from(raw(doubles)).swap64();
    const files = { "x.npy": npy("<f4", [MANY, 1], x), "y.npy": npy(">f8", [1, MANY], swapped, true) };
    expect(found(files).cosine).toBe(cosine(x, y));
  });

  test.each([1e200, 1e-200, 5e-324])(
    "has no trouble with entries of some %d, as the library has none",
    (size) => {
      const [u, v] = [x, y].map((from) => Float64Array.from(from, (entry) => entry * size)) as [
        Float64Array,
        Float64Array,
      ];
      const got = found({ "x.npy": npy("<f8", [MANY], u), "y.npy": npy("<f8", [MANY], v) });
      expect(got.cosine).toBe(cosine(u, v));
    },
  );

  test("is shown as text", () => {
    const files = { x: raw(Float32Array.of(3, 4)), y: raw(Float32Array.of(4, 3)) };
    expect(compared(files, "--dtype", "float32").text).toBe(
      "cosine           0.96\nnorms            5, 5\nentries          2\n",
    );
  });
});

describe("the cosine of two files of tensors", () => {
  const f32 = (...numbers: number[]): StoredTensor => ({
    dtype: "F32",
    shape: [numbers.length],
    numbers: Float32Array.from(numbers),
  });
  const update = { q: f32(3, 4), k: f32(0.01, 0), bias: f32(0, 0) };
  const gradient = { k: f32(8, 6), bias: f32(0, 0.5), q: f32(0.03, 0.04) };

  interface Found extends Omit<GroupedCosine, "blocks"> {
    readonly tensors: readonly (GroupedCosine["blocks"][number] & { readonly length: number })[];
  }
  const expectSame = (
    got: Found,
    vectors: readonly [Vector, Vector],
    names: readonly string[],
    sizes: number[],
  ) => {
    const want = groupedCosine(
      ...vectors,
      names.map((name, i) => ({ name, size: sizes[i]! })),
    );
    const near = (a: number, b: number): void =>
      expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(b)));
    for (const part of [
      "cosine",
      "normX",
      "normY",
      "meanLocal",
      "profile",
      "sharedX",
      "sharedY",
      "equalized",
    ] as const)
      near(got[part], want[part]);
    expect(got.tensors.map(({ name, length }) => [name, length])).toEqual(
      names.map((name, i) => [name, sizes[i]]),
    );
    want.blocks.forEach((block, i) => {
      const tensor = got.tensors[i]!;
      if (block.cosine === undefined) expect(tensor.cosine).toBe(null);
      else near(tensor.cosine!, block.cosine);
      for (const part of ["normX", "normY", "weight", "contribution"] as const)
        near(tensor[part], block[part]);
    });
    const said = ({ name, kind, of, needs }: GroupedCosine["bounds"][number]) => ({ name, kind, of, needs });
    expect(got.bounds.map(said)).toEqual(want.bounds.map(said));
    want.bounds.forEach(({ value }, i) => near(got.bounds[i]!.value, value));
    const { heavyInX, heavyInY } = want.reversal ?? {};
    if (want.reversal === undefined) expect(got.reversal).toBe(null);
    else expect(got.reversal).toMatchObject({ heavyInX, heavyInY });
  };
  const flat = (tensors: Readonly<Record<string, StoredTensor>>, names: readonly string[]): number[] =>
    names.flatMap((name) => [...(tensors[name]!.numbers as Float32Array)]);

  test("is groupedCosine's of the tensors of the same name: local cosines, bounds, the certificate of a reversal", () => {
    const got = found({
      "x.safetensors": safetensors(update),
      "y.safetensors": safetensors(gradient),
    }) as unknown as Found;
    const names = ["q", "k", "bias"];
    expectSame(got, [flat(update, names), flat(gradient, names)], names, [2, 2, 2]);
    expect(got.reversal!.floor).toBeCloseTo(0.8, 7);
  });

  test("also of tensors of several types that are not read at once, of sizes 0 and 1, and of extreme entries", () => {
    const doubles = Float64Array.from(y, (entry) => entry * 1e190);
    const small = Float64Array.from(x.subarray(0, 1000), (entry) => entry * 1e-200);
    const of = (dtype: string, numbers: Float64Array | Float32Array | Int8Array): StoredTensor => ({
      dtype,
      shape: [numbers.length],
      numbers,
    });
    const scalar: StoredTensor = { dtype: "I8", shape: [], numbers: Int8Array.of(-3) };
    const a = { w: of("F32", x), none: of("F32", new Float32Array(0)), one: scalar, s: of("F64", small) };
    const b = { w: of("F64", doubles), none: of("I8", new Int8Array(0)), one: scalar, s: of("F64", small) };
    const names = ["w", "none", "one", "s"];
    const got = found({
      "x.safetensors": safetensors(a),
      "y.safetensors": safetensors(b),
    }) as unknown as Found;
    const whole = (tensors: typeof a | typeof b): number[] =>
      names.flatMap((name) => [...(tensors[name as "w"].numbers as Float64Array)]);
    expectSame(got, [whole(a), whole(b)], names, [MANY, 0, 1, 1000]);
  });

  test("may be of the tensors that are named, each once", () => {
    const files = { "x.safetensors": safetensors(update), "y.safetensors": safetensors(gradient) };
    const got = found(files, "--tensor", "k", "--tensor", "k") as unknown as Found;
    expect(got.tensors.map(({ name }) => name)).toEqual(["k"]);
    expect(got.cosine).toBeCloseTo(0.8, 12);
    const one = found(
      { "x.safetensors": safetensors(update), y: raw(Float32Array.of(1, 1)) },
      "--tensor=q",
      "--dtype=float32",
    );
    expect(one).toMatchObject({ length: 2, cosine: cosine([3, 4], [1, 1]) });
  });

  test("leaves out what cannot be read, if it is not asked for", () => {
    const odd: StoredTensor = { dtype: "F8_E4M3", shape: [2], numbers: Uint8Array.of(1, 2) };
    const files = {
      "x.safetensors": safetensors({ ...update, odd }),
      "y.safetensors": safetensors({ ...gradient, odd }),
    };
    expect(found(files, "--tensor", "q").cosine).toBeCloseTo(1, 12);
    expect(compared(files)).toEqual({
      status: 1,
      text: "",
      stderr: "lemmata-metrics: x.safetensors, odd: numbers of type F8_E4M3 cannot be read",
    });
  });

  test("is shown as text: whole, tensors, bounds; names can do nothing to a terminal", () => {
    const [a, b] = [update, gradient].map(({ q, k }) => safetensors({ "\u001b[2Jq": q, k })) as [
      Uint8Array,
      Uint8Array,
    ];
    expect(compared({ "x.safetensors": a, "y.safetensors": b }).text).toBe(`cosine           0.0065999
norms            5.00001, 10.0001
entries          4
mean of tensors  0.942857, by weight
cosine of norms  0.0069999
tensors hide     a bad whole, which is below all of them: ␛[2Jq is heavy in X, k in Y

tensor  entries  cosine  norm in X  norm in Y      weight  contribution
␛[2Jq         2       1          5       0.05  0.00499993    0.00499993
k             2     0.8       0.01         10  0.00199997    0.00159998

bound
largest-local      cosine ≤           1
smallest-local     cosine ≥           0
ratio-range        cosine ≥  0.00505959
ratios             cosine ≥   0.0056568
equal-ratios    equalized ≥         0.8
exact              cosine =   0.0065999
`);
    expect(compared({ "x.safetensors": a, "y.safetensors": a }).text).toContain(
      "tensors hide     nothing: it is not below all of them\n",
    );
  });
});

describe("data that cannot be used gets one line and exit code 1", () => {
  const good = npy("<f4", [2], Float32Array.of(1, 2));
  const one = (shape: number[], numbers: ArrayBufferView): Uint8Array =>
    safetensors({ w: { dtype: "F32", shape, numbers } });
  const holes = Float32Array.from({ length: 200_000 }, (_, i) => (i === 150_003 ? NaN : 1));

  test.each<[string, Record<string, Uint8Array>, string]>([
    [
      "a shape that lies",
      { "x.npy": npy("<f4", [3], Float32Array.of(1, 2)), "y.npy": good },
      "x.npy: (3) numbers of float32 take 12 bytes, and 8 follow the header (format, at 68)",
    ],
    [
      "a file cut short",
      { "x.npy": good, "y.npy": good.subarray(0, -1) },
      "y.npy: (2) numbers of float32 take 8 bytes, and 7 follow",
    ],
    [
      "a header cut short",
      { "x.npy": good.subarray(0, 40), "y.npy": good },
      "x.npy: cut short within the header (format, at 40)",
    ],
    ["an empty file", { "x.npy": new Uint8Array(0), "y.npy": good }, "x.npy: not a file of numpy"],
    [
      "a wrong beginning",
      { "x.npy": one([1], Float32Array.of(1)), "y.npy": good },
      "x.npy: not a file of numpy",
    ],
    [
      "no numbers",
      { "x.npy": npy("<c8", [1], Float32Array.of(1, 2)), "y.npy": good },
      'x.npy: the array is of "<c8"; want numbers',
    ],
    [
      "NaN",
      {
        "x.npy": npy("<f4", [200_000], holes),
        "y.npy": npy(
          "<f4",
          [200_000],
          holes.map(() => 1),
        ),
      },
      "x.npy[150003] is NaN (value, at 150003)",
    ],
    [
      "an infinity",
      { "x.npy": good, "y.npy": npy("<f2", [2], Uint16Array.of(0, 0x7c00)) },
      "y.npy[1] is Infinity (value, at 1)",
    ],
    [
      "two lengths",
      { "x.npy": good, "y.npy": npy("<f4", [3], Float32Array.of(1, 2, 3)) },
      "x.npy has 2 entries, y.npy 3",
    ],
    [
      "two shapes",
      { "x.npy": npy("<f4", [2, 2], new Float32Array(4)), "y.npy": npy("<f4", [4], new Float32Array(4)) },
      "x.npy has the shape (2, 2), y.npy (4)",
    ],
    [
      "two orders",
      {
        "x.npy": npy("<f4", [2, 2], new Float32Array(4)),
        "y.npy": npy("<f4", [2, 2], new Float32Array(4), true),
      },
      "x.npy and y.npy have their entries in different orders",
    ],
    [
      "zero vectors",
      { "x.npy": good, "y.npy": npy("<f4", [2], Float32Array.of(0, 0)) },
      "a zero vector has no angle (zero)",
    ],
    [
      "empty vectors",
      { "x.npy": npy("<f4", [0, 2], new Float32Array(0)), "y.npy": npy("<f4", [0, 2], new Float32Array(0)) },
      "x.npy is empty (empty)",
    ],
    [
      "a header of safetensors that lies",
      { "x.safetensors": one([1], Float32Array.of(1)).subarray(0, 30), "y.npy": good },
      "x.safetensors: a header of ",
    ],
    [
      "safetensors cut short",
      { "x.safetensors": one([1], Float32Array.of(1)).subarray(0, -1), "y.npy": good },
      "x.safetensors: the tensors end at byte ",
    ],
    [
      "safetensors of 7 bytes",
      { "x.safetensors": new Uint8Array(7), "y.npy": good },
      "x.safetensors: cut short within the header",
    ],
    [
      "a tensor that is in one file only",
      {
        "x.safetensors": one([1], Float32Array.of(1)),
        "y.safetensors": safetensors({ v: { dtype: "F32", shape: [1], numbers: Float32Array.of(1) } }),
      },
      "y.safetensors has no tensor w",
    ],
    [
      "tensors of two lengths",
      { "x.safetensors": one([1], Float32Array.of(1)), "y.safetensors": one([2], Float32Array.of(1, 2)) },
      "x.safetensors, w has 1 entries, y.safetensors, w 2",
    ],
    [
      "tensors that are all zero",
      { "x.safetensors": one([1], Float32Array.of(0)), "y.safetensors": one([1], Float32Array.of(1)) },
      "a zero vector has no angle (zero)",
    ],
    [
      "a norm that is larger than float64 can hold",
      {
        "x.safetensors": safetensors({
          w: { dtype: "F64", shape: [4], numbers: new Float64Array(4).fill(1.7e308) },
        }),
        "y.safetensors": safetensors({
          w: { dtype: "F64", shape: [4], numbers: new Float64Array(4).fill(1) },
        }),
      },
      "w has a norm that is larger than float64 can hold (value)",
    ],
    [
      "files without tensors",
      { "x.safetensors": safetensors({}), "y.safetensors": safetensors({}) },
      "x.safetensors and y.safetensors have no tensors",
    ],
  ])("%s", (_, files, message) => {
    const { status, text, stderr } = compared(files);
    expect(stderr).toContain(`lemmata-metrics: ${message}`);
    expect(stderr).toMatch(/^lemmata-metrics: [^\n]+$/);
    expect({ status, text }).toEqual({ status: 1, text: "" });
  });

  test("raw numbers that are not whole", () => {
    expect(compared({ "x.npy": good, y: new Uint8Array(9) }, "--dtype", "float32")).toMatchObject({
      status: 1,
      stderr: "lemmata-metrics: y has 9 bytes, no whole number of float32",
    });
  });

  test.skipIf(process.platform === "win32")("a device, which cannot be read at any place", () => {
    expect(run(["cosine", "/dev/null", "/dev/null", "--dtype", "int8"])).toMatchObject({
      status: 1,
      stderr: "lemmata-metrics: /dev/null is no file that can be read at any place",
    });
  });
});

describe("what is to be compared has to be said: one line and exit code 2", () => {
  const tensors = safetensors({
    a: { dtype: "I8", shape: [1], numbers: Int8Array.of(1) },
    b: { dtype: "I8", shape: [1], numbers: Int8Array.of(1) },
  });
  const array = npy("|i1", [1], Int8Array.of(1));

  test.each<[string, Record<string, Uint8Array>, string[], string]>([
    [
      "raw numbers of no type",
      { x: new Uint8Array(4), "y.npy": array },
      [],
      "x is called neither .npy nor .safetensors: --dtype TYPE",
    ],
    [
      "one tensor of several",
      { "x.safetensors": tensors, "y.npy": array },
      [],
      "of x.safetensors, which has 2 tensors, one is to be chosen by --tensor",
    ],
    [
      "one tensor of none",
      { "x.npy": array, "y.safetensors": safetensors({}) },
      [],
      "of y.safetensors, which has 0 tensors, one is to be chosen",
    ],
    [
      "two tensors for one array",
      { "x.npy": array, "y.safetensors": tensors },
      ["--tensor=a", "--tensor=b"],
      "one is to be chosen",
    ],
    [
      "a tensor of no tensors",
      { "x.npy": array, "y.npy": array },
      ["--tensor=a"],
      "--tensor is for files of safetensors",
    ],
  ])("%s", (_, files, args, message) => {
    const { status, text, stderr } = compared(files, ...args);
    expect(stderr).toContain(message);
    expect({ status, text }).toEqual({ status: 2, text: "" });
  });
});
