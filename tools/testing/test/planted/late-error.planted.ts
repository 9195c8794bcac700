import { test } from "vitest";

test("passes, and leaves behind what throws later", async () => {
  setTimeout(() => {
    throw new Error("planted");
  });
  await new Promise((resolve) => setTimeout(resolve, 20));
});
