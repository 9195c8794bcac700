#!/usr/bin/env python3
"""Checks that Hugging Face reads the tokenizer.json files that @lemmata/lattice writes, and segments alike with them.

needs, in a Python of its own: pip install tokenizers==0.23.3 protobuf sentencepiece. Of each golden tokenizer.json, what is
read and written again must give the golden results, and of each pattern the same cuts. Of each SentencePiece model what is
written must give SentencePiece's pieces, but for texts that hold the name of a special token or of a byte piece, which such
a file takes for it, and for other pieces of the same score: SentencePiece adds up in float32. Models may be refused only
if REFUSED names them.
"""
import base64
import gzip
import json
import pathlib
import re
import subprocess
import sys

from sentencepiece import sentencepiece_model_pb2
from tokenizers import Tokenizer

ROOT = pathlib.Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "packages/lattice/test/golden"
MODELS = ROOT / "tools/data/models"
NODE = [str(ROOT / "packages/lattice/node_modules/.bin/node"), "--conditions=lemmata-source", "--no-warnings", "--input-type=module", "-e"]
WRITE = """
import { readFileSync } from "node:fs";
import { readTokenizerJson, writeTokenizerJson } from "@lemmata/lattice/huggingface";
import { readSentencePiece } from "@lemmata/lattice/sentencepiece";
const file = readFileSync(0);
try {
  const model = process.argv[1] === "json" ? readTokenizerJson(file) : readSentencePiece(file);
  process.stdout.write(writeTokenizerJson(model));
} catch (error) {
  process.stdout.write(`refused: ${error.message}`);
}
"""
REFUSED = {"case_folding_user_defined", "denormalizer", "equal_scores", "suffix", "suffix_keep_spaces", "unused"}
# What such a file takes for what it names.
NAMES = re.compile("<unk>|</?s>|<0x[0-9A-F]{2}>")

PATTERNS = [
    r"\A +|\s+\z", r"^\s|.$", r"(?<=^a)b*", r"[^\w\s&]+", r"\w+|[\s&&]", r"\W\D", r"a&&b|\&", r"[\[\]\-a-f]+?x", r"(?i:a)", r"e{1,2}?t{,2}s",
    r"[\p{Han}\p{Lu}]{1,3}|\P{Latin}+", r"\p{N}+(?!\d)", r"\/|\$|\^|[\^$]", r"[-a]|[.\-]", r"(th|he)(?=r)", r"\{|{x|\}", r"[\r\n]+|\t",
    r"\s+(?!\S)|\s+", r"😀|[🍣-🍥]+", r"(?<!\w)[A-Z]\S*?(?<=e)",
    r"\w++\s?+|\S*+", r"(?>th|t)e|(?>[a-z]++ )+t", r"\p{L}{1,3}+|'(?i:[sdt]|re)",
]


def written(kind, data):
    return subprocess.run([*NODE, WRITE, kind], cwd=ROOT / "packages/lattice", input=data, stdout=subprocess.PIPE, check=True).stdout.decode()


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


def check_merges(golden, name, model):
    text = written("spm", model)
    if text.startswith("refused: "):
        print(f"{name}: {text}")
        return name not in REFUSED
    tokenizer = Tokenizer.from_str(text)
    unknown = json.loads(text)["model"]["unk_token"]
    rows = [row for row in rows_of(golden) if not NAMES.search(row["text"])]
    different = undone = 0
    for row in rows:
        encoding = tokenizer.encode(row["text"])
        # BPE calls unknown characters by the name of their piece.
        pieces = [unknown if tokenizer.id_to_token(id) == unknown else piece for id, piece in zip(row["ids"], row["pieces"])]
        different += (encoding.ids, encoding.tokens) != (row["ids"], pieces)
        undone += tokenizer.decode(row["ids"]) != row["decoded"].replace(" \u2047 ", "")
    print(f"BPE {name}: {len(rows)} of {len(rows_of(golden))} rows, {different} differ, {undone} decode otherwise")
    return different + undone


def rows_of(path):
    return [json.loads(line) for line in gzip.open(path, "rt", encoding="utf8")]


