#!/usr/bin/env python3
"""What LongBench's own scorers give, with the words of jieba that they compare.

needs `pip install jieba==0.42.1 rouge==1.0.1 fuzzywuzzy==0.18.0 numpy`, no python-Levenshtein, and a folder with LongBench's
metrics.py and eval.py (github.com/THUDM/LongBench, 2e00731):

    python tools/golden/make_longbench.py FOLDER

Writes packages/metrics/test/golden/longbench.json.gz: "words": {Chinese text: jieba's words}; "scores": rows of {"scorer",
"prediction", "answer", "classes"?, "score"}; "ratios": [a, b, difflib's ratio]; "clauses": rows of
[prediction, answer, QA F1, ROUGE], answers of some clauses and predictions that lack some and have others; "datasets": rows of {"dataset", "examples",
"score", "byLength"}.
"""
import difflib
import gzip
import json
import logging
import math
import pathlib
import random
import re
import sys
import warnings

sys.path.insert(0, sys.argv[1])
sys.argv = sys.argv[:1]
warnings.filterwarnings("ignore")
import eval as reference  # noqa: E402
import jieba  # noqa: E402
import metrics  # noqa: E402

jieba.setLogLevel(logging.ERROR)
sys.setrecursionlimit(100_000)
ROOT = pathlib.Path(__file__).resolve().parents[2]
OUT = ROOT / "packages/metrics/test/golden/longbench.json.gz"
rng = random.Random(11)


def lines_of(name):
    with gzip.open(ROOT / f"tools/data/text/{name}.txt.gz", "rt", encoding="utf-8") as text:
        return [line.strip() for line in text if line.strip()]


english, chinese = lines_of("botchan"), lines_of("sanguo_40")


def worse(line, rate=0.3):
    parts, glue = (line.split(" "), " ") if line.count(" ") > 3 else (list(line), "")
    out = [part for part in parts if rng.random() > rate]
    for _ in range(int(rate * len(out) / 2)):
        i, j = rng.randrange(len(out)), rng.randrange(len(out))
        out[i], out[j] = out[j], out[i]
    return glue.join(out)


def chinese_pair(length):
    line = rng.choice([line for line in chinese if len(line) > length + 10])
    at = rng.randrange(len(line) - length)
    return worse(line[at : at + length], 0.2), line[at : at + length]


words, scores = {}, []


def row(scorer, prediction, answer, classes=None):
    function = getattr(metrics, scorer)
    if "zh" in scorer and "retrieval" not in scorer:
        for text in (prediction, answer):
            words[text] = list(jieba.cut(text, cut_all=False))
    entry = {"scorer": scorer, "prediction": prediction, "answer": answer, "score": float(function(prediction, answer, all_classes=classes))}
    if classes is not None:
        entry["classes"] = classes
    scores.append(entry)


EN = [("", ""), ("the", "a"), ("The Cat's an animal!", "cats animal"), ("a-b the_end An apple", "ab the_end apple"), ("naïve thé the été", "naive thé été"), ("x\u0301the the\u0301 a", "x\u0301the the\u0301"),
      ("no no no yes", "no yes"), ("I.B.M. (the) ‘a’", "ibm ‘ ’"), ("١ a٢ the", "١ a٢"), ("...", "..."), ("\x1fa\x85b", "b")]
PUNCTUATION = "！？｡。＂＃＄％＆＇（）＊＋，－．／：；＜＝＞＠［＼］＾＿｀｛｜｝～｟｠｢｣､、〃〈〉《》「」『』【】〒〓〔〕〖〗〘〙〚〛〜〝〞〟〠〰〽〾〿–—―‘’‚‛“”„‟•…‧﹏﹐.!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
for a, b in EN + [(worse(line), line) for line in rng.sample(english, 30)]:
    row("qa_f1_score", a, b)
    row("rouge_score", a, b)
for length in (3, 8, 20, 20, 60, 120):
    for _ in range(4):
        a, b = chinese_pair(length)
        row("qa_f1_zh_score", a, b)
        row("rouge_zh_score", a, b)
for a, b in [("", ""), ("答案是：刘备 Liu Bei。", "刘备"), ("。", "！"), ("中国.美国", "中国 美国"), *((c, "中" + c) for c in PUNCTUATION)]:
    row("qa_f1_zh_score", a, b)
    if len(a) != 1:
        row("rouge_zh_score", a, b)
for a in ["", "5", "5 5 6", "There are 12 unique", "１２", "05", "-5", "3.5", "٥", "5th of 10"]:
    row("count_score", a, "5")
    row("retrieval_score", f"Paragraph {a}", "Paragraph 5 or Paragraph 6")
    row("retrieval_zh_score", f"段落{a}", "段落5")
