import { expect, test } from "vitest";
import { DataError, faultOf, isRefusal, UsageError, verdictOn } from "../src/faults.ts";

/** An error as our packages throw them. */
class PackageError extends Error {
  readonly code: string;
  readonly at: number | undefined;

  constructor(code: string, message: string, at?: number) {
    super(message);
    this.code = code;
    this.at = at;
  }
}

test("data and files that cannot be used give 1, with the code and the place that a package tells", () => {
  expect(verdictOn(new DataError("a.txt, line 3: no\n  id"))).toEqual({
    message: "a.txt, line 3: no id",
    exitCode: 1,
  });
  expect(verdictOn(new PackageError("no-path", "no segmentation"))).toEqual({
    message: "no segmentation (no-path)",
    exitCode: 1,
  });
  expect(faultOf(new PackageError("format", "damaged", 0))).toBe("damaged (format, at 0)");
  const missing = Object.assign(new Error("ENOENT: no such file"), { code: "ENOENT", syscall: "open" });
  expect(verdictOn(missing)).toEqual({ message: "no such file", exitCode: 1 });
});

test("a command line that cannot be understood gives 2, and points to the help", () => {
  const help = "(--help tells more)";
  expect(verdictOn(new UsageError("no"))).toEqual({ message: `no ${help}`, exitCode: 2 });
  const unknown = Object.assign(new TypeError("Unknown option"), { code: "ERR_PARSE_ARGS_UNKNOWN_OPTION" });
  expect(verdictOn(unknown)).toEqual({ message: `Unknown option ${help}`, exitCode: 2 });
});

test("that the reader has gone is no fault", () => {
  expect(verdictOn(Object.assign(new Error("EPIPE"), { code: "EPIPE" }))).toEqual({ exitCode: 0 });
});

test("a mistake in the program is no refusal, and is thrown again", () => {
  const mistakes = [
    new TypeError("x is not a function"),
    Object.assign(new Error(), { code: "ERR_INVALID" }),
  ];
  for (const mistake of [...mistakes, "thrown", undefined]) {
    expect(isRefusal(mistake)).toBe(false);
    expect(() => verdictOn(mistake)).toThrow();
  }
});
