#!/usr/bin/env python3
"""Small BPE and WordPiece tokenizer.json files of the shapes in use, and what Hugging Face's tokenizers makes of texts with them.

needs, in a Python of its own: pip install tokenizers==0.23.3. Run after make_tokenizer_json.py, whose texts it takes. Writes
packages/lattice/test/golden/subword-json/shapes.json.gz ({name: tokenizer.json}) and rows.jsonl.gz, whose rows are as told there.
"""
import gzip
import json
import pathlib

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

ROOT = pathlib.Path(__file__).resolve().parents[2]
OUT = ROOT / "packages/lattice/test/golden/subword-json"
TEXTS = [line for name in ("botchan", "sanguo_40", "wagahaiwa_nekodearu")
         for line in gzip.open(ROOT / f"tools/data/text/{name}.txt.gz", "rt", encoding="utf8").read().splitlines()]
ROWS = [json.loads(line) for line in gzip.open(ROOT / "packages/lattice/test/golden/tokenizer-json/rows.jsonl.gz", "rt", encoding="utf8")]
MORE = ["I'M, you'LL we'RE it'ſ they've DON'T", "x = [1, 2, 3]\n\n\n    return x  # ok\r\n\r\n", "12345 1234567 ٣٤٥٦ ②③", "<|endoftext|>a <|endoftext|> b<|begin_of_text|>", "   \n \t x   ", "ÀÉ naïve Zoë ŐŰ", "don't do not . , ' n't 's !", "supercalifragilisticexpialidocious" * 4, "ab##c ##d a#b", "\n\n", "a  b   c\u3000d", "caf\u0065\u0301", "🇯🇵🍣👩\u200d👩\u200d👧", "low lower lowest widest newer"]

LLAMA_3 = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
CL100K = r"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+| ?[^\s\p{L}\p{N}]++[\r\n]*+|\s++$|\s*[\r\n]|\s+(?!\S)|\s"
QWEN_2 = LLAMA_3.replace("{1,3}", "")
O200K = r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"


def trained(tokenizer, size, **options):
    trainer = trainers.WordPieceTrainer if isinstance(tokenizer.model, models.WordPiece) else trainers.BpeTrainer
    tokenizer.train_from_iterator(TEXTS, trainer(vocab_size=size, show_progress=False, **options))
    return tokenizer


def byte_level(pattern=None, prefix=False, size=1500, normalizer=None, special=("<|endoftext|>",)):
    tokenizer = Tokenizer(models.BPE())
    if normalizer:
        tokenizer.normalizer = normalizer
    level = pre_tokenizers.ByteLevel(add_prefix_space=prefix, use_regex=pattern is None)
    tokenizer.pre_tokenizer = level if pattern is None else pre_tokenizers.Sequence([pre_tokenizers.Split(Regex(pattern), "isolated", False), level])
    tokenizer.decoder = decoders.ByteLevel()
    return trained(tokenizer, size, special_tokens=list(special), initial_alphabet=pre_tokenizers.ByteLevel.alphabet())


def gpt2(trim, prefix=False):
    tokenizer = byte_level(prefix=prefix)
    tokenizer.post_processor = processors.ByteLevel(trim_offsets=trim, add_prefix_space=prefix)
    return tokenizer


def llama3():
    tokenizer = byte_level(LLAMA_3, special=())
    tokenizer.add_special_tokens(["<|begin_of_text|>", "<|endoftext|>", AddedToken("<mask>", lstrip=True, special=True)])
    begin = tokenizer.token_to_id("<|begin_of_text|>")
    template = processors.TemplateProcessing(single="<|begin_of_text|> $A", pair="<|begin_of_text|> $A <|begin_of_text|>:1 $B:1", special_tokens=[("<|begin_of_text|>", begin)])
    tokenizer.post_processor = processors.Sequence([processors.ByteLevel(trim_offsets=False), template])
    return edited(tokenizer, lambda model: model.update(ignore_merges=True))


def roberta():
    tokenizer = byte_level(special=("<s>", "<pad>", "</s>", "<unk>", "<mask>"))
    tokenizer.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0), trim_offsets=True, add_prefix_space=False)
    return tokenizer


def edited(tokenizer, change):
    document = json.loads(tokenizer.to_str())
    change(document["model"])
    return Tokenizer.from_str(json.dumps(document))


