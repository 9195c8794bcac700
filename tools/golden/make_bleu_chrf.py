#!/usr/bin/env python3
"""BLEU, chrF, confidence intervals and paired bootstrap tests as sacrebleu gives them.

needs `pip install sacrebleu==2.6.0`. Writes packages/metrics/test/golden/bleu-chrf.json.gz:

"tokens": {"tokenizer", "text", "tokens"}; "corpora": {name: {"hypotheses", "references" (of each hypothesis)}}, real lines and
what chance made of them, and edge cases; "corpus": rows of {"corpus", "metric", "options", ...results}; "sentences": the same
for single segments; "paired": the test of one system against a baseline.
"""
import gzip
import json
import pathlib
import random

import sacrebleu
from sacrebleu.metrics import BLEU, CHRF
from sacrebleu.significance import PairedTest

assert sacrebleu.__version__ == "2.6.0"
ROOT = pathlib.Path(__file__).resolve().parents[2]
OUT = ROOT / "packages/metrics/test/golden/bleu-chrf.json.gz"
rng = random.Random(5)


def lines_of(name, count):
    with gzip.open(ROOT / f"tools/data/text/{name}.txt.gz", "rt", encoding="utf-8") as text:
        lines = [line.rstrip("\n") for line in text if line.strip()]
    return [line[:300] for line in rng.sample(lines, count)]


def worse(line, rate):
    """Words (or characters, where there are no spaces) dropped, doubled, swapped, capitalised."""
    parts = line.split(" ") if line.count(" ") > 3 else list(line)
    glue = " " if line.count(" ") > 3 else ""
    out = []
    for part in parts:
        chance = rng.random()
        if chance < rate / 3:
            continue
        out.append(part.upper() if chance < rate / 2 else part)
        if chance > 1 - rate / 4:
            out.append(part)
    if len(out) > 2 and rng.random() < rate:
        i = rng.randrange(len(out) - 1)
        out[i], out[i + 1] = out[i + 1], out[i]
    return glue.join(out)


EDGES = [
    "", " ", "a", "a b", "the the the the", "Hello, world.", "It's 3.14, or 1,000.5-2; e.g. 5-6.", "..", "a...b", "1...2", ".5", " .5", "1.,2", "5-", "-5-5-",
    "x&quot;y&amp;z &lt;skipped&gt; <skipped> &apos;", "line\nbreak-\nhere", "tab\tand\u00a0no-break\u3000wide\u2028x\x85y\x1fz", "\ufeffBOM", "“quotes” — dash… €5 ©",
    "中文，標點。ABC 123.5％", "𠀀𠀁 ext B 🍣🍣 👩‍👩‍👧", "ǅ İstanbul ΣΑΣ ß", "(hi) [x] {y} `z` ~!@#$%^*_+=|\\:;'?/", "$5.00-6.00%", "a_b c/d", "naïve café", "naïve", "١٢٣.٤ Ⅷ ½", ".a.b.", ",", "a ,b",
]
TOKENIZERS = ["none", "13a", "intl", "zh", "char"]
real = {name: lines_of(name, 40) for name in ("botchan", "sanguo_40", "wagahaiwa_nekodearu")}

tokens = []
for tokenizer in TOKENIZERS:
    bleu = BLEU(tokenize=tokenizer)
    for text in EDGES + [line for lines in real.values() for line in lines[:4]]:
        tokens.append({"tokenizer": tokenizer, "text": text, "tokens": bleu._preprocess_segment(text).split()})

corpora = {}
for name, lines in real.items():
    corpora[name] = {"hypotheses": [worse(line, 0.3) for line in lines], "references": [[line] for line in lines]}
    corpora[f"{name}, two references"] = {
        "hypotheses": [worse(line, 0.4) for line in lines],
        "references": [[worse(line, 0.2), line] for line in lines],
    }
corpora["one to three references"] = {
    "hypotheses": [worse(line, 0.4) for line in real["botchan"]],
    "references": [[worse(line, 0.2) for _ in range(rng.randint(1, 3))] for line in real["botchan"]],
}
corpora["edges"] = {"hypotheses": EDGES, "references": [[rng.choice(EDGES), edge] for edge in EDGES]}
corpora["nothing in common"] = {"hypotheses": ["a b c", "d"], "references": [["x y z"], ["w v"]]}
corpora["short"] = {"hypotheses": ["a b", "c"], "references": [["a b"], ["c d"]]}
corpora["empty hypotheses"] = {"hypotheses": ["", " "], "references": [["a b"], ["c"]]}
# From sacrebleu's test/test_bleu.py: corpus 48.53 and its variants.
corpora["sacrebleu's own"] = {
    "hypotheses": ["The dog bit the man.", "It wasn't surprising.", "The man had just bitten him."],
    "references": [["The dog bit the man.", "The dog had bit the man."], ["It was not unexpected.", "No one was surprised."], ["The man bit him first.", "The man had bitten the dog."]],
}


