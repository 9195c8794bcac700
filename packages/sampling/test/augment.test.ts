import { encodeIds, LatticeError, latticeOf, emit, modelFromPieces, nbest } from "@lemmata/lattice";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  augment,
  type AugmentedLine,
  type AugmentOptions,
  keyedRng,
  type Lines,
  lineSampler,
  sampleEncode,
} from "../src/index.ts";
import { codeOf, gTest, lawOf } from "./oracle.ts";

const FALSE_ALARM = 1e-6;
const model = modelFromPieces({ a: -1, b: -1.5, ab: -2, ba: -1.7, aba: -2.2, bab: -3 });
const lines = ["abab", "", "babab", "a", "aabbaab", "abababab", "bb"];

async function all(
  source: Lines | (() => Lines),
  options?: AugmentOptions,
): Promise<(Omit<AugmentedLine, "ids"> & { ids: number[] })[]> {
  const found = [];
  for await (const { epoch, line, ids } of augment(source, model, options))
    found.push({ epoch, line, ids: [...ids] });
  return found;
}

/** One after another, as they come from a stream. */
async function* streamed(source: readonly string[]): AsyncGenerator<string> {
  for (const line of source) yield await Promise.resolve(line);
}

describe("what is drawn", () => {
  test("is what sampleEncode draws with the generator of the epoch and the line", async () => {
    const want = [0, 1, 2].flatMap((epoch) =>
      lines.map((text, line) => {
        const rng = keyedRng(5, epoch, line);
        return { epoch, line, ids: [...sampleEncode(model, text, { alpha: 0.3, rng })] };
      }),
    );
    const options = { alpha: 0.3, seed: 5, epochs: 3 };
    expect(await all(lines, options)).toEqual(want);
    expect(await all(() => streamed(lines), options)).toEqual(want);
    expect(await all(new Set(lines), options)).toEqual(want);
    const sample = lineSampler(model, options);
    for (const { epoch, line, ids } of want.toReversed())
      expect([...sample(lines[line]!, line, epoch)]).toEqual(ids);
  });

  test("with another sampler, is that sampler's", async () => {
    const draw: AugmentOptions["draw"] = (of, text, { rng }) => {
      const paths = nbest(latticeOf(of, text), 2);
      return emit(of, paths[Math.floor(rng() * paths.length)]!).ids;
    };
    const want = lines.map((text, line) => {
      const paths = nbest(latticeOf(model, text), 2);
      const { ids } = emit(model, paths[Math.floor(keyedRng(1, 0, line)() * paths.length)]!);
      return { epoch: 0, line, ids: [...ids] };
    });
    expect(await all(lines, { draw, seed: 1 })).toEqual(want);
  });

  test("with alpha so large that nothing else has mass, is the best segmentation", async () => {
    const want = lines.map((text) => [...encodeIds(model, text)]);
    expect((await all(lines, { alpha: 1e6 })).map(({ ids }) => ids)).toEqual(want);
  });

  test("of one line has the model's law over epochs, and two lines are independent: G-tests, false alarm 1e-6", async () => {
    const pair = ["abab", "bab"];
    const laws = pair.map((text) => {
      const lattice = latticeOf(model, text);
      const ids = new Map(
        nbest(lattice, 100).map((path) => [path.edges.join(), emit(model, path).ids.join()]),
      );
      return new Map([...lawOf(lattice, 0.5)].map(([path, p]) => [ids.get(path)!, p]));
    });
    const joint = new Map(
      [...laws[0]!].flatMap(([a, p]) => [...laws[1]!].map(([b, q]) => [`${a} ${b}`, p * q] as const)),
    );
    expect(joint.size).toBeGreaterThan(12);
    const counts = new Map<string, number>();
    let first = "";
    for await (const { line, ids } of augment(pair, model, { alpha: 0.5, seed: 2, epochs: 20_000 })) {
      if (line === 0) first = ids.join();
      else counts.set(`${first} ${ids.join()}`, (counts.get(`${first} ${ids.join()}`) ?? 0) + 1);
    }
    expect(gTest(counts, joint)).toBeGreaterThan(FALSE_ALARM);
  });

  test("differs between epochs, lines and seeds", async () => {
    const long = ["ab".repeat(60), "ab".repeat(60)];
    const drawn = [...(await all(long, { epochs: 2 })), ...(await all(long, { epochs: 2, seed: 1 }))];
    expect(new Set(drawn.map(({ ids }) => ids.join())).size).toBe(8);
  });
});

