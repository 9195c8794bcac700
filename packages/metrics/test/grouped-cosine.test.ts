import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cosine, type CosineBound, type GroupedCosine, groupedCosine, type Groups } from "../src/index.ts";
import { leastCosine } from "../src/cosine-bounds.ts";

const entry = fc.oneof(
  fc.constant(0),
  fc.double({ min: -100, max: 100, noNaN: true }).filter((v) => v === 0 || Math.abs(v) > 1e-6),
);
const sizes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 6 });
const grouped = sizes
  .chain((groups) => {
    const n = groups.reduce((sum, size) => sum + size);
    const vector = fc.array(entry, { minLength: n, maxLength: n }).filter((x) => x.some((v) => v !== 0));
    return fc.record({ groups: fc.constant(groups), x: vector, y: vector });
  })
  .map(({ groups, x, y }) => ({ groups, x, y, result: groupedCosine(x, y, groups) }));

/** Blocks of two numbers with given norms and angle, in which everything is known. */
function built(blocks: readonly (readonly [normX: number, normY: number, cosine: number])[]): GroupedCosine {
  const x = blocks.flatMap(([norm]) => [norm, 0]);
  const y = blocks.flatMap(([, norm, c]) => [norm * c, norm * Math.sqrt(1 - c * c)]);
  return groupedCosine(
    x,
    y,
    blocks.map(() => 2),
  );
}
const bound = ({ bounds }: GroupedCosine, name: CosineBound["name"]): number | undefined =>
  bounds.find((one) => one.name === name)?.value;

describe("groupedCosine", () => {
  test("of the article's examples", () => {
    const one = groupedCosine([1, 1], [1, 2], [1, 1]);
    expect(one.blocks.map((block) => block.cosine)).toEqual([1, 1]);
    expect(one.cosine).toBeCloseTo(0.948683, 6);
    for (const [epsilon, value] of [
      [0.1, 0.19802],
      [0.01, 0.019998],
      [0.001, 0.002],
    ] as const)
      expect(groupedCosine([epsilon, 1], [1, epsilon], [1, 1]).cosine).toBeCloseTo(value, 6);
  });

  test("is the cosine of the whole, and so are the contributions' sum and the mean local cosine times the profile", () => {
    fc.assert(
      fc.property(grouped, ({ x, y, result }) => {
        expect(result.cosine).toBeCloseTo(cosine(x, y), 14);
        expect(result.blocks.reduce((sum, block) => sum + block.contribution, 0)).toBeCloseTo(
          result.cosine,
          14,
        );
        expect(result.meanLocal * result.profile).toBeCloseTo(result.cosine, 14);
        const [normsX, normsY] = [result.blocks.map((b) => b.normX), result.blocks.map((b) => b.normY)];
        expect(result.profile).toBeCloseTo(cosine(normsX, normsY), 14);
      }),
    );
  });

  test("gives each block what cosine gives for it alone", () => {
    fc.assert(
      fc.property(grouped, ({ x, y, result }) => {
        for (const { start, end, cosine: local, normX, normY } of result.blocks) {
          const [a, b] = [x.slice(start, end), y.slice(start, end)];
          expect(normX).toBeCloseTo(Math.hypot(...a), 10);
          expect(normY).toBeCloseTo(Math.hypot(...b), 10);
          if (normX === 0 || normY === 0) expect(local).toBeUndefined();
          else expect(local).toBe(cosine(a, b));
        }
      }),
    );
  });

  test("takes sizes, offsets, names and nested groups, and finds the same blocks in them", () => {
    const x = Float32Array.from({ length: 10 }, (_, i) => Math.sin(i + 1));
    const y = Float32Array.from({ length: 10 }, (_, i) => Math.cos(i));
    const plain = groupedCosine(x, y, [3, 0, 5, 2]);
    expect(groupedCosine(x, y, Int32Array.of(3, 0, 5, 2))).toEqual(plain);
    expect(groupedCosine(x, y, { offsets: [0, 3, 3, 8, 10] })).toEqual(plain);
    expect(plain.blocks.map(({ name, start, end }) => [name, start, end])).toEqual([
      ["0", 0, 3],
      ["1", 3, 3],
      ["2", 3, 8],
      ["3", 8, 10],
    ]);
    const named = groupedCosine(x, y, { offsets: [0, 3, 10], names: ["q", "k"] });
    expect(named.blocks.map(({ name }) => name)).toEqual(["q", "k"]);

    const nested = groupedCosine(x, y, [
      {
        name: "attention",
        groups: [
          { name: "q", size: 3 },
          { name: "rest", groups: [0, 5] },
        ],
      },
      { name: "mlp", size: 2 },
    ]);
    expect(nested.cosine).toBeCloseTo(plain.cosine, 14);
    const [attention, mlp] = nested.blocks;
    expect(mlp!.within).toBeUndefined();
    expect(attention!.cosine).toBe(attention!.within!.cosine);
    expect(attention!.within).toEqual(
      expect.objectContaining({ cosine: expect.closeTo(cosine(x.slice(0, 8), y.slice(0, 8)), 14) }),
    );
    expect(attention!.within!.blocks[1]!.within!.blocks[1]).toMatchObject({ name: "1", start: 3, end: 8 });
  });

  test("does not mind what squares leave the range of float64", () => {
    const result = groupedCosine([1e300, 1e-300], [1e-300, 1e300], [1, 1]);
    expect(result.blocks.map((block) => block.cosine)).toEqual([1, 1]);
    expect(result.cosine).toBe(0);
    const scaled = groupedCosine([1e-200, 2e-200, 3], [2e-200, 1e-200, 3], [2, 1]);
    expect(scaled.blocks[0]!.cosine).toBeCloseTo(0.8, 15);
    for (const { value } of result.bounds) expect(Number.isFinite(value)).toBe(true);
  });
});