def transposed(references):
    most = max(map(len, references))
    return [[r[k] if k < len(r) else None for r in references] for k in range(most)]


SPELLED = {"tokenize": "tokenize", "lowercase": "lowercase", "smooth": "smooth_method", "smoothValue": "smooth_value", "effectiveOrder": "effective_order",
           "maxOrder": "max_ngram_order", "charOrder": "char_order", "wordOrder": "word_order", "beta": "beta", "whitespace": "whitespace", "epsSmoothing": "eps_smoothing"}


def metric_of(metric, options):
    return {"bleu": BLEU, "chrf": CHRF}[metric](**{SPELLED[key]: value for key, value in options.items()})


def result_of(metric, score, signature):
    result = {"score": score.score, "signature": signature}
    if metric == "bleu":
        result |= {"precisions": score.precisions, "brevityPenalty": score.bp, "hypothesisLength": score.sys_len, "referenceLength": score.ref_len}
    else:
        result["name"] = score.name
    return result


BLEU_OPTIONS = (
    [{"tokenize": tokenizer} for tokenizer in TOKENIZERS]
    + [{"smooth": smooth, "tokenize": "char"} for smooth in ("none", "floor", "add-k", "exp")]
    + [{"smooth": "floor", "smoothValue": 0.5}, {"smooth": "add-k", "smoothValue": 0.3}, {"lowercase": True}, {"effectiveOrder": True}, {"maxOrder": 2}, {"maxOrder": 6, "smooth": "none"},
       {"effectiveOrder": True, "smooth": "floor"}, {"effectiveOrder": True, "smooth": "none"}, {"effectiveOrder": True, "smooth": "add-k"}]
)
CHRF_OPTIONS = [{}, {"wordOrder": 2}, {"wordOrder": 1, "beta": 3}, {"lowercase": True}, {"whitespace": True}, {"epsSmoothing": True, "wordOrder": 2}, {"charOrder": 4, "beta": 1}, {"charOrder": 1}]
GRID = [("bleu", options) for options in BLEU_OPTIONS] + [("chrf", options) for options in CHRF_OPTIONS]

corpus = []
for name, pairs in corpora.items():
    for metric, options in GRID:
        scorer = metric_of(metric, options)
        score = scorer.corpus_score(pairs["hypotheses"], transposed(pairs["references"]))
        row = {"corpus": name, "metric": metric, "options": options, **result_of(metric, score, str(scorer.get_signature()))}
        if not options or options in ({"tokenize": "13a"}, {"wordOrder": 2}):
            score = scorer.corpus_score(pairs["hypotheses"], transposed(pairs["references"]), n_bootstrap=200)
            row |= {"mean": float(score._mean), "margin": float(score._ci), "resampledSignature": str(scorer.get_signature())}
        corpus.append(row)

sentences = []
for hypothesis, references in zip(corpora["edges"]["hypotheses"], corpora["edges"]["references"]):
    for metric, options in (("bleu", {"effectiveOrder": True}), ("bleu", {"effectiveOrder": False, "smooth": "floor", "tokenize": "intl"}), ("chrf", {}), ("chrf", {"wordOrder": 2})):
        scorer = metric_of(metric, options)
        score = scorer.sentence_score(hypothesis, references)
        sentences.append({"hypothesis": hypothesis, "references": references, "metric": metric, "options": options, **result_of(metric, score, str(scorer.get_signature()))})

paired = []
for name in ("botchan", "sanguo_40"):
    baseline = corpora[name]
    for rate in (0.25, 0.3, 0.33):
        system = [worse(reference[0], rate) for reference in baseline["references"]]
        for metric, options in (("bleu", {"tokenize": "zh"}), ("chrf", {})):
            signatures, scores = PairedTest([("baseline", baseline["hypotheses"]), ("system", system)], {metric: metric_of(metric, options)}, transposed(baseline["references"]), test_type="bs", n_samples=500)()
            key = [key for key in scores if key != "System"][0]
            of = [{"score": float(r.score), "mean": float(r.mean), "margin": float(r.ci)} for r in scores[key]]
            paired.append({"corpus": name, "system": system, "metric": metric, "options": options, "baselineResult": of[0], "systemResult": of[1], "pValue": float(scores[key][1].p_value), "signature": str(signatures[key])})

OUT.parent.mkdir(parents=True, exist_ok=True)
data = json.dumps({"tokens": tokens, "corpora": corpora, "corpus": corpus, "sentences": sentences, "paired": paired}, ensure_ascii=False, separators=(",", ":"))
OUT.write_bytes(gzip.compress(data.encode(), mtime=0))
print(len(OUT.read_bytes()), "bytes;", len(tokens), len(corpus), len(sentences), len(paired))
