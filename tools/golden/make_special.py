#!/usr/bin/env python3
"""Beginning and end of sentence and padding, as SentencePiece finds their pieces and puts them around texts.

needs Debian's python3-sentencepiece and python3-protobuf; run with the system's python3. Writes
packages/lattice/test/golden/special/cases.jsonl.gz.

A case: {"model" (a name in tools/data/models, or the bytes of a file of a few pieces in base64), "special" ({"bos", "eos",
"pad"}: ids, -1 for none), "rows"}; a row, only for pieces that there are: {"text", "bos", "eos" (whether asked for), "ids",
"pieces", "offsets" (UTF-16)}.
"""
import base64
import gzip
import itertools
import json
import pathlib

import sentencepiece
from golden_row import utf16_offsets
from sentencepiece import sentencepiece_model_pb2, sentencepiece_pb2

ROOT = pathlib.Path(__file__).resolve().parents[2]
OUT = ROOT / "packages/lattice/test/golden/special/cases.jsonl.gz"
REAL = {"spm_test_model": "botchan", "trained_en_8000": "botchan", "trained_zh_8000": "sanguo_40", "spm_test_ja_model": "wagahaiwa_nekodearu"}

NORMAL, UNKNOWN, CONTROL, USER, UNUSED, BYTE = range(1, 7)
PIECES = [("<unk>", UNKNOWN), ("▁a", NORMAL), ("b", NORMAL), ("▁", NORMAL), ("</s>", CONTROL), ("[B]", CONTROL), ("<s>", CONTROL), ("u", USER), ("v", UNUSED), ("<pad>", CONTROL), ("終", CONTROL), ("a", NORMAL)]
EDITS = [
    {}, {"bos_piece": "[B]"}, {"bos_piece": "[B]", "eos_piece": "終", "pad_piece": "</s>"}, {"bos_piece": ""}, {"bos_piece": "nowhere"},
    {"bos_piece": "b", "eos_piece": "u", "pad_piece": "v"}, {"bos_piece": "<unk>"}, {"bos_id": 5, "eos_id": -1, "pad_id": 0}, {"eos_piece": "<s>"},
]
TEXTS = ["", "a", "ab b", "🍣 é", "<s>ab</s>", "  a  b "]


def few_pieces(edits, model_type=1, without=()):
    proto = sentencepiece_model_pb2.ModelProto()
    for i, (piece, kind) in enumerate(PIECES):
        if piece not in without:
            proto.pieces.add(piece=piece, type=kind, score=-float(i))
    proto.trainer_spec.model_type = model_type
    for field, value in edits.items():
        setattr(proto.trainer_spec, field, value)
    return proto.SerializeToString(deterministic=True)


def row_of(processor, text, bos, eos):
    processor.SetEncodeExtraOptions(":".join(["bos"] * bos + ["eos"] * eos))
    parsed = sentencepiece_pb2.SentencePieceText()
    parsed.ParseFromString(processor.encode_as_serialized_proto(text))
    processor.SetEncodeExtraOptions("")
    table = utf16_offsets(text)
    ids = processor.encode(text, add_bos=bos, add_eos=eos)
    assert ids == [piece.id for piece in parsed.pieces]
    return {"text": text, "bos": bos, "eos": eos, "ids": ids, "pieces": [piece.piece for piece in parsed.pieces],
            "offsets": [table[at] for piece in parsed.pieces for at in (piece.begin, piece.end)]}


def case_of(name, data, texts):
    processor = sentencepiece.SentencePieceProcessor(model_proto=data)
    special = {"bos": processor.bos_id(), "eos": processor.eos_id(), "pad": processor.pad_id()}
    rows = [row_of(processor, text, bos, eos) for text in texts for bos, eos in itertools.product((False, True), repeat=2)
            if not (bos and special["bos"] < 0) and not (eos and special["eos"] < 0)]
    return {"model": name, "special": special, "rows": rows}


def main():
    cases = []
    for name, book in REAL.items():
        lines = gzip.open(ROOT / f"tools/data/text/{book}.txt.gz", "rt", encoding="utf8").read().splitlines()
        lines = [line for line in lines if 0 < len(line) <= 80]
        cases.append(case_of(name, (ROOT / f"tools/data/models/{name}.model").read_bytes(), TEXTS + lines[:: len(lines) // 12]))
    files = [few_pieces(edits) for edits in EDITS] + [few_pieces(EDITS[2], model_type=2), few_pieces({}, without=["<s>", "<pad>"])]
    cases += [case_of(base64.b64encode(data).decode(), data, TEXTS) for data in files]
    OUT.parent.mkdir(exist_ok=True)
    with open(OUT, "wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", compresslevel=9, mtime=0) as packed:
        packed.write("".join(json.dumps(case, ensure_ascii=False, separators=(",", ":")) + "\n" for case in cases).encode("utf8"))
    print(len(cases), "cases", sum(len(case["rows"]) for case in cases), "rows")


if __name__ == "__main__":
    main()
