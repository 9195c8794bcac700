#!/usr/bin/env python3
"""A small BytePiece model, and what BytePiece makes of texts with it.

needs bytepiece 0.6.3 and what it is made with, all from PyPI:
    pip install numpy tqdm cython setuptools wheel
    AHOCORASICK_BYTES=1 pip install --no-binary pyahocorasick --no-build-isolation pyahocorasick
    pip install --no-build-isolation bytepiece==0.6.3
Then
    python tools/golden/make_bytepiece.py                # trains, and writes packages/lattice/test/golden/bytepiece
    python tools/golden/make_bytepiece.py MODEL > ROWS   # rows of all lines of the three texts, with another model

The model (ours, Apache-2.0) is trained on parts of the three texts of tools/data, which are in the public domain,
without `ensure_unicode`, so that many pieces begin or end inside a character. A row: {"text", "ids", "decoded"}; one of {"ids", "decoded"} alone is decoded only; one of {"text", "alpha",
"draws"} has how often each segmentation was drawn.
"""
import collections
import gzip
import json
import pathlib
import random
import sys
import tempfile

from bytepiece import Tokenizer, Trainer

ROOT = pathlib.Path(__file__).resolve().parents[2]
OUT = ROOT / "packages/lattice/test/golden/bytepiece"
BOOKS = {
    name: gzip.open(ROOT / f"tools/data/text/{name}.txt.gz", "rt", encoding="utf8", newline="").read().splitlines(keepends=True)
    for name in ("botchan", "sanguo_40", "wagahaiwa_nekodearu")
}
EDGES = ["", " ", "   ", "\n", "\n\n\n", "a\n\nb\nc\n", "\n a", "a\r\nb\rc", "tab\there", "\0", "a\0\0b", "\ufeffbom", "the the thethe", "é e\u0301 \u1e69 s\u0323\u0307 s\u0307\u0323",
         "\u0301\u0301", "각 \u1100\u1161\u11a8", "ﬁ ½ ① Å \u212b \u2126", "\u0958 \u2adc \u0344", "🍣🍣🍣", "👩‍👩‍👧‍👦 🇯🇵", "𠮷野家", "\ufffd\ufffd", "<pad><bos><eos>", "<0xE4> <0x41>",
         "\u2028\u2029\x85x", "\x7f\x80\x9f", "مرحبا بالعالم", "Привет, мир", "नमस्ते", "ไทย", "12345 67890", "\u3000全角\u3000", "mixed 中文 and 日本語 text",
         *(character * count for character in " ae\n=.的🍣" for count in (2, 5, 9, 33, 300))]
UNITS = ["a", "b", " ", "  ", "\n", "é", "e\u0301", "的", "人", "世", "界", "🍣", "\u0301", "0", "1", "=", "\0", "the", "ing", "ひ", "ら", "\u3000"]
RANGES = [(0x20, 0x7f), (0x80, 0x800), (0x800, 0xd800), (0xe000, 0x10000), (0x10000, 0x11fff)]


def random_texts(choose):
    for _ in range(60):
        yield "".join(choose.choice(UNITS) for _ in range(choose.randint(1, 60)))
    for _ in range(60):
        yield "".join(chr(choose.randrange(*choose.choice(RANGES))) for _ in range(choose.randint(1, 40)))


def row_of(tokenizer, text):
    ids = tokenizer.encode(text)
    return {"text": text, "ids": ids, "decoded": tokenizer.decode(ids)}


def rows_of(tokenizer):
    choose = random.Random(1)
    texts = [*EDGES, *random_texts(choose)]
    for lines in BOOKS.values():
        texts += lines[:: len(lines) // 50]
        texts += ["".join(lines[at:at + 3]) for at in range(0, len(lines), len(lines) // 5)]
    for text in texts:
        yield row_of(tokenizer, text)
    for _ in range(120):
        # Mostly pieces of bytes that are no whole characters.
        ids = [choose.choice([choose.randrange(tokenizer.vocab_size), choose.randrange(131, 259)]) for _ in range(choose.randint(1, 30))]
        yield {"ids": ids, "decoded": tokenizer.decode(ids)}
    for text in ("nothing", "the sea", "\u5148\u751f"):
        for alpha in (0, 0.1, 1):
            tokenizer.set_seed(1)
            draws = collections.Counter(tuple(tokenizer.encode(text, alpha=alpha)) for _ in range(20000))
            yield {"text": text, "alpha": alpha, "draws": sorted(([*ids], count) for ids, count in draws.items())}


def packed(name, text):
    with open(OUT / name, "wb") as raw, gzip.GzipFile(filename="", fileobj=raw, mode="wb", compresslevel=9, mtime=0) as file:
        file.write(text.encode("utf8"))


def dumped(row):
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


if len(sys.argv) > 1:
    tokenizer = Tokenizer(sys.argv[1])
    for text in [*EDGES, *random_texts(random.Random(1)), *(line for lines in BOOKS.values() for line in lines)]:
        print(json.dumps(row_of(tokenizer, text)))
else:
    trainer = Trainer(order=6, max_vocab_size=4000, min_count=3, ensure_unicode=False)
    corpus = BOOKS["botchan"][:2500] + BOOKS["sanguo_40"][:250] + BOOKS["wagahaiwa_nekodearu"][:500]
    trainer.train(corpus)
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        trainer.save(f"{folder}/model")
        model = pathlib.Path(f"{folder}/model").read_text(encoding="utf8")
        tokenizer = Tokenizer(f"{folder}/model")
    rows = list(rows_of(tokenizer))
    packed("model.json.gz", model)
    packed("rows.jsonl.gz", "".join(dumped(row) + "\n" for row in rows))
    print(tokenizer.vocab_size, "pieces", len(rows), "rows")
