#!/usr/bin/env python3
"""Small tokenizer.json files of the shapes in use, and what Hugging Face's tokenizers makes of texts with them.

needs, in a Python of its own: pip install tokenizers==0.23.3 protobuf sentencepiece (for reading model files). Writes
packages/lattice/test/golden/tokenizer-json/shapes.json.gz and rows.jsonl.gz.

shapes.json: {"vocabulary": [[piece, score], …], "shapes": {name: tokenizer.json}}, where a model's vocab holds the pieces
before the shared vocabulary alone, and "@charsmap" stands for the character map of spm_test_model.
A row: {"text", "pair" (or null), "by": {shape: {"ids", "bare" (without special tokens), "tokens", "offsets" (UTF-16),
"typeIds", "texts", "decoded", "full" (decoded with special tokens)}}}; shapes whose results are equal share one entry, by
the name of the first.
"""
import base64
import gzip
import json
import pathlib

from sentencepiece import sentencepiece_model_pb2
from tokenizers import Tokenizer

ROOT = pathlib.Path(__file__).resolve().parents[2]
OUT = ROOT / "packages/lattice/test/golden/tokenizer-json"


def model_of(name):
    proto = sentencepiece_model_pb2.ModelProto()
    proto.ParseFromString((ROOT / f"tools/data/models/{name}.model").read_bytes())
    return proto


def normal_pieces(name, count):
    return [(piece.piece, piece.score) for piece in model_of(name).pieces if piece.type == 1][:count]


def vocabulary():
    """Pieces of three languages at their first score; then what edge cases need."""
    pieces = {}
    for name, count in [("trained_en_8000", 1500), ("spm_test_ja_model", 700), ("trained_zh_8000", 700)]:
        for piece, score in normal_pieces(name, count):
            pieces.setdefault(piece, score)
    for char in "▁abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,;:!?'\"()-é":
        pieces.setdefault(char, -11.5)
    pieces.setdefault("▁▁", -9.25)
    return [[piece, score] for piece, score in pieces.items()]


VOCABULARY = vocabulary()
CHARSMAP = base64.b64encode(model_of("spm_test_model").normalizer_spec.precompiled_charsmap).decode()


def added(content, special=True, **flags):
    token = dict(content=content, single_word=False, lstrip=False, rstrip=False, normalized=not special, special=special)
    return {**token, **flags}


def precompiled():
    return {"type": "Precompiled", "precompiled_charsmap": "@charsmap"}


def replace(pattern, content, kind="String"):
    return {"type": "Replace", "pattern": {kind: pattern}, "content": content}


def normalizers(*steps):
    return {"type": "Sequence", "normalizers": list(steps)}


def splitters(*steps):
    return {"type": "Sequence", "pretokenizers": list(steps)}


def metaspace(scheme="always", **more):
    return {"type": "Metaspace", "replacement": "▁", "prepend_scheme": scheme, **more}


def split(pattern, behavior, invert=False, kind="Regex"):
    return {"type": "Split", "pattern": {kind: pattern}, "behavior": behavior, "invert": invert}


def template(single, pair):
    """From strings like "$A:0 </s>:0"."""
    def items(text):
        for word in text.split():
            name, type_id = word.rsplit(":", 1)
            if name[0] == "$":
                yield {"Sequence": {"id": name[1:], "type_id": int(type_id)}}
            else:
                yield {"SpecialToken": {"id": name, "type_id": int(type_id)}}
    return lambda id_of: {
        "type": "TemplateProcessing", "single": list(items(single)), "pair": list(items(pair)),
        "special_tokens": {name: {"id": name, "ids": [id_of(name)], "tokens": [name]}
                           for name in {word.rsplit(":", 1)[0] for word in (single + " " + pair).split() if word[0] != "$"}},
    }


def surround(kind, cls, sep, **more):
    return lambda id_of: {"type": kind, "sep": [sep, id_of(sep)], "cls": [cls, id_of(cls)], **more}


