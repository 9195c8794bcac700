import { expect, test } from "vitest";
import { LARGEST, readOwnModel } from "../components/own-model.ts";

test("a file that is too large is refused before it is read", async () => {
  const file = { name: "weights.bin", size: 2 * LARGEST } as File;
  await expect(readOwnModel(file)).rejects.toThrow("it has 200.0 MB, and this page reads up to 100.0 MB");
});
