import { describe, expect, test } from "vitest";
import { decodeImage } from "../../examples/image-codec/index.ts";
import { decode } from "../../src/coding.ts";
import coded from "../golden/coded.json" with { type: "json" };

const bytes = (base64: string): Uint8Array =>
  Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

describe("files that were coded by version 1 of the formats", () => {
  test("decode to the middles of steps", () => {
    expect([...decode(bytes(coded.steps))]).toEqual([9.75, 12.25, 10.25, 3.25, -79.75, 11.25]);
  });

  test("decode to values far away", () => {
    expect([...decode(bytes(coded.escapes))]).toEqual([0.1, -5000.25, 0.7000000000000001, 1e9]);
  });

  test("decode to levels", () => {
    expect([...decode(bytes(coded.levels))]).toEqual([-4, 4, 4, 0.5, 4]);
  });

  test.each(["grey", "colour", "ablation"] as const)("decode to pieces of photographs: %s", (name) => {
    expect(decodeImage(bytes(coded[name].coded)).data).toEqual(bytes(coded[name].pixels));
  });
});