def shape(head, tokens, normalizer, pre_tokenizer, post_processor, decoder, unk="<unk>", typed=True, **model):
    """`head`: pieces before the vocabulary, of score 0 or as given."""
    pieces = [[piece, 0.0] if isinstance(piece, str) else piece for piece in head]
    ids = {piece: id for id, (piece, _) in enumerate(pieces + VOCABULARY)}
    for token in tokens:
        ids.setdefault(token["content"], len(ids))
    return {
        "version": "1.0", "truncation": None, "padding": None,
        "added_tokens": [{"id": ids[token["content"]], **token} for token in tokens],
        "normalizer": normalizer, "pre_tokenizer": pre_tokenizer,
        "post_processor": post_processor and post_processor(ids.__getitem__), "decoder": decoder,
        "model": {**({"type": "Unigram"} if typed else {}), "unk_id": None if unk is None else ids[unk], "vocab": pieces, **model},
    }


BYTES = [[f"<0x{byte:02X}>", -20.0] for byte in range(256)]
LLAMA_DECODER = {"type": "Sequence", "decoders": [replace("▁", " "), {"type": "ByteFallback"}, {"type": "Fuse"},
                                                   {"type": "Strip", "content": " ", "start": 1, "stop": 0}]}
NLLB = [added("en_XX"), added("ja_XX"), added("zh_CN")]
SHAPES = {
    "t5": shape(["<pad>", "</s>", "<unk>"], [added("<pad>"), added("</s>"), added("<unk>")] + [added(f"<extra_id_{i}>") for i in (2, 1, 0)],
                normalizers(precompiled()), splitters({"type": "WhitespaceSplit"}, metaspace(add_prefix_space=True)),
                template("$A:0 </s>:0", "$A:0 </s>:0 $B:0 </s>:0"), metaspace(add_prefix_space=True)),
    "t5_strip": shape(["<pad>", "</s>", "<unk>"], [added("<pad>"), added("</s>"), added("<unk>"), added("<extra_id_0>", lstrip=True, rstrip=True)],
                      normalizers(precompiled(), {"type": "Strip", "strip_left": False, "strip_right": True}, replace(" {2,}", "▁", "Regex")),
                      metaspace(split=True), template("$A:0 </s>:0", "$A:0 </s>:0 $B:0 </s>:0"), metaspace(split=True), byte_fallback=False),
    "xlm_r": shape(["<s>", "<pad>", "</s>", "<unk>"], [added("<s>"), added("<pad>"), added("</s>"), added("<unk>"), added("<mask>", lstrip=True)],
                   precompiled(), splitters({"type": "WhitespaceSplit"}, metaspace()),
                   template("<s>:0 $A:0 </s>:0", "<s>:0 $A:0 </s>:0 </s>:0 $B:0 </s>:0"), metaspace()),
    "albert": shape(["<pad>", "<unk>", "[CLS]", "[SEP]", "[MASK]"],
                    [added("<pad>"), added("<unk>"), added("[CLS]"), added("[SEP]"), added("[MASK]", lstrip=True)],
                    normalizers(replace("``", '"'), replace("''", '"'), {"type": "NFKD"}, {"type": "StripAccents"}, {"type": "Lowercase"}, precompiled()),
                    splitters({"type": "WhitespaceSplit"}, metaspace()),
                    template("[CLS]:0 $A:0 [SEP]:0", "[CLS]:0 $A:0 [SEP]:0 $B:1 [SEP]:1"), metaspace()),
    "mbart": shape(["<s>", "<pad>", "</s>", "<unk>"], [added("<s>"), added("<pad>"), added("</s>"), added("<unk>")] + NLLB + [added("<mask>", lstrip=True)],
                   precompiled(), splitters({"type": "WhitespaceSplit"}, metaspace()),
                   template("$A:0 </s>:0 en_XX:0", "$A:0 $B:0 </s>:0 en_XX:0"), metaspace()),
    "deberta_v3": shape(["[PAD]", "[CLS]", "[SEP]", "[UNK]"], [added("[PAD]"), added("[CLS]"), added("[SEP]"), added("[UNK]", normalized=True), added("[MASK]")],
                        normalizers({"type": "Strip", "strip_left": True, "strip_right": True}, precompiled(), replace(" {2,}", " ", "Regex")),
                        splitters(metaspace(split=False)), template("[CLS]:0 $A:0 [SEP]:0", "[CLS]:0 $A:0 [SEP]:0 $B:1 [SEP]:1"), metaspace(), unk="[UNK]"),
    "xlnet": shape(["<unk>", "<s>", "</s>", "<cls>", "<sep>", "<pad>", "<mask>", "<eod>", "<eop>"],
                   [added(name) for name in ["<unk>", "<s>", "</s>", "<cls>", "<sep>", "<pad>", "<mask>", "<eod>", "<eop>"]],
                   normalizers(replace("``", '"'), replace("''", '"'), {"type": "NFKD"}, {"type": "StripAccents"}, precompiled()),
                   splitters({"type": "WhitespaceSplit"}, {"type": "Metaspace", "replacement": "▁", "str_rep": "▁", "add_prefix_space": True}),
                   template("$A:0 <sep>:0 <cls>:2", "$A:0 <sep>:0 $B:1 <sep>:1 <cls>:2"), metaspace(), typed=False),
    "byte_fallback": shape(["<unk>", "<s>", "</s>"] + BYTES, [added("<unk>"), added("<s>"), added("</s>")],
                           normalizers({"type": "Prepend", "prepend": "▁"}, replace(" ", "▁")), None,
                           template("<s>:0 $A:0", "<s>:0 $A:0 <s>:1 $B:1"), LLAMA_DECODER, byte_fallback=True),
    "some_bytes": shape(["<unk>"] + BYTES[:0xF0], [], {"type": "NFC"}, metaspace("first"), None,
                        {"type": "Sequence", "decoders": [{"type": "ByteFallback"}, metaspace("first")]}, byte_fallback=True),
    "never_split": shape(["<unk>"], [added("<sep>", special=False, normalized=False), added("<x>", special=False)], {"type": "NFD"},
                         metaspace("never", split=False), None, metaspace("never")),
    "first": shape(["<unk>", "<s>"], [added("<s>"), added("yes", special=False, single_word=True), added("Ünter", special=False)],
                   normalizers({"type": "Nmt"}, {"type": "NFKC"}, {"type": "Lowercase"}), metaspace("first"),
                   surround("BertProcessing", "<s>", "<unk>"), metaspace("first")),
    "words": shape(["<unk>", "<s>"], [added("<s>", rstrip=True), added("  ", special=False), added("ab", single_word=True, lstrip=True)], None,
                   splitters({"type": "Whitespace"}, {"type": "Digits", "individual_digits": True}, metaspace()),
                   surround("RobertaProcessing", "<s>", "<unk>", trim_offsets=True, add_prefix_space=True), None),
    "punctuation": shape(["<unk>", "<s>"], [], {"type": "Strip", "strip_left": True, "strip_right": False},
                         splitters({"type": "Punctuation", "behavior": "MergedWithPrevious"}, {"type": "Digits", "individual_digits": False}),
                         surround("RobertaProcessing", "<s>", "<unk>", trim_offsets=True, add_prefix_space=False), {"type": "Fuse"}),
    "marks_first": shape(["<unk>", "<s>"], [added("<s>")], normalizers({"type": "Strip", "strip_left": False, "strip_right": True}, {"type": "Lowercase"}),
                         splitters(metaspace("first"), {"type": "Punctuation", "behavior": "Contiguous"}, {"type": "Digits", "individual_digits": True}, metaspace("always", split=False)),
                         lambda id_of: {"type": "Sequence", "processors": [surround("BertProcessing", "<s>", "<unk>")(id_of)]}, metaspace("never")),
    "merged_next": shape(["<unk>"], [], None, splitters(split(r"\s", "MergedWithNext"), split("[^\\S\\n]+|th(?=e)", "Isolated"), metaspace("never")), None, metaspace()),
    "contiguous": shape(["<unk>"], [], replace("(?<=a)\\w|^T", "<$1>", "Regex"), splitters(split("e", "Contiguous", kind="String"), split(r"\p{Lu}+\d*", "Removed", invert=True)),
                        None, {"type": "Sequence", "decoders": [replace("e+$", "E", "Regex"), {"type": "Strip", "content": "a", "start": 2, "stop": 1}]}),
}

