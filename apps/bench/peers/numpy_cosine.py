# numpy as a contestant: see src/contestant-process.ts for what it is asked. Arguments: the file with the
# vectors, x and y of each pair in turn, and one with a line for each pair.
import json
import math
import os
import sys
import time

import numpy

with open(sys.argv[2], encoding="utf-8") as lines:
    count = sum(1 for _ in lines)
pairs = numpy.fromfile(sys.argv[1], dtype=numpy.float32).reshape(count, 2, -1)
answers = os.fdopen(3, "w", encoding="utf-8")


def cosine(x, y):
    return float(numpy.dot(x, y)) / math.sqrt(float(numpy.dot(x, x)) * float(numpy.dot(y, y)))


def answer(value):
    print(json.dumps(value), file=answers, flush=True)


answer({"versions": {"numpy": numpy.__version__}})
for command in sys.stdin:
    verb, argument = command.rstrip("\n").split(" ", 1)
    if verb == "output":
        with open(argument, "w", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{cosine(x, y)!r}\n" for x, y in pairs)
        answer({})
        continue
    cpu, wall = time.process_time(), time.perf_counter()
    for _ in range(int(argument)):
        for x, y in pairs:
            cosine(x, y)
    answer({"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall})
