#!/usr/bin/env python3
"""Small BPE models that each use one more part of the format, and SentencePiece's segmentations with them.

needs Debian's python3-sentencepiece and python3-protobuf; run with the system's python3. Writes, for each variant,
packages/lattice/test/golden/bpe-variants/<name>.model and <name>.jsonl.gz: rows as in make_golden.py, without n-best lists.
"""
import gzip
import io
import json
import pathlib

import sentencepiece
from golden_row import row_of
from sentencepiece import sentencepiece_model_pb2

ROOT = pathlib.Path(__file__).resolve().parents[2]
OUT = ROOT / "packages/lattice/test/golden/bpe-variants"


def lines(name):
    text = gzip.open(ROOT / f"tools/data/text/{name}.txt.gz", "rt", encoding="utf8").read().splitlines()
    return [line for line in text if line.strip()]


BOOKS = {name: lines(name) for name in ("botchan", "sanguo_40", "wagahaiwa_nekodearu")}
EDGES = ["", " ", "   ", "a", "Hello world", " leading", "trailing ", "two  spaces   x", "tab\there", "a\u2581b", "\u2581",
         "<s>", "</s> <unk>", "<sep>", "a<sep>b <sep> <sep>", "<sepa> <se", "x <two words> y thinghood things", "\u3000full\u3000width",
         "ＡＢＣ１２３", "ﬁnance ½ ①", "🍣🍣", "a🍣b 🍣", "e\u0301", "STRASSE Straße", "x" * 200, "a\ufffd\ufffdb", "aaaaaaaaaaab", "the the thethe",
         "\u200bzero", "mixed 中文 and 日本語 text", "line\rfeed\n\n", "\ufeffbom", "nul\u0000 byte", "<0x41> é", "12345 678", "Grüße 漢字 ☃ \U00020bb7"]
SYMBOLS = ["<sep>", "<two words>", "thing", "e\u0301"]
GEMMA = [*("\u2581" * n for n in range(2, 9)), *("\n" * n for n in range(1, 4)), "\t"]
LLAMA = dict(byte_fallback=True, normalization_rule_name="identity", split_digits=True, allow_whitespace_only_pieces=True, remove_extra_whitespaces=False)
VARIANTS = {
    "plain": dict(normalization_rule_name="nmt_nfkc"),
    "llama": LLAMA,
    "gemma": {**LLAMA, "add_dummy_prefix": False, "user_defined_symbols": GEMMA},
    "user_defined": dict(user_defined_symbols=SYMBOLS, normalization_rule_name="identity"),
    "suffix": dict(treat_whitespace_as_suffix=True, normalization_rule_name="identity"),
    "across_words": dict(split_by_whitespace=False, normalization_rule_name="identity"),
    "unused": dict(normalization_rule_name="identity"),
    "equal_scores": dict(normalization_rule_name="identity"),
}

for name, options in VARIANTS.items():
    trained = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(BOOKS["botchan"] + BOOKS["sanguo_40"][:60] + BOOKS["wagahaiwa_nekodearu"][:150]), model_type="bpe", model_writer=trained, vocab_size=2600,
        character_coverage=0.98, hard_vocab_limit=False, minloglevel=2, num_threads=1, **options)
    proto = sentencepiece_model_pb2.ModelProto()
    proto.ParseFromString(trained.getvalue())
    for i, piece in enumerate(proto.pieces):
        if piece.type == 1 and name == "unused" and i % 3 == 0 and len(piece.piece) > 1:
            piece.type = 5
        if piece.type == 1 and name == "equal_scores":
            piece.score = piece.score // 8
    data = proto.SerializeToString(deterministic=True)
    processor = sentencepiece.SentencePieceProcessor(model_proto=data)
    rows = []
    for text in EDGES + [line for book in BOOKS.values() for line in book[:: len(book) // 50]]:
        rows.append(row_of(processor, text, best=False))
    OUT.mkdir(parents=True, exist_ok=True)
    for file, content in ((f"{name}.model.gz", data), (f"{name}.jsonl.gz", "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode("utf8"))):
        with open(OUT / file, "wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0) as packed:
            packed.write(content)
    print(name, len(proto.pieces), "pieces", len(rows), "rows")