describe("the bounds", () => {
  test("hold, for any vectors and blocks, zero blocks and negative cosines among them", () => {
    fc.assert(
      fc.property(grouped, ({ result }) => {
        for (const { kind, of, value } of result.bounds) {
          if (kind === "upper") expect(result[of]).toBeLessThanOrEqual(value + 1e-13);
          if (kind === "lower") expect(result[of]).toBeGreaterThanOrEqual(value - 1e-13);
          if (kind === "equal") expect(result[of]).toBe(value);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test("are the article's: at most the largest local cosine if none is negative, and no positive floor", () => {
    fc.assert(
      fc.property(grouped, ({ result }) => {
        const locals = result.blocks.flatMap((block) => block.cosine ?? []);
        if (locals.length > 0 && locals.every((local) => local >= 0)) {
          expect(bound(result, "largest-local")).toBe(Math.max(...locals));
          expect(bound(result, "smallest-local")).toBe(0);
        }
      }),
    );
  });

  test("tighten as more is known: range of ratios, ratios, everything", () => {
    fc.assert(
      fc.property(grouped, ({ result }) => {
        const range = bound(result, "ratio-range");
        const sharp = bound(result, "ratios");
        if (range !== undefined && sharp !== undefined) expect(sharp).toBeGreaterThanOrEqual(range - 1e-13);
        if (sharp !== undefined)
          expect(sharp).toBeGreaterThanOrEqual(bound(result, "smallest-local")! - 1e-13);
      }),
    );
  });

  test("from the range of ratios is reached by two blocks with ‖x₁‖²m = ‖x₂‖²M", () => {
    const [m, M, c] = [0.5, 8, 0.6];
    const result = built([
      [Math.sqrt(M), m * Math.sqrt(M), c],
      [Math.sqrt(m), M * Math.sqrt(m), c],
    ]);
    expect(bound(result, "ratio-range")).toBeCloseTo((c * 2 * Math.sqrt(m * M)) / (m + M), 14);
    expect(result.cosine).toBeCloseTo(bound(result, "ratio-range")!, 14);
  });

  test("from the ratios are the least over all weights of the blocks: none of 20,000 is less, and one comes near", () => {
    const random = mulberry(1);
    for (let round = 0; round < 20; round++) {
      const locals = Array.from({ length: 2 + Math.floor(random() * 5) }, () => ({
        cosine: 2 * random() - (round % 2 ? 1 : 0.8),
        ratio: Math.exp(4 * random() - 2),
      })).map(({ cosine: c, ratio }) => ({ cosine: Math.max(-1, Math.min(1, c)), ratio }));
      const least = leastCosine(locals);
      let found = Infinity;
      for (let draw = 0; draw < 20_000; draw++) {
        const weights = locals.map(() => Math.log(1 / random()) ** 3);
        const sum = weights.reduce((a, b) => a + b);
        let [top, square] = [0, 0];
        locals.forEach(({ cosine: c, ratio }, i) => {
          top += (weights[i]! / sum) * c * ratio;
          square += (weights[i]! / sum) * ratio * ratio;
        });
        found = Math.min(found, top / Math.sqrt(square));
      }
      expect(found).toBeGreaterThanOrEqual(least - 1e-12);
      expect(found).toBeLessThan(least + 0.02);
    }
  });

  const local = fc.record({
    cosine: fc.oneof(fc.constantFrom(-1, 0, 0.5, 1), fc.double({ min: -1, max: 1, noNaN: true })),
    ratio: fc.oneof(
      fc.constantFrom(1, 2),
      fc.double({ min: -3, max: 3, noNaN: true }).map(Math.exp),
      fc.double({ min: -700, max: 700, noNaN: true }).map(Math.exp),
    ),
  });

  test("from the ratios of two blocks are below the cosine for all shares of the two, and reach it, however far they are", () => {
    fc.assert(
      fc.property(local, local, (one, two) => {
        const least = leastCosine([one, two]);
        let found = Math.min(one.cosine, two.cosine);
        // Shares of the two of which one is e^odds times the other, about the geometric mean of the ratios.
        const middle = Math.log(one.ratio) - Math.log(two.ratio);
        for (let odds = -12; odds <= 12; odds += 1 / 64) {
          const [p, q] = [Math.exp((odds - middle) / 2), Math.exp((middle - odds) / 2)];
          const [r, s] = [Math.exp(middle / 2), Math.exp(-middle / 2)];
          const square = Math.sqrt((p * r * r + q * s * s) * (p + q));
          if (square > 0 && square < Infinity)
            found = Math.min(found, (p * r * one.cosine + q * s * two.cosine) / square);
        }
        expect(found).toBeGreaterThanOrEqual(least - 1e-13);
        expect(found).toBeLessThanOrEqual(least + 1e-3);
      }),
      { numRuns: 500 },
    );
    // ε apart, both cosines 1: 2√ε / (1 + ε).
    for (const epsilon of [1e-3, 1e-16, 1e-17, 1e-200])
      expect(
        leastCosine([
          { cosine: 1, ratio: 1 },
          { cosine: 1, ratio: epsilon },
        ]) / Math.sqrt(epsilon),
      ).toBeCloseTo(2 / (1 + epsilon), 12);
  });

  test("from the ratios are the least over all pairs of blocks", () => {
    fc.assert(
      fc.property(fc.array(local, { minLength: 1, maxLength: 12 }), (locals) => {
        // Two blocks alone have an edge and nothing to leave out.
        const pairs = locals.flatMap((a) => locals.map((b) => leastCosine([a, b])));
        expect(leastCosine(locals)).toBeCloseTo(Math.min(...pairs), 13);
      }),
      { numRuns: 2000 },
    );
  });

  test("of 200,000 blocks are there in moments", () => {
    const entries = { length: 200_000 };
    const x = Float64Array.from(entries, (_, i) => 2 + Math.sin(i));
    const y = Float64Array.from(entries, (_, i) => 2 + Math.cos(1.7 * i));
    const result = groupedCosine(x, y, new Uint8Array(200_000).fill(1));
    // All local cosines are 1, so that the least is that of the two outermost ratios alone.
    expect(bound(result, "ratios")).toBeCloseTo(bound(result, "ratio-range")!, 12);
    expect(result.reversal!.floor).toBeCloseTo(1, 14);
  });

  test("for blocks scaled to equal norms are the smallest local cosine", () => {
    const result = built([
      [1, 100, 0.3],
      [5, 0.01, 0.9],
    ]);
    expect(result.equalized).toBeCloseTo((0.3 + 25 * 0.9) / 26, 14);
    expect(bound(result, "equal-ratios")).toBeCloseTo(0.3, 14);
    // Scaled by hand, the global cosine is that.
    expect(
      built([
        [1, 1, 0.3],
        [5, 5, 0.9],
      ]).cosine,
    ).toBeCloseTo(result.equalized, 14);
  });

  test("take blocks that vanish on one side into account", () => {
    const result = groupedCosine([1, 0], [1, 10], [1, 1]);
    expect(result.blocks[1]).toMatchObject({ cosine: undefined, weight: 0, contribution: 0 });
    expect(result.cosine).toBeCloseTo(0.0995, 4);
    expect([result.sharedX, result.sharedY]).toEqual([1, expect.closeTo(1 / 101, 14)]);
    expect(bound(result, "ratios")).toBeCloseTo(result.cosine, 14);
    const apart = groupedCosine([1, 0], [0, 1], [1, 1]);
    expect(apart).toMatchObject({ cosine: 0, meanLocal: 0, profile: 0, equalized: 0, reversal: undefined });
    expect(apart.bounds.map(({ name }) => name)).toEqual(["exact"]);
  });

  test("say what they need to know", () => {
    expect(groupedCosine([1, 1], [1, 2], [1, 1]).bounds.map(({ name, needs }) => [name, needs])).toEqual([
      ["largest-local", ["largest local cosine"]],
      ["smallest-local", ["smallest local cosine"]],
      ["ratio-range", ["smallest local cosine", "range of ratios", "shared shares"]],
      ["ratios", ["local cosines", "ratios", "shared shares"]],
      ["equal-ratios", ["smallest local cosine"]],
      ["exact", ["local cosines", "norms"]],
    ]);
    // Cassels' inequality asks for local cosines that are not negative.
    expect(bound(groupedCosine([1, 1], [1, -2], [1, 1]), "ratio-range")).toBeUndefined();
  });
});

describe("reversal", () => {
  test("certifies a global cosine below every local one, and can be checked", () => {
    fc.assert(
      fc.property(grouped, ({ result: { reversal, blocks, cosine: global, meanLocal } }) => {
        const locals = blocks.flatMap((block) => block.cosine ?? []);
        if (reversal === undefined) {
          if (locals.length > 0) expect(global).toBeGreaterThanOrEqual(Math.min(...locals) - 2e-12);
          return;
        }
        expect(reversal.floor).toBe(Math.min(...locals));
        expect(reversal.cosine).toBeLessThan(reversal.floor);
        expect(meanLocal * reversal.profile).toBeCloseTo(reversal.cosine, 14);
        expect(meanLocal).toBeGreaterThanOrEqual(reversal.floor - 1e-12);
      }),
      { numRuns: 1000 },
    );
  });

  test("names the blocks that pull apart", () => {
    expect(
      groupedCosine([0.1, 1], [1, 0.1], { offsets: [0, 1, 2], names: ["embedding", "head"] }).reversal,
    ).toEqual({
      floor: 1,
      cosine: expect.closeTo(0.19802, 5),
      profile: expect.closeTo(0.19802, 5),
      heavyInX: "head",
      heavyInY: "embedding",
    });
    expect(groupedCosine([1, 2], [2, 4], [1, 1]).reversal).toBeUndefined();
    expect(groupedCosine([1, 0], [1, 10], [1, 1]).reversal).toMatchObject({ floor: 1, heavyInY: "1" });
  });

  test("finds out the optimiser that led to the article: every parameter's cosine is clamped to 0.5, the global one is not", () => {
    // Parameters of very different scales, an update that is normalised for each (as Adam's is), and then turned towards the
    // gradient until its cosine with it is at least λ, parameter by parameter.
    const lambda = 0.5;
    const random = mulberry(7);
    const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const parameters = [2048, 512, 512, 64, 64, 8];
    const scales = [1e-4, 3e-3, 1e-3, 0.1, 0.3, 5];
    const gradient = parameters.flatMap((size, i) =>
      Array.from({ length: size }, () => scales[i]! * normal()),
    );
    const update = gradient.map((g) => Math.sign(g) * 0.2 + normal());
    const clamped = parameters.flatMap((size, i) => {
      const start = parameters.slice(0, i).reduce((sum, n) => sum + n, 0);
      return clampedTo(lambda, update.slice(start, start + size), gradient.slice(start, start + size));
    });

    const { blocks, cosine: global, reversal } = groupedCosine(clamped, gradient, parameters);
    for (const block of blocks) expect(block.cosine).toBeGreaterThanOrEqual(lambda - 1e-12);
    expect(global).toBeLessThan(lambda / 2);
    expect(reversal!.cosine).toBeCloseTo(cosine(clamped, gradient), 14);
    expect(reversal).toMatchObject({ heavyInX: "0", heavyInY: "5" });
  });
});

describe("bad groups", () => {
  const x = [1, 2, 3];
  const circle: { groups: unknown[] } = { groups: [] };
  circle.groups.push(circle);
  test.each<[string, unknown]>([
    ["too few", [1, 1]],
    ["too many", [3, 1]],
    ["negative", [4, -1]],
    ["not whole", [1.5, 1.5]],
    ["not a number", [3, "0"]],
    ["none", []],
    ["null", null],
    ["a hole", [3, undefined]],
    ["without a size", [{ name: "q" }]],
    ["empty inside", [3, { groups: [] }]],
    ["without end", [circle]],
    ["offsets that fall", { offsets: [0, 4, 3] }],
    ["offsets that begin late", { offsets: [1, 3] }],
    ["offsets of nothing", { offsets: null }],
    ["one offset", { offsets: [0] }],
    ["offsets that are no numbers", { offsets: [0, 3n] }],
    ["offsets without end", { offsets: { length: 1e9, 0: 0 } }],
    ["names that do not fit", { offsets: [0, 3], names: ["a", "b"] }],
    ["names that are none", { offsets: [0, 3], names: null }],
  ])("%s are refused", (_, groups) => {
    expect(() => groupedCosine(x, x, groups as Groups)).toThrow(expect.objectContaining({ code: "groups" }));
  });

  test("a vector longer than the largest number is refused", () => {
    const most = Number.MAX_VALUE;
    for (const groups of [[2], [1, 1], [{ groups: [1, 1] }]])
      for (const [a, b] of [
        [
          [most, most],
          [1, 2],
        ],
        [
          [1, 2],
          [most, -most],
        ],
      ] as const)
        expect(() => groupedCosine(a, b, groups)).toThrow(expect.objectContaining({ code: "value" }));
    expect(groupedCosine([most, 0], [1, 0], [2]).cosine).toBe(1);
  });

  test("a zero vector has no cosine, however it is grouped", () => {
    expect(() => groupedCosine([0, 0], [1, 2], [1, 1])).toThrow(expect.objectContaining({ code: "zero" }));
    expect(() => groupedCosine([0, NaN], [1, 2], [1, 1])).toThrow(
      expect.objectContaining({ code: "value", at: 1 }),
    );
    const half = groupedCosine([0, 0, 1], [1, 2, 1], [{ groups: [1, 1] }, 1]);
    expect(half.blocks[0]).toMatchObject({
      cosine: undefined,
      normX: 0,
      normY: expect.closeTo(Math.sqrt(5), 14),
    });
    expect(half.blocks[0]).not.toHaveProperty("within");
  });
});

/** The update nearest to u whose cosine with g is at least λ: u, or u with its part along g made longer. */
function clampedTo(lambda: number, u: readonly number[], g: readonly number[]): number[] {
  const along = u.reduce((sum, v, i) => sum + v * g[i]!, 0) / g.reduce((sum, v) => sum + v * v, 0);
  const across = u.map((v, i) => v - along * g[i]!);
  const wanted = ((lambda / Math.sqrt(1 - lambda ** 2)) * Math.hypot(...across)) / Math.hypot(...g);
  return across.map((v, i) => v + Math.max(along, wanted) * g[i]!);
}

/** A small seeded generator, so that a failure comes again. */
function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t ^= t + Math.imul(t ^ (t >>> 7), 61 | t);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