EDGES = [
    "", " ", "   ", "a", "Hello world", " leading", "trailing ", "  both  ", "two  spaces   three", "tab\there", "a\nb\r\nc", "a▁b", "▁", "▁▁ ▁",
    "<s>", "</s> <unk>", "<s>a</s>", "x <mask> y<mask>z", "x  <extra_id_0>  y", "<extra_id_1><extra_id_2>", "[CLS] [MASK] a[SEP]", "[UNK]", "[unk] a", "<unk>", "a<unk>b",
    "＜unk＞ ＜s＞ x", "🍣<unk>🍣", "<sep>a<x>b <sep", "yes no yes, yesno ünterÜnter ÜNTER", "ab abc cab ab", "ab", "en_XX hello zh_CN", "<0x41> <0xE3><0x81>",
    "\u3000full\u3000width ＡＢＣ１２３", "ﬁnance ½ ① ㌔ ㍿", "ﬁ\u0301 e\u0301 e\u0302\u0301 \u1ea5\u0323 q\u0301\u0323", "é É ÉCOLE naïve Å\u030a", "\u0344x \u0958 \u212b", "한국어 \u1112\u1161\u11ab\u1100\u1161",
    "STRASSE Straße ẞ ΣΑΣ İstanbul", "🍣🍣", "a🍣b 🍣 👩\u200d👩\u200d👧 🇯🇵", "x" * 60, "a\ufffd\ufffdb", "\u200bzero\u200c\u200d", "mixed 中文 and 日本語 text", "\ufeffbom", "nul\u0000 byte", "c\u0001\u0002d\u007f \u00ad½\u00ad",
    "``quoted'' '' ``", "it's 3.14, no? (yes!) —“q”", "1234 ５６ Ⅷ ½ x1y22", "the theatre bathe", "eee Tee THE abc TAXI aab ae", "\u0301start", "a\u0301\u0302\u0303\u0304", "ｶﾞｷﾞ ﾊﾟ aﾟ", "𝔸𝔹 𠮷野家", "\u0085nel\u00a0nbsp\u2028ls", "\u00a0\u0e33x ก\u0e33", "ĠĠ a Ġb",
    "中文，没有空格。全部是汉字！", "吾輩は猫である。名前はまだ無い。", "I saw a girl with a telescope.",
]
PAIRS = [("Hello world", "second text"), ("", "b"), ("a", ""), ("x <mask> y", "中文 <s> z"), (" the end ", "🍣 two")]


