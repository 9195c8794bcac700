#!/usr/bin/env python3
"""Checks that SentencePiece reads the model files that @lemmata/lattice writes, and segments alike with them.

needs Debian's python3-sentencepiece, and a built lattice package; run with the system's python3.
"""
import gzip
import json
import pathlib
import subprocess
import sys
import tempfile

import sentencepiece

ROOT = pathlib.Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "packages/lattice/test/golden"
REWRITE = """
import { readFileSync, writeFileSync } from "node:fs";
import { readSentencePiece, writeSentencePiece } from "@lemmata/lattice/sentencepiece";
const [from, to] = process.argv.slice(1);
writeFileSync(to, writeSentencePiece(readSentencePiece(readFileSync(from))));
"""

failed = 0
for golden in sorted(GOLDEN.glob("**/*.jsonl.gz")):
    name = golden.name.split(".")[0] + ".model"
    model = golden.parent / name if golden.parent.name == "variants" else ROOT / "tools/data/models" / name
    with tempfile.TemporaryDirectory() as scratch:
        written = pathlib.Path(scratch) / name
        command = ["node", "--input-type=module", "-e", REWRITE, str(model), str(written)]
        subprocess.run(command, cwd=ROOT / "packages/lattice", check=True)
        processor = sentencepiece.SentencePieceProcessor(model_file=str(written))
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
