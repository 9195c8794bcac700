"""Makes packages/metrics/test/golden/vectors.json and tests.json with numpy and scipy.

    pip install numpy scipy
    python3 tools/golden/make_metrics.py
"""

import json
from pathlib import Path

import numpy as np
from scipy import spatial, stats

rng = np.random.default_rng(5)
out = Path(__file__).parents[2] / "packages/metrics/test/golden"


def bits(x):
    return [int(v) for v in x.view(np.uint16)]


def cosine(x, y):
    return float(1 - spatial.distance.cosine(np.asarray(x, np.float64), np.asarray(y, np.float64)))


cosines = []
for dtype in ["float64", "float32", "int8", "float16", "bfloat16"]:
    for n in [1, 7, 60]:
        x, y = rng.normal(size=n), rng.normal(size=n)
        if dtype == "int8":
            x, y = (np.clip(np.round(v * 40), -128, 127).astype(np.int8) for v in (x, y))
            x[0] = y[0] = 3
            given = [x.tolist(), y.tolist()]
        elif dtype == "float16":
            x, y = x.astype(np.float16), y.astype(np.float16)
            given = [bits(x), bits(y)]
        elif dtype == "bfloat16":
            words = [(v.astype(np.float32).view(np.uint32) >> 16) for v in (x, y)]
            given = [[int(w) for w in v] for v in words]
            x, y = ((v << 16).astype(np.uint32).view(np.float32) for v in words)
        else:
            x, y = x.astype(dtype), y.astype(dtype)
            given = [x.astype(float).tolist(), y.astype(float).tolist()]
        cosines.append({"dtype": dtype, "x": given[0], "y": given[1], "cosine": cosine(x, y)})

correlations = []
for n in [2, 3, 5, 20, 80]:
    for levels in [0, 2, 5]:
        x, y = rng.normal(size=n), rng.normal(size=n)
        y = y + 0.5 * x
        if levels:
            x, y = np.floor(x * levels), np.floor(y * levels)
        if len(set(x)) < 2 or len(set(y)) < 2:
            continue
        correlations.append(
            {
                "x": x.tolist(),
                "y": y.tolist(),
                "pearson": float(stats.pearsonr(x, y).statistic),
                "spearman": float(stats.spearmanr(x, y).statistic),
                "kendall": float(stats.kendalltau(x, y).statistic),
            }
        )

matrices = []
for rows, columns, rank in [(1, 1, 1), (3, 3, 3), (5, 2, 2), (2, 7, 2), (8, 8, 3), (40, 25, 25), (25, 40, 6)]:
    a = rng.normal(size=(rows, rank)) @ rng.normal(size=(rank, columns))
    a = a.round(3)
    matrices.append(
        {"rows": rows, "columns": columns, "entries": a.ravel().tolist(), "singularValues": np.linalg.svd(a)[1].tolist()}
    )

(out / "vectors.json").write_text(
    json.dumps({"cosines": cosines, "correlations": correlations, "matrices": matrices}) + "\n"
)

goodness = []
for counts, expected in [
    ([16, 18, 16, 14, 12, 12], None),
    ([16, 18, 16, 14, 12, 12], [16, 16, 16, 16, 16, 8]),
    ([200, 1], None),
    ([5, 0, 3, 8], None),
    ([1000, 1010, 990, 1003], None),
]:
    goodness.append(
        {
            "observed": counts,
            "expected": expected,
            **{
                name: [float(r.statistic), float(r.pvalue)]
                for name, r in [
                    ("chiSquared", stats.power_divergence(counts, expected, lambda_="pearson")),
                    ("g", stats.power_divergence(counts, expected, lambda_="log-likelihood")),
                ]
            },
        }
    )

contingency = []
for table in [[[10, 10, 20], [20, 20, 20]], [[3, 7], [9, 1]], [[12, 0, 4], [5, 8, 9], [7, 7, 7], [1, 2, 3]]]:
    chi = stats.chi2_contingency(table, correction=False)
    g = stats.chi2_contingency(table, correction=False, lambda_="log-likelihood")
    contingency.append(
        {
            "table": table,
            "degrees": int(chi.dof),
            "chiSquared": [float(chi.statistic), float(chi.pvalue)],
            "g": [float(g.statistic), float(g.pvalue)],
        }
    )

tails = [
    [float(x), float(k), float(stats.chi2.sf(x, k))]
    for k in [1, 2, 3, 10, 57, 999, 100000]
    for x in [0, 1e-8, 0.1, 1, 2, 5, 30, 200, 700, 0.5 * k, 0.9 * k, k, k + 1, 1.1 * k, 2 * k]
    if stats.chi2.sf(x, k) > 1e-300
]

divergences = []
for n in [2, 5, 30]:
    p, q = rng.dirichlet(np.ones(n) * 0.4), rng.dirichlet(np.ones(n) * 0.4)
    divergences.append({"p": p.tolist(), "q": q.tolist(), "js": float(spatial.distance.jensenshannon(p, q) ** 2)})

(out / "tests.json").write_text(
    json.dumps({"goodness": goodness, "contingency": contingency, "tails": tails, "divergences": divergences}) + "\n"
)