describe("a part of the work gives what the whole gives there", () => {
  const plan = fc.record({
    epochs: fc.integer({ min: 0, max: 3 }),
    seed: fc.maxSafeInteger(),
    source: fc.array(fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 6 }), { maxLength: 8 }),
  });

  test("any number of shards", async () => {
    await fc.assert(
      fc.asyncProperty(plan, fc.integer({ min: 1, max: 9 }), async ({ source, ...options }, of) => {
        const shards = [];
        for (let shard = 0; shard < of; shard++)
          shards.push(...(await all(() => streamed(source), { ...options, shard, of })));
        shards.sort((one, other) => one.epoch - other.epoch || one.line - other.line);
        expect(shards).toEqual(await all(source, options));
      }),
      { numRuns: 50 },
    );
  });

  test("a run that goes on from anywhere", async () => {
    await fc.assert(
      fc.asyncProperty(plan, fc.nat(4), fc.nat(9), async ({ source, ...options }, epoch, line) => {
        const whole = await all(source, options);
        const rest = whole.filter((one) => one.epoch > epoch || (one.epoch === epoch && one.line >= line));
        expect(await all(source, { ...options, from: { epoch, line } })).toEqual(rest);
      }),
      { numRuns: 50 },
    );
  });

  test("parts of the text, of which each knows the number of its first line", async () => {
    await fc.assert(
      fc.asyncProperty(plan, fc.nat(8), async ({ source, ...options }, cut) => {
        const parts = [
          ...(await all(source.slice(0, cut), options)),
          ...(await all(source.slice(cut), { ...options, firstLine: cut })),
        ];
        const whole = await all(source, options);
        const head = Math.min(cut, source.length);
        expect(parts.filter(({ line }) => line < head)).toEqual(whole.filter(({ line }) => line < head));
        const tail = parts.filter(({ line }) => line >= cut);
        expect(tail).toEqual(whole.filter(({ line }) => line >= cut));
      }),
      { numRuns: 50 },
    );
  });

  test("all three at once", async () => {
    const whole = await all(lines, { epochs: 4, seed: 3 });
    const part = await all(lines.slice(2), {
      epochs: 4,
      seed: 3,
      firstLine: 2,
      shard: 1,
      of: 2,
      from: { epoch: 1, line: 4 },
    });
    const want = whole.filter(
      ({ epoch, line }) => line >= 2 && line % 2 === 1 && (epoch > 1 || (epoch === 1 && line >= 4)),
    );
    expect(part).toEqual(want);
  });
});

describe("lines", () => {
  test("are read when they are asked for, none ahead", async () => {
    let read = 0;
    let closed = false;
    async function* counting(): AsyncGenerator<string> {
      try {
        for (;;) {
          read++;
          yield "ab";
        }
      } finally {
        closed = true;
      }
    }
    for await (const { line } of augment(counting(), model)) {
      expect(read).toBe(line + 1);
      if (line === 20) break;
    }
    expect({ read, closed }).toEqual({ read: 21, closed: true });
  });

  test("that can be read only once do for one epoch, and for more are refused", async () => {
    expect(await all(streamed(lines))).toEqual(await all(lines));
    const drawn: AugmentedLine[] = [];
    const work = async (source: Lines): Promise<void> => {
      for await (const one of augment(source, model, { epochs: 3, from: { epoch: 1, line: 0 } }))
        drawn.push(one);
    };
    const refusal = { code: "argument", message: expect.stringContaining("a function that opens them") };
    await expect(work(streamed(lines))).rejects.toMatchObject(refusal);
    await expect(work(lines.values())).rejects.toMatchObject(refusal);
    expect(drawn).toEqual([]);
    // What does not show it, such as a stream, is refused when it has no more lines.
    const stream = streamed(lines);
    await expect(work({ [Symbol.asyncIterator]: () => stream })).rejects.toMatchObject({
      code: "argument",
      message: expect.stringContaining("epoch 2 has 0 lines, and the one before it had 7"),
    });
    expect(drawn).toHaveLength(lines.length);
  });

  test("that cannot be drawn from are named, with the cause", async () => {
    const work = all(["ab", "b", "abc"], { epochs: 2, firstLine: 10 });
    const error: unknown = await work.catch((caught: unknown) => caught);
    expect(error).toMatchObject({
      code: "line",
      at: 12,
      message: expect.stringMatching(/^epoch 0, line 12: /),
    });
    expect((error as Error).cause).toMatchObject({ name: "SamplingError", code: "no-path" });
    await expect(all(["ab", 7 as unknown as string])).rejects.toMatchObject({ code: "line", at: 1 });
  });

  test("whose reading fails end with what it throws", async () => {
    async function* failing(): AsyncGenerator<string> {
      yield "ab";
      throw new Error("disk on fire");
    }
    await expect(all(failing())).rejects.toThrow("disk on fire");
  });
});

