import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { modelBytes, modelPath, textLines } from "@lemmata/data";
import { emit, latticeOf, modelFromPieces, nbest } from "@lemmata/lattice";
import { readTokenizerJson, writeTokenizerJson } from "@lemmata/lattice/huggingface";
import { readSentencePiece } from "@lemmata/lattice/sentencepiece";
import { commandAt, readNpy, temporaryDirectory } from "@lemmata/testing/command";
import { beforeAll, describe, expect, test } from "vitest";
import { augment, bpeDropout, keyedRng, maxMatchDropout, perfectSampler } from "../../src/index.ts";

const { run } = commandAt(new URL("../../src/cli.ts", import.meta.url));
const english = ["--model", modelPath("trained_en_8000")];
const model = readSentencePiece(modelBytes("trained_en_8000"));
const options = { alpha: 0.3, seed: -7 };
const drawn = [...english, "--alpha=0.3", "--seed=-7"];

// Some hundred kilobytes: more than is read at once.
const book = Array.from({ length: 2 }, () => textLines("botchan")).flat();
let epochs: number[][][];
beforeAll(async () => {
  epochs = [[], []];
  for await (const { epoch, ids } of augment(book, model, { ...options, epochs: 2 }))
    epochs[epoch]!.push([...ids]);
});
const asLines = (rows: readonly (readonly number[])[]): string =>
  rows.map((ids) => `${ids.join(" ")}\n`).join("");

describe("what is written is what augment draws", () => {
  test.each(["1", "3"])(
    "of files, over epochs, in %s threads; files may lack their last line end",
    (threads) => {
      const path = temporaryDirectory();
      writeFileSync(path("a"), book.slice(0, 1000).join("\n"));
      writeFileSync(path("b"), `${book.slice(1000).join("\r\n")}\r\n`);
      const args = [...drawn, "--epochs", "2", "--threads", threads, path("a"), path("b")];
      const { status, text, stderr } = run(args);
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
      expect(text.length).toBeGreaterThan(1e6);
      expect(text).toBe(asLines(epochs.flat()));
    },
  );

  test("of a part from standard input, in an epoch alone, in two threads", () => {
    const args = [...drawn, "--epoch", "1", "--first-line", "2000", "--threads", "2"];
    expect(run(args, book.slice(2000).join("\n")).text).toBe(asLines(epochs[1]!.slice(2000)));
  });

  test("as arrays of numpy, with where each line begins", () => {
    const path = temporaryDirectory();
    writeFileSync(path("text"), book.slice(0, 200).join("\n"));
    const args = ["--epochs", "2", "--format", "npy", "--output", path("ids.npy"), path("text")];
    expect(run([...drawn, ...args])).toMatchObject({ status: 0, text: "", stderr: "" });
    expect(readdirSync(path(".")).sort()).toEqual(["ids.npy", "ids.rows.npy", "text"]);
    const rows = epochs.flatMap((epoch) => epoch.slice(0, 200));
    expect(readNpy(readFileSync(path("ids.npy")))).toEqual({ type: "<u2", values: rows.flat() });
    const { values: starts } = readNpy(readFileSync(path("ids.rows.npy")));
    expect(starts.slice(1).map((stop, i) => stop - starts[i]!)).toEqual(rows.map(({ length }) => length));
  });

  test("as packed integers", () => {
    const { stdout } = run([...drawn, "--format", "u32"], book.slice(0, 100).join("\n"));
    expect(Array.from({ length: stdout.length / 4 }, (_, i) => stdout.readUInt32LE(4 * i))).toEqual(
      epochs[0]!.slice(0, 100).flat(),
    );
  });

  test("as JSON, with pieces, offsets, and the path's score and log-probability", () => {
    const texts = [...book.slice(0, 50), "", "naïve 🙂 text"];
    const rows = run([...drawn, "--format", "jsonl"], texts.join("\n"))
      .text.trimEnd()
      .split("\n");
    texts.forEach((text, line) => {
      const rng = keyedRng(options.seed, 0, line);
      const path = perfectSampler(latticeOf(model, text), { alpha: 0.3, rng }).sample();
      const { ids, pieces, offsets } = emit(model, path);
      const { score, logProbability } = path;
      expect(JSON.parse(rows[line]!)).toEqual({
        ids: [...ids],
        pieces,
        offsets: [...offsets],
        score,
        logProbability,
      });
      if (line < 50) expect([...ids]).toEqual(epochs[0]![line]);
    });
  });
});

test("a tokenizer.json is drawn from as by augment, in threads too", async () => {
  const path = temporaryDirectory();
  const json = writeTokenizerJson(model);
  writeFileSync(path("tokenizer.json"), json);
  const texts = book.slice(100, 130);
  const rows: Int32Array[] = [];
  for await (const { ids } of augment(texts, readTokenizerJson(json), options)) rows.push(ids);
  const args = ["--model", path("tokenizer.json"), ...drawn.slice(english.length), "--threads", "2"];
  expect(run(args, texts.join("\n")).text).toBe(asLines(rows.map((ids) => [...ids])));
});

test("--nbest draws among the best alone, as pieces and as ids", () => {
  const text = "understanding";
  const some = [...english, "--alpha", "0", "--nbest", "3", "--seed", "5"];
  const best = nbest(latticeOf(model, text), 3).map((path) => emit(model, path));
  const input = `${text}\n`.repeat(60);
  const pieces = run([...some, "--format", "pieces"], input)
    .text.trimEnd()
    .split("\n");
  expect(new Set(pieces)).toEqual(new Set(best.map((one) => one.pieces.join(" "))));
  const rank = (all: readonly string[]) => (row: string) => all.indexOf(row);
  const ids = run(some, input).text.trimEnd().split("\n");
  expect(ids.map(rank(best.map((one) => one.ids.join(" "))))).toEqual(
    pieces.map(rank(best.map((one) => one.pieces.join(" ")))),
  );
});

