#!/usr/bin/env python3
"""Small models that each use one more part of the format, and SentencePiece's segmentations with them.

needs Debian's python3-sentencepiece and python3-protobuf; run with the system's python3. Writes, for each variant,
packages/lattice/test/golden/variants/<name>.model and <name>.jsonl.gz: rows as in make_golden.py, and of random ids
{"ids", "decoded"} alone.
"""
import gzip
import io
import json
import pathlib
import random
import tempfile

import sentencepiece
from golden_row import row_of
from sentencepiece import sentencepiece_model_pb2

ROOT = pathlib.Path(__file__).resolve().parents[2]
OUT = ROOT / "packages/lattice/test/golden/variants"
LINES = gzip.open(ROOT / "tools/data/text/botchan.txt.gz", "rt", encoding="utf8").read().splitlines()
LINES = [line for line in LINES if line.strip()]

EDGES = ["", " ", "   ", "a", "Hello world", " leading", "trailing ", "two  spaces", "tab\there", "a\u2581b", "\u2581",
         "<s>", "</s> <unk>", "<sep>", "a<sep>b <sep> <sep>", "<sepa> <se", "x <two words> y", "\u3000full\u3000width",
         "ＡＢＣ１２３", "ﬁnance ½ ①", "🍣🍣", "a🍣b 🍣", "e\u0301", "STRASSE Straße", "x" * 200, "a\ufffd\ufffdb",
         "\u200bzero", "mixed 中文 and 日本語 text", "line\rfeed", "\ufeffbom", "nul\u0000 byte", "<0x41> é"]

SYMBOLS = ["<sep>", "<two words>", "thing", "e\u0301"]
# What decoding turns back: "a" into "A", and " th" into " Th".
DENORMALIZE = tempfile.NamedTemporaryFile("w", suffix=".tsv", delete=False).name
pathlib.Path(DENORMALIZE).write_text("61\t41\n20 74 68\t20 54 68\n")
VARIANTS = {
    "byte_fallback": dict(byte_fallback=True),
    "user_defined": dict(user_defined_symbols=SYMBOLS),
    "suffix": dict(treat_whitespace_as_suffix=True),
    "no_dummy_prefix": dict(add_dummy_prefix=False),
    "keep_spaces": dict(remove_extra_whitespaces=False),
    "suffix_keep_spaces": dict(treat_whitespace_as_suffix=True, remove_extra_whitespaces=False),
    "case_folding_user_defined": dict(normalization_rule_name="nmt_nfkc_cf", user_defined_symbols=SYMBOLS),
    "unused": dict(),
    "positive_scores": dict(user_defined_symbols=SYMBOLS),
    "no_escape": dict(),
    "denormalizer": dict(denormalization_rule_tsv=DENORMALIZE),
}


def edit(name, proto):
    """What the trainer has no option for."""
    pieces = proto.pieces
    if name == "unused":
        for i, piece in enumerate(pieces):
            if piece.type == 1 and i % 3 == 0:
                piece.type = 5
    if name == "positive_scores":
        for piece in pieces:
            if piece.type == 1:
                piece.score += 6
    if name == "no_escape":
        proto.normalizer_spec.escape_whitespaces = False
        for piece in pieces:
            piece.piece = piece.piece.replace("\u2581", " ")


for name, options in VARIANTS.items():
    trained = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(LINES), model_writer=trained, vocab_size=500, hard_vocab_limit=False, minloglevel=2,
        num_threads=1, **{"normalization_rule_name": "identity", **options})
    proto = sentencepiece_model_pb2.ModelProto()
    proto.ParseFromString(trained.getvalue())
    edit(name, proto)
    data = proto.SerializeToString(deterministic=True)
    processor = sentencepiece.SentencePieceProcessor(model_proto=data)
    rows = [row_of(processor, text) for text in EDGES + LINES[:: len(LINES) // 150]]
    draw = random.Random(name)
    special = [0, 1, 2] + [i for i in range(len(proto.pieces)) if proto.pieces[i].type == 6]
    for _ in range(150):
        ids = [draw.choice(special) if draw.random() < 0.4 else draw.randrange(len(proto.pieces)) for _ in range(draw.randrange(9))]
        rows.append({"ids": ids, "decoded": processor.decode(ids)})
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / f"{name}.model").write_bytes(data)
    with open(OUT / f"{name}.jsonl.gz", "wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0) as packed:
        packed.write("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode("utf8"))
    print(name, len(proto.pieces), "pieces", len(rows), "rows")