describe("signal and progress", () => {
  test("a signal ends the work, before it begins or from a timer, with its reason", async () => {
    const reason = new Error("enough");
    await expect(all(lines, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    function* endless(): Generator<string> {
      for (;;) yield "abab";
    }
    const controller = new AbortController();
    setTimeout(() => controller.abort(reason), 20);
    let last = -1;
    const work = async (): Promise<void> => {
      for await (const { line } of augment(endless(), model, { signal: controller.signal })) last = line;
    };
    await expect(work()).rejects.toBe(reason);
    expect(last).toBeGreaterThan(0);
  });

  test("progress counts lines over all epochs, those passed over too", async () => {
    const told: [number, number | undefined][] = [];
    const onProgress = (done: number, total: number | undefined): number => told.push([done, total]);
    await all(["a", "b", "ab"], { epochs: 2, shard: 1, of: 3, onProgress });
    expect(told).toEqual([1, 2, 3, 4, 5, 6].map((done) => [done, 6]));
    told.length = 0;
    await all(["a", "b", "ab"], { epochs: 3, from: { epoch: 2, line: 1 }, onProgress });
    expect(told).toEqual([7, 8, 9].map((done) => [done, 9]));
    told.length = 0;
    await all(streamed(["a", "b"]), { onProgress });
    expect(told).toEqual([
      [1, undefined],
      [2, undefined],
    ]);
  });
});

describe("bad arguments", () => {
  test.each<[object, string]>([
    [{ epochs: -1 }, "epochs must be an integer from 0"],
    [{ epochs: 1.5 }, "got 1.5"],
    [{ epochs: Infinity }, "epochs"],
    [{ of: 0 }, "of must be an integer from 1"],
    [{ shard: 2, of: 2 }, "shard must be an integer from 0 to 1, got 2"],
    [{ shard: -1 }, "shard"],
    [{ firstLine: -1 }, "firstLine"],
    [{ from: null }, "from.epoch"],
    [{ from: { epoch: 0 } }, "from.line"],
    [{ from: { epoch: "0", line: 0 } }, "from.epoch"],
    [{ seed: 0.5 }, "seed must be a safe integer, got 0.5"],
    [{ alpha: NaN }, "alpha"],
    [{ alpha: "hot" }, "alpha"],
    [{ draw: 1 }, "draw must be a function"],
  ])("%j are refused before a line is read", async (options, message) => {
    const opened = (): Lines => {
      throw new Error("opened");
    };
    await expect(all(opened, options)).rejects.toMatchObject({
      code: "argument",
      message: expect.stringContaining(message),
    });
  });

  test.each([["abab"], [undefined], [null], [7], [{}], [(): unknown => "abab"]])(
    "lines that are %j are refused",
    async (source) => {
      await expect(all(source as Lines)).rejects.toMatchObject({ code: "argument" });
    },
  );

  test("a model that is none is refused when the sampler is made", () => {
    expect(() => lineSampler({} as typeof model)).toThrow(LatticeError);
    expect(codeOf(() => lineSampler(model)("ab", 0.5))).toBe("argument");
    expect(codeOf(() => lineSampler(model)("ab", 0, NaN))).toBe("argument");
  });
});
