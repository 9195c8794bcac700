"""Draws of SentencePiece's Python package, counted: what apps/bench/src/measure-laws.ts holds against the exact law.

Reads JSON from stdin, {"model": file, "text": string, "alphas": [number], "draws": number}, and answers with
{"version": string, "counts": [{"ids joined by spaces": count}]}, one object for each alpha.
"""
import collections
import json
import sys

import sentencepiece

asked = json.load(sys.stdin)
processor = sentencepiece.SentencePieceProcessor(model_file=asked["model"])
counts = []
for alpha in asked["alphas"]:
    drawn = (
        tuple(processor.encode(asked["text"], enable_sampling=True, alpha=alpha, nbest_size=-1))
        for _ in range(asked["draws"])
    )
    counts.append({" ".join(map(str, ids)): count for ids, count in collections.Counter(drawn).items()})
json.dump({"version": sentencepiece.__version__, "counts": counts}, sys.stdout)