def lines_of(name):
    lines = gzip.open(ROOT / f"tools/data/text/{name}.txt.gz", "rt", encoding="utf8").read().splitlines()
    lines = [line for line in lines if line.strip() and len(line) <= 160]
    return lines[:: len(lines) // 150][:150]


def units(text):
    table = [0]
    for char in text:
        table.append(table[-1] + (2 if ord(char) > 0xFFFF else 1))
    return table


def result(tokenizer, text, pair):
    encoding = tokenizer.encode(text, pair)
    tables = {0: units(text), 1: units(pair or ""), None: [0]}
    return {
        "ids": encoding.ids, "bare": tokenizer.encode(text, pair, add_special_tokens=False).ids, "tokens": encoding.tokens,
        "offsets": [tables[sequence][at] for sequence, span in zip(encoding.sequence_ids, encoding.offsets) for at in span],
        "typeIds": encoding.type_ids, "texts": [-1 if sequence is None else sequence for sequence in encoding.sequence_ids],
        "decoded": tokenizer.decode(encoding.ids), "full": tokenizer.decode(encoding.ids, skip_special_tokens=False),
    }


def write(name, text):
    OUT.mkdir(parents=True, exist_ok=True)
    with open(OUT / name, "wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", compresslevel=9, mtime=0) as packed:
        packed.write(text.encode("utf8"))


def tokenizer_of(shape):
    text = json.dumps({**shape, "model": {**shape["model"], "vocab": shape["model"]["vocab"] + VOCABULARY}})
    return Tokenizer.from_str(text.replace("@charsmap", CHARSMAP))


tokenizers = {name: tokenizer_of(shape) for name, shape in SHAPES.items()}
rows = []
for text, pair in [(text, None) for text in EDGES] + PAIRS + [(line, None) for name in ("botchan", "wagahaiwa_nekodearu", "sanguo_40") for line in lines_of(name)]:
    by = {}
    for name, tokenizer in tokenizers.items():
        found = result(tokenizer, text, pair)
        by[name] = next((other for other, known in by.items() if known == found), found)
    rows.append(json.dumps({"text": text, "pair": pair, "by": by}, ensure_ascii=False, separators=(",", ":")))
write("shapes.json.gz", json.dumps({"vocabulary": VOCABULARY, "shapes": SHAPES}, ensure_ascii=False))
write("rows.jsonl.gz", "\n".join(rows) + "\n")
print(len(VOCABULARY), "pieces", len(SHAPES), "shapes", len(rows), "rows")
