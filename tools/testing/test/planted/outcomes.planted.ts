import { expect, test } from "vitest";

test("passes", () => {});
test.fails("is expected to fail, so it passes", () => expect(1).toBe(2));
test("fails", () => expect(1).toBe(2));
test.skip("is skipped", () => {});
test.todo("is to be done, which is skipped too");
