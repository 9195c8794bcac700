#!/usr/bin/env python3
"""Checks that SentencePiece reads the model files that @lemmata/lattice writes, and segments alike with them.

needs Debian's python3-sentencepiece; run with the system's python3.
"""
import gzip
import json
import pathlib
import subprocess
import sys

import sentencepiece

ROOT = pathlib.Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "packages/lattice/test/golden"
NODE = [str(ROOT / "packages/lattice/node_modules/.bin/node"), "--conditions=lemmata-source", "--no-warnings", "--input-type=module", "-e"]
REWRITE = """
import { readFileSync } from "node:fs";
import { readSentencePiece, writeSentencePiece } from "@lemmata/lattice/sentencepiece";
process.stdout.write(writeSentencePiece(readSentencePiece(readFileSync(0))));
"""

failed = 0
for golden in sorted(GOLDEN.glob("**/*.jsonl.gz")):
    name = golden.name.split(".")[0] + ".model"
    if golden.parent.name == "bpe-variants":
        model = gzip.open(golden.parent / f"{name}.gz").read()
    elif golden.parent.name == "variants":
        model = (golden.parent / name).read_bytes()
    elif golden.parent == GOLDEN:
        model = (ROOT / "tools/data/models" / name).read_bytes()
    else:
        continue
    written = subprocess.run([*NODE, REWRITE], cwd=ROOT / "packages/lattice", input=model, stdout=subprocess.PIPE, check=True).stdout
    processor = sentencepiece.SentencePieceProcessor(model_proto=written)
    rows = [json.loads(line) for line in gzip.open(golden, "rt", encoding="utf8")]
    different = 0
    for row in rows:
        if "text" in row:
            different += processor.encode(row["text"]) != row["ids"]
            different += processor.encode(row["text"], out_type=str) != row["pieces"]
        different += processor.decode(row["ids"]) != row["decoded"]
    print(f"{golden.name}: {len(rows)} rows, {different} differ")
    failed += different
sys.exit(failed > 0)
