import { beforeAll, describe, test } from "vitest";

describe("a suite whose hook throws", () => {
  beforeAll(() => {
    throw new Error("planted");
  });
  test("is skipped", () => {});
});