def llama2(old_merges=False, first=False, strip=True):
    bytes_ = [f"<0x{byte:02X}>" for byte in range(256)]
    tokenizer = Tokenizer(models.BPE(unk_token="<unk>", byte_fallback=True, fuse_unk=True))
    spaces = normalizers.Replace(" ", "▁")
    if first:
        tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="first", split=False)
    else:
        tokenizer.normalizer = normalizers.Sequence([normalizers.Prepend("▁"), spaces]) if strip else spaces
    steps = [decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse()]
    tokenizer.decoder = decoders.Sequence(steps + ([decoders.Strip(" ", 1, 0)] if strip else []))
    # Trained word by word, and used on whole texts, as those models are.
    learner = Tokenizer(models.BPE(unk_token="<unk>"))
    learner.pre_tokenizer = pre_tokenizers.Metaspace()
    trained(learner, 1800, special_tokens=["<unk>", "<s>", "</s>", *bytes_], limit_alphabet=900)
    model = json.loads(learner.to_str())["model"]
    document = json.loads(tokenizer.to_str())
    document["model"].update(vocab=model["vocab"], merges=[" ".join(pair) for pair in model["merges"]] if old_merges else model["merges"])
    tokenizer = Tokenizer.from_str(json.dumps(document))
    tokenizer.add_special_tokens(["<unk>", "<s>", "</s>"])
    if strip:
        tokenizer.post_processor = processors.TemplateProcessing(single="<s> $A", pair="<s> $A <s>:1 $B:1", special_tokens=[("<s>", 1)])
    return old_form(tokenizer) if old_merges else tokenizer


def old_form(tokenizer):
    def change(model):
        model["merges"] = [" ".join(pair) for pair in model["merges"]]
    document = json.loads(tokenizer.to_str())
    change(document["model"])
    tokenizer.document = document
    return tokenizer


def unknown(fuse):
    tokenizer = Tokenizer(models.BPE(unk_token="[UNK]", fuse_unk=fuse))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    return trained(tokenizer, 700, special_tokens=["[UNK]"], limit_alphabet=120)


def clip():
    tokenizer = Tokenizer(models.BPE(unk_token="<|endoftext|>", end_of_word_suffix="</w>"))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.Split(Regex(r"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"), "removed", True), pre_tokenizers.ByteLevel(add_prefix_space=False)])
    tokenizer.decoder = decoders.BPEDecoder("</w>")
    return trained(tokenizer, 1500, special_tokens=["<|endoftext|>"], end_of_word_suffix="</w>", initial_alphabet=pre_tokenizers.ByteLevel.alphabet())


def continuing():
    tokenizer = Tokenizer(models.BPE(unk_token="[UNK]", continuing_subword_prefix="##"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.decoder = decoders.WordPiece("##", False)
    return trained(tokenizer, 1200, special_tokens=["[UNK]"], continuing_subword_prefix="##", limit_alphabet=300)


def bert(lowercase, strip=None, template=False, limit=100):
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]", max_input_chars_per_word=limit))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=lowercase, strip_accents=strip)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece("##", template)
    trained(tokenizer, 2200, special_tokens=["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"], limit_alphabet=900)
    if template:
        tokenizer.post_processor = processors.TemplateProcessing(single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", 2), ("[SEP]", 3)])
    else:
        tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    return edited(tokenizer, lambda model: model.update(max_input_chars_per_word=limit))


def all_shapes():
    return {
        "gpt2": gpt2(True), "gpt2_untrimmed": gpt2(False), "gpt2_prefix": gpt2(True, True), "llama3": llama3(), "roberta": roberta(),
        "qwen2": byte_level(QWEN_2, normalizer=normalizers.NFC()), "o200k": byte_level(O200K), "cl100k": byte_level(CL100K),
        "llama2": llama2(old_merges=True), "llama2_first": llama2(first=True), "gemma": llama2(strip=False),
        "unknown": unknown(False), "unknown_fused": unknown(True), "clip": clip(), "continuing": continuing(),
        "bert_uncased": bert(True, template=True), "bert_cased": bert(False), "bert_short": bert(True, strip=False, limit=8),
    }


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


def main():
    shapes = all_shapes()
    documents = {name: getattr(tokenizer, "document", None) or json.loads(tokenizer.to_str()) for name, tokenizer in shapes.items()}
    write("shapes.json.gz", json.dumps(documents, ensure_ascii=False, separators=(",", ":")))
    texts = [(row["text"], row["pair"]) for row in ROWS[: 75]] + [(row["text"], row["pair"]) for row in ROWS[75::7]]
    texts += [(text, None) for text in MORE] + [("Hello world", "second text"), ("", "b"), ("中文 <mask> z", " the end ")]
    lines = []
    for text, pair in texts:
        by = {name: result(tokenizer, text, pair) for name, tokenizer in shapes.items()}
        lines.append(json.dumps({"text": text, "pair": pair, "by": by}, ensure_ascii=False, separators=(",", ":")))
    write("rows.jsonl.gz", "\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
