#!/usr/bin/env python3
"""What Hugging Face's tokenizers makes of batches with truncation and padding.

needs, in a Python of its own: pip install tokenizers==0.23.3 protobuf sentencepiece (for reading a model file). Run after
make_tokenizer_json.py and make_subword_json.py, whose tokenizer.json files it takes. Writes
packages/lattice/test/golden/inputs/cases.jsonl.gz.

A case: {"shape", "texts" (strings and pairs), "special" (whether special tokens are asked for), "truncation" and "padding"
(members of a tokenizer.json), "rows"}; rows are null where the library fails, and else in its order, each text's own row
and then the overflowing ones: {"source" (the text's index), "ids", "mask", "typeIds", "offsets" (in characters), "texts"}.
"""
import base64
import gzip
import json
import pathlib
import random

from sentencepiece import sentencepiece_model_pb2
from tokenizers import Tokenizer

ROOT = pathlib.Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "packages/lattice/test/golden"
UNIGRAM = ["t5", "xlm_r", "albert", "mbart", "deberta_v3", "xlnet", "byte_fallback", "words", "some_bytes"]
SUBWORD = ["gpt2", "gpt2_prefix", "llama3", "llama2", "roberta", "bert_uncased", "bert_cased"]
CASES = 24
MOST_ROWS = 24


def read(path):
    return gzip.open(GOLDEN / path, "rt", encoding="utf8").read()


def unigram_shapes():
    proto = sentencepiece_model_pb2.ModelProto()
    proto.ParseFromString((ROOT / "tools/data/models/spm_test_model.model").read_bytes())
    charsmap = base64.b64encode(proto.normalizer_spec.precompiled_charsmap).decode()
    document = json.loads(read("tokenizer-json/shapes.json.gz"))
    for name in UNIGRAM:
        shape = document["shapes"][name]
        whole = {**shape, "model": {**shape["model"], "vocab": shape["model"]["vocab"] + document["vocabulary"]}}
        yield name, json.loads(json.dumps(whole).replace("@charsmap", charsmap))


def subword_shapes():
    shapes = json.loads(read("subword-json/shapes.json.gz"))
    for name in SUBWORD:
        yield name, shapes[name]


def lines(name):
    text = gzip.open(ROOT / f"tools/data/text/{name}.txt.gz", "rt", encoding="utf8").read().splitlines()
    return [line for line in text if 12 <= len(line) <= 90]


BOOKS = [lines(name) for name in ("botchan", "sanguo_40", "wagahaiwa_nekodearu")]
EDGES = ["", "a", "Hello world", "  two  spaces ", "🍣🍣 a🍣b", "x <mask> y</s>", "a 中文 b"]


def a_text(draw):
    return draw.choice(EDGES) if draw.random() < 0.2 else draw.choice(draw.choice(BOOKS))


def a_case(draw, size):
    texts = []
    for _ in range(draw.randrange(1, 5)):
        texts.append(a_text(draw) if draw.random() < 0.5 else [a_text(draw), a_text(draw)])
    longest = draw.randrange(5, 40)
    strategy = draw.choice(["LongestFirst", "LongestFirst", "OnlyFirst", "OnlySecond"])
    truncation = {"direction": draw.choice(["Right", "Left"]), "max_length": longest, "strategy": strategy, "stride": draw.choice([0, 0, 1, 2, 5])}
    padding = {
        "strategy": draw.choice(["BatchLongest", {"Fixed": longest + draw.randrange(4)}]), "direction": draw.choice(["Right", "Left"]),
        "pad_to_multiple_of": draw.choice([None, None, 0, 8]), "pad_id": draw.randrange(size), "pad_type_id": draw.choice([0, 0, 3]), "pad_token": "[PAD]",
    }
    if draw.random() < 0.1:
        truncation, padding["strategy"] = None, "BatchLongest"
    return {"texts": texts, "special": draw.random() < 0.85, "truncation": truncation, "padding": padding}


def row_of(encoding, source):
    return {
        "source": source, "ids": encoding.ids, "mask": encoding.attention_mask, "typeIds": encoding.type_ids,
        "offsets": [at for span in encoding.offsets for at in span],
        "texts": [-1 if sequence is None else sequence for sequence in encoding.sequence_ids],
    }


def rows_of(document, case):
    tokenizer = Tokenizer.from_str(json.dumps({**document, "truncation": case["truncation"], "padding": case["padding"]}))
    batch = [text if isinstance(text, str) else tuple(text) for text in case["texts"]]
    try:
        encodings = tokenizer.encode_batch(batch, add_special_tokens=case["special"])
    except BaseException as error:  # a panic is no Exception
        if isinstance(error, KeyboardInterrupt):
            raise
        return None
    return [row_of(one, i) for i, encoding in enumerate(encodings) for one in [encoding, *encoding.overflowing]]


def main():
    out = []
    for name, document in [*unigram_shapes(), *subword_shapes()]:
        draw = random.Random(name)
        size = Tokenizer.from_str(json.dumps(document)).get_vocab_size()
        for _ in range(CASES):
            while True:
                case = a_case(draw, size)
                rows = rows_of(document, case)
                # Few that fail, and none that is large.
                if draw.random() < 0.15 if rows is None else len(rows) <= MOST_ROWS:
                    break
            out.append(json.dumps({"shape": name, **case, "rows": rows}, ensure_ascii=False, separators=(",", ":")))
    (GOLDEN / "inputs").mkdir(exist_ok=True)
    with open(GOLDEN / "inputs/cases.jsonl.gz", "wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", compresslevel=9, mtime=0) as packed:
        packed.write(("\n".join(out) + "\n").encode("utf8"))
    failed = sum('"rows":null' in line for line in out)
    print(len(out), "cases,", failed, "that fail")


if __name__ == "__main__":
    main()
