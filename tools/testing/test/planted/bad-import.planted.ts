import { test } from "vitest";
// @ts-expect-error: that is the point
import "./not-there.ts";

test("is never reached", () => {});
