"""SentencePiece's Python package as a contestant: see src/contestant-process.ts for what it is asked.

Arguments: call, model file, text file.
"""
import json
import os
import sys
import time

import sentencepiece

call, model_file, text_file = sys.argv[1:]
with open(text_file, encoding="utf-8", newline="\n") as text:
    lines = text.read().split("\n")[:-1]
with open(model_file, "rb") as file:
    model = file.read()
processor = sentencepiece.SentencePieceProcessor(model_proto=model)
answers = os.fdopen(3, "w", encoding="utf-8")


def load():
    global loaded  # it is to stay in memory
    loaded = sentencepiece.SentencePieceProcessor(model_proto=model)
    return loaded.encode(lines[0])


def sample(line, out_type=int):
    nbest_size = 64 if call == "sampleNbest64" else -1
    return processor.encode(line, out_type=out_type, enable_sampling=True, alpha=0.1, nbest_size=nbest_size)


def one_pass():
    if call == "load":
        return len(load())
    if call == "encodeBatch":
        return sum(len(ids) for ids in processor.encode(lines, num_threads=1))
    work = processor.encode if call == "encode" else sample
    return sum(len(work(line)) for line in lines)


def output():
    if call == "load":
        return [spaced(load())]
    if call.startswith("sample"):
        drawn = (sample(line, str) for line in lines)
        return [f"{len(pieces)}\t{''.join(pieces)}" for pieces in drawn]
    return [spaced(ids) for ids in processor.encode(lines, num_threads=1)]


def spaced(ids):
    return " ".join(map(str, ids))


def answer(value):
    print(json.dumps(value), file=answers, flush=True)


answer({"versions": {"sentencepiece (Python)": sentencepiece.__version__}})
for command in sys.stdin:
    verb, argument = command.rstrip("\n").split(" ", 1)
    if verb == "output":
        with open(argument, "w", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{line}\n" for line in output())
        answer({})
        continue
    cpu, wall = time.process_time(), time.perf_counter()
    for _ in range(int(argument)):
        one_pass()
    answer({"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall})