def check_shapes():
    proto = sentencepiece_model_pb2.ModelProto()
    proto.ParseFromString((MODELS / "spm_test_model.model").read_bytes())
    charsmap = base64.b64encode(proto.normalizer_spec.precompiled_charsmap).decode()
    golden = json.load(gzip.open(GOLDEN / "tokenizer-json/shapes.json.gz"))
    rows = rows_of(GOLDEN / "tokenizer-json/rows.jsonl.gz")
    failed = 0
    for name, shape in golden["shapes"].items():
        model = {**shape["model"], "vocab": shape["model"]["vocab"] + golden["vocabulary"]}
        text = json.dumps({**shape, "model": model}).replace("@charsmap", charsmap)
        tokenizer = Tokenizer.from_str(written("json", text.encode()))
        different = 0
        for row in rows:
            want = row["by"][name]
            want = row["by"][want] if isinstance(want, str) else want
            different += result(tokenizer, row["text"], row["pair"]) != want
        print(f"{name}: {len(rows)} rows, {different} differ")
        failed += different
    return failed


def check_subwords():
    rows = rows_of(GOLDEN / "subword-json/rows.jsonl.gz")
    failed = 0
    for name, shape in json.load(gzip.open(GOLDEN / "subword-json/shapes.json.gz")).items():
        tokenizer = Tokenizer.from_str(written("json", json.dumps(shape).encode()))
        different = sum(result(tokenizer, row["text"], row["pair"]) != row["by"][name] for row in rows)
        print(f"{name}: {len(rows)} rows, {different} differ")
        failed += different
    return failed


def check_patterns():
    texts = [row["text"] for row in rows_of(GOLDEN / "tokenizer-json/rows.jsonl.gz")]
    failed = 0
    for pattern in PATTERNS:
        split = {"type": "Split", "pattern": {"Regex": pattern}, "behavior": "Isolated", "invert": False}
        file = {"version": "1.0", "truncation": None, "padding": None, "added_tokens": [], "normalizer": None, "pre_tokenizer": split,
                "post_processor": None, "decoder": None, "model": {"type": "Unigram", "unk_id": 0, "vocab": [["<unk>", 0.0]]}}
        before = Tokenizer.from_str(json.dumps(file)).pre_tokenizer
        text = written("json", json.dumps(file).encode())
        if text.startswith("refused: "):
            print(text)
            continue
        after = Tokenizer.from_str(text).pre_tokenizer
        different = sum(before.pre_tokenize_str(text) != after.pre_tokenize_str(text) for text in texts)
        print(f"{pattern} as {json.loads(text)['pre_tokenizer']}: {different} differ")
        failed += different
    return failed


def check_model(golden, name, model):
    text = written("spm", model)
    if text.startswith("refused: "):
        print(f"{name}: {text}")
        return name not in REFUSED
    tokenizer = Tokenizer.from_str(text)
    scores = [score for _, score in json.loads(text)["model"]["vocab"]]
    rows = [row for row in rows_of(golden) if "text" in row]
    taken = ties = different = undone = 0
    for row in rows:
        if NAMES.search(row["text"]):
            continue
        taken += 1
        encoding = tokenizer.encode(row["text"])
        total, wanted = (sum(scores[id] for id in ids) for ids in (encoding.ids, row["ids"]))
        if (encoding.ids, encoding.tokens) != (row["ids"], row["pieces"]):
            same = abs(total - wanted) <= 1e-6 * abs(wanted)
            ties += same
            different += not same
        # The unknown piece is a special token, and left out.
        undone += tokenizer.decode(row["ids"]) != row["decoded"].replace(" \u2047 ", "")
    print(f"{name}: {taken} of {len(rows)} rows, {different} differ, {ties} choose another of equal scores, {undone} decode otherwise")
    return different + undone


failed = check_shapes() + check_subwords() + check_patterns()
for golden in sorted(GOLDEN.glob("**/*.jsonl.gz")):
    name = golden.name.split(".")[0]
    if golden.parent.name == "variants":
        failed += check_model(golden, name, (golden.parent / f"{name}.model").read_bytes())
    elif golden.parent.name == "bpe-variants":
        failed += check_merges(golden, name, gzip.open(golden.parent / f"{name}.model.gz").read())
    elif golden.parent == GOLDEN and (MODELS / f"{name}.model").exists():
        failed += check_model(golden, name, (MODELS / f"{name}.model").read_bytes())
sys.exit(failed > 0)
