#!/usr/bin/env python3
"""Checks that SentencePiece reads the model files that @lemmata/lattice writes, and segments alike with them.

needs Debian's python3-sentencepiece; run with the system's python3. Models are written as they are, and once more of the
tokenizer.json that was written of them, which REFUSED may be refused as; so are those of the golden tokenizer.json files whose
steps are SentencePiece's, without their special tokens. Decoding leaves out the unknown piece where a tokenizer.json does.
"""
import gzip
import json
import pathlib
import re
import subprocess
import sys

import sentencepiece

ROOT = pathlib.Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "packages/lattice/test/golden"
NODE = [str(ROOT / "packages/lattice/node_modules/.bin/node"), "--conditions=lemmata-source", "--no-warnings", "--input-type=module", "-e"]
WRITE = """
import { readFileSync } from "node:fs";
import { loadModel } from "@lemmata/lattice/formats";
import { readTokenizerJson, writeTokenizerJson } from "@lemmata/lattice/huggingface";
import { writeSentencePiece } from "@lemmata/lattice/sentencepiece";
const model = loadModel(readFileSync(0));
try {
  const by = process.argv[1] === "json" ? readTokenizerJson(writeTokenizerJson(model)) : model;
  process.stdout.write(writeSentencePiece(by));
} catch (error) {
  process.stdout.write(`refused: ${error.message}`);
}
"""
REFUSED = {"case_folding_user_defined", "denormalizer", "equal_scores", "gemma", "suffix", "suffix_keep_spaces", "unused", "user_defined"}
# What a tokenizer.json takes for what it names.
NAMES = re.compile("<unk>|</?s>|<0x[0-9A-F]{2}>")


def written(model, by="itself"):
    return subprocess.run([*NODE, WRITE, by], cwd=ROOT / "packages/lattice", input=model, stdout=subprocess.PIPE, check=True).stdout


def rows_of(path):
    return [json.loads(line) for line in gzip.open(path, "rt", encoding="utf8")]


def check(name, file, rows, unknown=" \u2047 "):
    processor = sentencepiece.SentencePieceProcessor(model_proto=file)
    different = 0
    for row in rows:
        if "text" in row:
            different += processor.encode(row["text"]) != row["ids"]
            different += processor.encode(row["text"], out_type=str) != row["pieces"]
        different += processor.decode(row["ids"]) != row["decoded"].replace(" \u2047 ", unknown)
    print(f"{name}: {len(rows)} rows, {different} differ")
    return different


def check_shape(name):
    document = json.load(gzip.open(GOLDEN / "subword-json/shapes.json.gz"))[name]
    file = written(json.dumps({**document, "post_processor": None}).encode())
    processor = sentencepiece.SentencePieceProcessor(model_proto=file)
    rows = [row for row in rows_of(GOLDEN / "subword-json/rows.jsonl.gz") if row["pair"] is None and not NAMES.search(row["text"])]
    different = sum(processor.encode(row["text"]) != row["by"][name]["bare"] for row in rows)
    print(f"{name}, a tokenizer.json: {len(rows)} rows, {different} differ")
    return different


failed = check_shape("llama2") + check_shape("gemma")
for golden in sorted(GOLDEN.glob("**/*.jsonl.gz")):
    name = golden.name.split(".")[0]
    if golden.parent.name == "bpe-variants":
        model = gzip.open(golden.parent / f"{name}.model.gz").read()
    elif golden.parent.name == "variants":
        model = (golden.parent / f"{name}.model").read_bytes()
    elif golden.parent == GOLDEN:
        model = (ROOT / f"tools/data/models/{name}.model").read_bytes()
    else:
        continue
    rows = rows_of(golden)
    failed += check(name, written(model), rows)
    by = written(model, "json")
    if by.startswith(b"refused: "):
        print(f"{name}, by way of a tokenizer.json: {by.decode()}")
        failed += name not in REFUSED
    else:
        failed += check(f"{name}, by way of a tokenizer.json", by, [row for row in rows if "text" in row], "")
sys.exit(failed > 0)
