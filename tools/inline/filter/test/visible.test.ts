import { expect, test } from "vitest";
import { visible } from "../src/visible.ts";

test("control characters, line ends of all kinds and what is no character become pictures, all else stays", () => {
  expect(visible("a\u0000\u001b[2J\n\t\u007f\u009b\u2028\u2029\uffff")).toBe(
    "a␀␛[2J␊␉␡\ufffd\ufffd\ufffd\ufffd",
  );
  expect(visible("naïve 漢🍣\u00a0")).toBe("naïve 漢🍣\u00a0");
});
