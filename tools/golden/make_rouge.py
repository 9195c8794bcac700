#!/usr/bin/env python3
"""ROUGE as Google's rouge_score gives it, the same of the Python package `rouge`, and stems of NLTK's Porter stemmer.

needs `pip install rouge_score==0.1.2 rouge==1.0.1 nltk==3.10.4`. Writes packages/metrics/test/golden/rouge.json.gz:

"stems": {word: stem}; "pairs": {"prediction", "reference", "plain", "stemmed" (type → precision, recall, F), "sets" (of the
package `rouge`: type → r, p, f, or null where it fails)}; "multi": {"prediction", "references", "stemmed"}.
"""
import gzip
import json
import pathlib
import random
import re
import sys

from nltk.stem.porter import PorterStemmer
from rouge import Rouge
from rouge_score.rouge_scorer import RougeScorer

ROOT = pathlib.Path(__file__).resolve().parents[2]
OUT = ROOT / "packages/metrics/test/golden/rouge.json.gz"
TYPES = ["rouge1", "rouge2", "rouge3", "rouge9", "rougeL", "rougeLsum"]
rng = random.Random(7)
sys.setrecursionlimit(100_000)


def lines_of(name):
    with gzip.open(ROOT / f"tools/data/text/{name}.txt.gz", "rt", encoding="utf-8") as text:
        return [line.rstrip("\n") for line in text if line.strip()]


texts = {name: lines_of(name) for name in ("botchan", "sanguo_40", "wagahaiwa_nekodearu")}

# Words of a book, and words made of parts that the rules are about.
words = set(re.findall("[a-z0-9]+", " ".join(texts["botchan"]).lower()))
STARTS = "a b y th str tr cr rel hop fl sy gyr troubl happ viol geo archaeo enjo cal rad yy syzyg o ee abl ro contro vietnam".split()
MIDDLES = "at iz bl ss ll tt zz y i u ou al iv ic ational er z fil x w".split()
ENDS = """ies ied s ss sses ed ing eed ational tional enci anci izer bli alli entli eli ousli ization ation ator alism iveness fulness ousness aliti iviti biliti fulli logi
icate ative alize iciti ical ful ness al ance ence er ic able ible ant ement ment ent ion sion tion ou ism ate iti ous ive ize e y ye ll yed ying""".split()
words |= {start + middle + end for start in STARTS for middle in [""] + MIDDLES for end in ENDS if rng.random() < 0.12}
words |= set("sky skies dying lying tying news innings outings cannings howe proceed exceed succeed a ab abc y yy yyy yyyy 1s 2ed 3ing 1920s 00ies e ee".split())
stemmer = PorterStemmer()
stems = {word: stemmer.stem(word) for word in sorted(words)}


def worse(line, rate):
    parts = line.split(" ") if line.count(" ") > 3 else list(line)
    glue = " " if line.count(" ") > 3 else ""
    out = [part for part in parts if rng.random() > rate]
    for _ in range(int(rate * len(out))):
        i, j = rng.randrange(len(out)), rng.randrange(len(out))
        out[i], out[j] = out[j], out[i]
    return glue.join(out)


pairs = [(a, b) for a in ["", " ", "\n", "/", ".", "..", " . ", "a", "testing", "testing one", "testing two", "testing one two"] for b in ["testing one two", "", "."]]
pairs += [
    ("w1 w2 w6 w7 w8\nw1 w3 w8 w9 w5", "w1 w2 w3 w4 w5"), ("Second sentence.\nFirst Sentence.", "First sentence.\nSecond Sentence."),
    ("Second sentence. First Sentence.", "First sentence. Second Sentence."), ("the the the cat", "the cat the"), ("İstanbul ΣΑΣ \u212aelvin naïve", "i stanbul kelvin na ve"),
    ("a b c d e f g h i j k", "a b c d e f g h i j k"), ("Running runs runner RAN", "run running runs"), ("x\n\n\ny z", "y\nx\nz"), ("\x1fa\x85b\u3000c", "a b\ufeffc"),
    ("a b. a b. c", "b a. c . a b"), ("one. two three", "one two. three."), ("dogs. cats.  . birds", "cats dogs birds"),
]
for name, lines in texts.items():
    for length in (1, 1, 2, 3, 6, 12, 30):
        for rate in (0.1, 0.4):
            at = rng.randrange(len(lines) - length)
            reference = [line[:400] for line in lines[at : at + length]]
            prediction = [worse(line, rate) for line in reference if rng.random() > rate / 2]
            rng.shuffle(prediction)
            pairs.append(("\n".join(prediction), "\n".join(reference)))
# Few words in long lines: many ways back through the table.
for length in (5, 31, 32, 33, 64, 65, 150):
    for _ in range(4):
        line = lambda: " ".join(rng.choice("abcde") for _ in range(length + rng.randrange(3)))
        pairs.append((f"{line()}\n{line()}", f"{line()}\n{line()}. {line()}"))


def google(scorer, prediction, reference):
    return {name: list(score) for name, score in scorer.score(reference, prediction).items()}


def sets(prediction, reference):
    try:
        return Rouge().get_scores([prediction], [reference])[0]
    except ValueError:
        return None


plain, stemmed = RougeScorer(TYPES), RougeScorer(TYPES, use_stemmer=True)
rows = [{"prediction": p, "reference": r, "plain": google(plain, p, r), "stemmed": google(stemmed, p, r), "sets": sets(p, r)} for p, r in pairs]
multi = []
for _ in range(20):
    at = rng.randrange(len(texts["botchan"]) - 4)
    references = ["\n".join(worse(line, 0.2) for line in texts["botchan"][at : at + 3]) for _ in range(3)]
    prediction = "\n".join(worse(line, 0.3) for line in texts["botchan"][at : at + 3])
    multi.append({"prediction": prediction, "references": references, "stemmed": {name: list(score) for name, score in stemmed.score_multi(references, prediction).items()}})

OUT.write_bytes(gzip.compress(json.dumps({"stems": stems, "pairs": rows, "multi": multi}, ensure_ascii=False, separators=(",", ":")).encode(), mtime=0))
print(len(OUT.read_bytes()), "bytes;", len(stems), len(rows), len(multi))
