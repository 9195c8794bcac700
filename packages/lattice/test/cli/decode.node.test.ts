import { writeFileSync } from "node:fs";
import { modelBytes, textLines } from "@lemmata/data";
import { expect, test } from "vitest";
import { decode, encodeIds } from "../../src/index.ts";
import { readSentencePiece } from "../../src/sentencepiece.ts";
import { modelPath, run, temporaryDirectory } from "./run.ts";

const japanese = ["--model", modelPath("spm_test_ja_model")];

test("lines of ids become lines of text, in one thread and in two", () => {
  const model = readSentencePiece(modelBytes("spm_test_ja_model"));
  const ids = textLines("wagahaiwa_nekodearu").map((line) => encodeIds(model, line));
  const want = ids.map((line) => `${decode(model, line)}\n`).join("");
  const input = ids.map((line) => line.join(" ")).join("\n");
  expect(run(["decode", ...japanese], input).text).toBe(want);
  expect(run(["decode", ...japanese, "--threads", "2"], input).text).toBe(want);
});

test("spaces and line ends may be of any kind", () => {
  const { text } = run(["encode", ...japanese], "吾輩は猫である");
  const spaced = `  ${text.trim().replaceAll(" ", "\t ")} \r\n\r\n${text.trim()}`;
  expect(run(["decode", ...japanese], spaced).text).toBe("吾輩は猫である\n\n吾輩は猫である\n");
});

test.each([
  ["5 x 6", '"x" is not an id'],
  ["-1", '"-1" is not an id'],
  ["1.5", '"1.5" is not an id'],
  ["3 99999", "id 99999 at place 1 is not one of the model's, 0 to 7999 (argument, at 1)"],
])("of %j it says what is wrong, and in which line, after the lines before it", (line, fault) => {
  const path = temporaryDirectory();
  writeFileSync(path("ids"), `\n\n${line}\n\n`);
  for (const threads of ["1", "2"]) {
    const { status, text, stderr } = run(
      ["decode", ...japanese, "--threads", threads, "-", path("ids")],
      "\n",
    );
    expect(stderr).toBe(`lemmata-lattice: ${path("ids")}, line 3: ${fault}`);
    expect({ status, text }).toEqual({ status: 1, text: "\n\n\n" });
  }
});