CLASSES = ["Food", "Food and drink", "and drink", "Other", "Other location", "location", "Number", "Number of something", "drink"]
for prediction in ["", "Food", "Food and drink", "Other location", "Number of something else", "Type: Other location, Food", "location", "drink Number"]:
    for answer in ("Food", "Food and drink", "Other location", "Number of something", "drink", "none"):
        row("classification_score", prediction, answer, CLASSES)
CODE = (ROOT / "packages/metrics/src/kl-divergence.ts").read_text().split("\n")
for a, b in [("", ""), ("\n\nreturn x;\nmore", "return x;"), ("// no\n# no\n`no\nyes = 1", "yes = 1"), ("# all", "all"), ("\n", "x"), ("x", ""), ("abcd", "bcde"), ("ab" * 150, "ba" * 150), ("abcdefgh", "abcdefgx")]:
    row("code_sim_score", a, b)
for _ in range(30):
    a, b = rng.choice(CODE), rng.choice(CODE)
    row("code_sim_score", f"\n{a}\n{b}", b)
    line = " ".join(rng.sample(english, 4))
    row("code_sim_score", worse(line, 0.1), line)

ratios = []
for _ in range(150):
    letters = rng.choice(["ab", "abcd", "abcdefghijklmnopqrstuvwxyz", "ab🍣𠀀"])
    a, b = ("".join(rng.choice(letters) for _ in range(rng.choice([0, 1, 5, 30, 199, 200, 201, 420]))) for _ in range(2))
    ratios.append([a, b, difflib.SequenceMatcher(None, a, b).ratio()])
for line in rng.sample([line for line in english if len(line) > 60], 15):
    text = " ".join(rng.sample(english, 8)) + line
    changed = worse(text, 0.15)
    ratios.append([changed, text, difflib.SequenceMatcher(None, changed, text).ratio()])

datasets = []
for dataset in reference.dataset2metric:
    zh = dataset in ("multifieldqa_zh", "dureader", "vcsum", "lsht")
    examples = []
    for _ in range(7):
        answers = [chinese_pair(12)[1] if zh else worse(rng.choice(english), 0.1) for _ in range(rng.randint(1, 3))]
        prediction = worse(rng.choice(answers), 0.3)
        classes = None
        if dataset in ("trec", "lsht"):
            classes = CLASSES
            answers = [rng.choice(CLASSES)]
            prediction = "\n" * rng.randint(0, 2) + rng.choice(CLASSES) + "\n" + rng.choice(CLASSES)
        if dataset in ("triviaqa", "samsum"):
            prediction = f"\n{prediction}\nPassage: {answers[0]}"
        if dataset.startswith("passage"):
            kind = {"passage_count": "", "passage_retrieval_en": "Paragraph ", "passage_retrieval_zh": "段落"}[dataset]
            answers = [f"{kind}{rng.randint(1, 3)}"]
            prediction = f"{kind}{rng.randint(1, 3)}, {rng.randint(1, 3)}"
        if zh and not classes:
            for text in (prediction, *answers):
                words[text] = list(jieba.cut(text, cut_all=False))
        examples.append({"prediction": prediction, "answers": answers, "classes": classes, "length": rng.choice([0, 3999, 4000, 7999])})
    columns = [[example[key] for example in examples] for key in ("prediction", "answers", "length")]
    score = reference.scorer(dataset, columns[0], columns[1], examples[0]["classes"])
    by_length = {key: None if math.isnan(value) else float(value) for key, value in reference.scorer_e(dataset, *columns, examples[0]["classes"]).items()}
    datasets.append({"dataset": dataset, "examples": examples, "score": float(score), "byLength": by_length})

clauses = []
while len(clauses) < 80:
    parts = re.findall("[^，。：；？！]+[，。：；？！]?", rng.choice([line for line in chinese if len(line) > 200]))
    at, length = rng.randrange(max(1, len(parts) - 10)), rng.randint(2, 8)
    answer = "".join(parts[at : at + length])
    prediction = "".join(part for part in parts[at : at + length + 3] if rng.random() < 0.7)
    if prediction:
        clauses.append([prediction, answer, float(metrics.qa_f1_zh_score(prediction, answer)), float(metrics.rouge_zh_score(prediction, answer))])

OUT.write_bytes(gzip.compress(json.dumps({"words": words, "scores": scores, "ratios": ratios, "clauses": clauses, "datasets": datasets}, ensure_ascii=False, separators=(",", ":")).encode(), mtime=0))
print(len(OUT.read_bytes()), "bytes;", len(words), len(scores), len(ratios), len(datasets))
