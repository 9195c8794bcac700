import { expect, test } from "vitest";
import { planeOrder } from "../../examples/image-codec/plane-order.ts";
import { levelsFromBits, levelsToBits, usedLevels } from "../../examples/image-codec/used-levels.ts";
import { uniforms } from "../coding/laws.ts";
import { noise, paint, scene } from "./pictures.ts";

test("a grey image has one channel to code, and noise is coded green, red, blue", () => {
  expect(planeOrder(scene(20, 20, 1))).toEqual([0]);
  expect(planeOrder(noise(40, 40, 3))).toEqual([1, 0, 2]);
});

test("a channel comes first that the others are rougher copies of", () => {
  for (const first of [0, 1, 2]) {
    const uniform = uniforms(first);
    const smooth = scene(40, 40, 1, 0);
    const image = paint(40, 40, 3, (x, y, c) =>
      c === first ? smooth.data[40 * y + x]! : smooth.data[40 * y + x]! + 6 * (uniform() - 0.5),
    );
    expect(planeOrder(image)[0]).toBe(first);
  }
});

test("levels in use are told in order, as bits and back, and all if they are many", () => {
  expect([...usedLevels(Uint8Array.of(7, 255, 0, 7))]).toEqual([0, 7, 255]);
  expect(usedLevels(Uint8Array.from({ length: 193 }, (_, i) => i))).toHaveLength(256);
  for (const levels of [[0], [255], [0, 7, 8, 200], [...Array(256).keys()]])
    expect([...levelsFromBits(levelsToBits(Uint8Array.from(levels)))]).toEqual(levels);
});
