#!/usr/bin/env python3
"""Byte-level BPE tokenizer.json files of 16,000 pieces, of the shapes of GPT-2 and Llama 3, for the benchmarks.

needs what make_subword_json.py needs. Writes tools/data/models/{gpt2,llama3}_shape_16000.json.gz.
"""
import gzip
import json

from make_subword_json import LLAMA_3, ROOT, byte_level, edited

SHAPES = {
    "gpt2_shape_16000": byte_level(size=16000),
    "llama3_shape_16000": edited(byte_level(LLAMA_3, size=16000), lambda model: model.update(ignore_merges=True)),
}
for name, tokenizer in SHAPES.items():
    document = json.loads(tokenizer.to_str())
    with open(ROOT / f"tools/data/models/{name}.json.gz", "wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", compresslevel=9, mtime=0) as packed:
        packed.write(json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode("utf8"))
