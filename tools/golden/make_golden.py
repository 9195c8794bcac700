#!/usr/bin/env python3
"""Golden segmentations from SentencePiece, made again from the texts in the golden files themselves.

needs Debian's python3-sentencepiece and python3-protobuf; run with the system's python3:
    python3 tools/golden/make_golden.py            # all files of packages/lattice/test/golden
    python3 tools/golden/make_golden.py --check    # changes nothing, exits 1 where a file would change

A row: {"text", "ids", "pieces", "decoded"}; for a text of at most 200 characters "offsets", begin and end of each piece in UTF-16
units; for one of at most 60 characters "nbest", the 5 best as [ids, float32 score], and "entropy", {alpha: nats}.
"""
import gzip
import json
import pathlib
import sys

import sentencepiece
from golden_row import row_of

ROOT = pathlib.Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "packages/lattice/test/golden"
MODELS = ROOT / "tools/data/models"


check = "--check" in sys.argv[1:]
changed = False
for path in sorted(GOLDEN.glob("*.jsonl.gz")):
    model = MODELS / (path.name.split(".")[0] + ".model")
    processor = sentencepiece.SentencePieceProcessor(model_file=str(model))
    old = gzip.open(path, "rt", encoding="utf8").read()
    texts = [json.loads(line)["text"] for line in old.splitlines()]
    new = "".join(json.dumps(row_of(processor, text), ensure_ascii=False) + "\n" for text in texts)
    print(f"{path.name}: {len(texts)} rows, {'the same' if new == old else 'changed'}")
    changed |= new != old
    if new != old and not check:
        with open(path, "wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", compresslevel=9, mtime=0) as packed:
            packed.write(new.encode("utf8"))
sys.exit(check and changed)
