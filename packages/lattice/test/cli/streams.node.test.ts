import { once } from "node:events";
import { lstatSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { modelBytes, textLines } from "@lemmata/data";
import { describe, expect, test } from "vitest";
import { encodeIds } from "../../src/index.ts";
import { readSentencePiece } from "../../src/sentencepiece.ts";
import { modelPath, run, start, temporaryDirectory } from "./run.ts";

const encode = ["encode", "--model", modelPath("spm_test_ja_model")];
const model = readSentencePiece(modelBytes("spm_test_ja_model"));
const lines = textLines("wagahaiwa_nekodearu").slice(0, 300);
const want = lines.map((line) => `${encodeIds(model, line).join(" ")}\n`).join("");

describe.each(["1", "2"])("with %s threads", (threads) => {
  test("standard input may come in pieces cut anywhere, inside a character too", async () => {
    const { child, exit } = start([...encode, "--threads", threads]);
    const bytes = Buffer.from(lines.join("\r\n"));
    const output: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
    for (let at = 0, i = 0; at < bytes.length; i++) {
      const size = 1 + ((i * 7919) % 500);
      if (!child.stdin.write(bytes.subarray(at, at + size))) await once(child.stdin, "drain");
      if (i % 7 === 0) await wait(0);
      at += size;
    }
    child.stdin.end();
    expect(await exit).toBe(0);
    expect(Buffer.concat(output).toString()).toBe(want);
  });

  test("a line is answered before the next one comes", async () => {
    const { child, exit } = start([...encode, "--threads", threads]);
    for (const line of lines.slice(0, 5)) {
      child.stdin.write(`${line}\n`);
      const [answer] = (await once(child.stdout, "data")) as [Buffer];
      expect(answer.toString()).toBe(`${encodeIds(model, line).join(" ")}\n`);
    }
    child.stdin.end();
    expect(await exit).toBe(0);
  });

  test("when the reader of its output goes, it ends in silence, though more text could come", async () => {
    const { child, exit } = start([...encode, "--threads", threads]);
    let said = "";
    child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
    child.stdout.once("data", () => child.stdout.destroy());
    let ended = false;
    const status = exit.then((code) => {
      ended = true;
      return code;
    });
    while (!ended) {
      child.stdin.write(`${lines.join("\n")}\n`);
      await wait(1);
    }
    expect({ status: await status, said }).toEqual({ status: 0, said: "" });
  });

  test.each(["SIGINT", "SIGTERM"] as const)("%s leaves no file, and no trace of one", async (signal) => {
    const path = temporaryDirectory();
    writeFileSync(path("old"), "as it was");
    const args = [...encode, "--threads", threads, "--format", "npy", "--output", path("old")];
    const { child, exit } = start(args);
    child.stdin.write(`${lines.join("\n")}\n`);
    while (readdirSync(path(".")).length < 3) await wait(5);
    child.kill(signal);
    expect(await exit).toBe(signal === "SIGINT" ? 130 : 143);
    expect(readdirSync(path("."))).toEqual(["old"]);
    expect(readFileSync(path("old"), "utf8")).toBe("as it was");
  });
});

describe("--output", () => {
  test("makes a file that is complete, and leaves nothing beside it", () => {
    const path = temporaryDirectory();
    expect(run([...encode, "--output", path("ids")], lines.join("\n"))).toMatchObject({
      status: 0,
      text: "",
    });
    expect(readFileSync(path("ids"), "utf8")).toBe(want);
    expect(readdirSync(path("."))).toEqual(["ids"]);
  });

  test("may be the file that is read, and a link to it, which stays", () => {
    const path = temporaryDirectory();
    writeFileSync(path("text"), lines.join("\n"));
    symlinkSync("text", path("link"));
    expect(run([...encode, "--output", path("link"), path("text")]).status).toBe(0);
    expect(readFileSync(path("text"), "utf8")).toBe(want);
    expect(lstatSync(path("link")).isSymbolicLink()).toBe(true);
  });

  test("makes no file when a line cannot be converted", () => {
    const path = temporaryDirectory();
    const { status } = run(["decode", ...encode.slice(1), "--output", path("text")], "1\nx\n");
    expect(status).toBe(1);
    expect(readdirSync(path("."))).toEqual([]);
  });

  test.skipIf(process.platform === "win32")("leaves a device where it is", () => {
    expect(run([...encode, "--output", "/dev/null"], "a").status).toBe(0);
    expect(lstatSync("/dev/null").isCharacterDevice()).toBe(true);
  });
});