describe("BPE and WordPiece", () => {
  const vocab = { l: 0, o: 1, w: 2, e: 3, r: 4, lo: 5, low: 6, er: 7, lower: 8 };
  const merges = ["l o", "lo w", "e r", "low er"];
  const wordPiece = { low: 0, "##er": 1, "##e": 2, "##r": 3, lower: 4, "[UNK]": 5 };
  const files: Record<string, object> = {
    bpe: { type: "BPE", vocab, merges },
    wordpiece: {
      type: "WordPiece",
      vocab: wordPiece,
      unk_token: "[UNK]",
      continuing_subword_prefix: "##",
      max_input_chars_per_word: 100,
    },
  };
  const written = (): ((name: string) => string) => {
    const path = temporaryDirectory();
    for (const [name, json] of Object.entries(files))
      writeFileSync(path(name), JSON.stringify({ model: json }));
    return path;
  };
  const input = "lower\n".repeat(40);

  test.each(["bpe", "wordpiece"])(
    "%s: --dropout draws as the function of that name, from the same numbers",
    (name) => {
      const path = written();
      const made = readTokenizerJson(readFileSync(path(name)));
      const drop = name === "bpe" ? bpeDropout : maxMatchDropout;
      const want = Array.from({ length: 40 }, (_, line) =>
        drop(made, "lower", { dropout: 0.5, rng: keyedRng(3, 0, line) }),
      );
      const args = ["--model", path(name), "--dropout", "0.5", "--seed", "3"];
      expect(run(args, input).text).toBe(want.map(({ ids }) => `${ids.join(" ")}\n`).join(""));
      expect(new Set(want.map(({ ids }) => ids.join())).size).toBeGreaterThan(1);
      const rows = run([...args, "--format", "jsonl"], input)
        .text.trimEnd()
        .split("\n");
      expect(JSON.parse(rows[0]!)).toEqual({
        ids: [...want[0]!.ids],
        pieces: want[0]!.pieces,
        offsets: [...want[0]!.offsets],
      });
    },
  );

  test("need it, or alpha 0; and other models do not take it", () => {
    const path = written();
    const refused = (args: string[]): string => {
      const { status, stderr } = run(args, "a");
      expect(status).toBe(2);
      return stderr;
    };
    expect(refused(["--model", path("bpe")])).toContain("give --dropout, or --alpha 0");
    expect(run(["--model", path("bpe"), "--alpha", "0"], input).status).toBe(0);
    expect(refused([...english, "--dropout", "0.1"])).toMatch(/^lemmata-sample: [^\n]+$/m);
    expect(refused(["--model", path("bpe"), "--dropout", "2"])).toMatch(/^lemmata-sample: [^\n]+$/m);
    expect(refused(["--model", path("bpe"), "--dropout", "0.1", "--alpha", "1"])).toContain("not both");
  });
});

test("--help tells usage, options and an example; --version the package's", () => {
  const { status, text, stderr } = run(["--help"]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(text).toMatch(/^Usage: lemmata-sample [^]*\nOptions\n[^]*\nExample\n {2}lemmata-sample /);
  expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(120);
  const manifest = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  expect(run(["--version"]).text).toBe(`${(JSON.parse(manifest) as { version: string }).version}\n`);
});

test.each([
  [[], "--model FILE is needed"],
  [["--modle", "a"], "Unknown option '--modle'"],
  [[...english, "--alpha", "hot"], '--alpha must be a number, got "hot"'],
  [
    [...english, "--seed", "0.5"],
    '--seed must be an integer from -9007199254740991 to 9007199254740991, got "0.5"',
  ],
  [[...english, "--nbest", "0"], "--nbest must be an integer from 1"],
  [[...english, "--epochs", "2"], "standard input can be read only once"],
  [[...english, "--epochs", "2", "--epoch", "1"], "not both"],
  [[...english, "--format", "csv"], 'no format "csv"; there are ids, pieces'],
])("%j cannot be understood: one line and exit code 2", (args, message) => {
  const { status, text, stderr } = run(args);
  expect(stderr).toContain(message);
  expect(stderr).toMatch(/^lemmata-sample: [^\n]+$/);
  expect({ status, text }).toEqual({ status: 2, text: "" });
});

describe("data that cannot be used gets one line and exit code 1", () => {
  test("a model that is none, with its name", () => {
    const path = temporaryDirectory();
    writeFileSync(path("model"), modelBytes("trained_en_8000").subarray(0, 5000));
    const { status, stderr } = run(["--model", path("model")], "a");
    expect(stderr).toMatch(/^lemmata-sample: [^\n]*model: damaged at byte \d+: [^\n]+ \(format, at \d+\)$/);
    expect(status).toBe(1);
  });

  test("a line that cannot be drawn, with its number in its file, after those before it", () => {
    const path = temporaryDirectory();
    const small = modelFromPieces({ a: -1, b: -2, ab: -2.5 });
    writeFileSync(path("tokenizer.json"), writeTokenizerJson(small));
    writeFileSync(path("one"), "ab\n");
    writeFileSync(path("two"), "b\nabc\na\n");
    const { status, text, stderr } = run(["--model", path("tokenizer.json"), path("one"), path("two")]);
    expect(stderr).toMatch(/^lemmata-sample: [^\n]*two, line 2: [^\n]+ \(no-path[^\n]*\)$/);
    expect({ status, lines: text.split("\n").length - 1 }).toEqual({ status: 1, lines: 2 });
  });
});
