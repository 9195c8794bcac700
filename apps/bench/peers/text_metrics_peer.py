"""sacrebleu and rouge_score as contestants: see src/contestant-process.ts for what they are asked.

Arguments: call, model file (of no use here), text file with a hypothesis, a tab and a reference in each line.
"""
import json
import logging
import os
import sys
import time

call, _, text_file = sys.argv[1:]
with open(text_file, encoding="utf-8", newline="\n") as text:
    pairs = [line.split("\t") for line in text.read().split("\n")[:-1]]
hypotheses = [pair[0] for pair in pairs]
references = [pair[1] for pair in pairs]
logging.disable(logging.WARNING)
answers = os.fdopen(3, "w", encoding="utf-8")

if call == "rouge":
    from importlib.metadata import version

    from rouge_score.rouge_scorer import RougeScorer

    types = ["rouge1", "rouge2", "rougeL"]
    scorer = RougeScorer(types)
    versions = {"rouge_score": version("rouge_score")}

    def one_pass():
        return [scorer.score(reference, hypothesis) for hypothesis, reference in pairs]

    def output():
        return [" ".join(f"{scores[name].fmeasure:.6f}" for name in types) for scores in one_pass()]

else:
    import sacrebleu

    versions = {"sacrebleu": sacrebleu.__version__}
    make = {
        "bleu": lambda **options: sacrebleu.BLEU(force=True, **options),
        "chrf": sacrebleu.CHRF,
    }[call]

    def one_pass():
        return make().corpus_score(hypotheses, [references]).score

    def output():
        sentence = make(effective_order=True) if call == "bleu" else make()
        return [f"{sentence.sentence_score(hypothesis, [reference]).score:.6f}" for hypothesis, reference in pairs]


def answer(value):
    print(json.dumps(value), file=answers, flush=True)


answer({"versions": versions})
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
