"""Makes tools/comparators/test/golden/*.json with scipy, scikit-learn and KDEpy.

    pip install numpy scipy scikit-learn KDEpy
    python3 tools/golden/make_comparators.py
"""

import json
from pathlib import Path

import numpy as np
from KDEpy.binning import linear_binning
from KDEpy.bw_selection import _fixed_point, _root
from scipy import fft, stats
from sklearn.mixture import GaussianMixture

rng = np.random.default_rng(6)
out = Path(__file__).parents[2] / "tools/comparators/test/golden"
out.mkdir(exist_ok=True)


def write(name, value):
    (out / f"{name}.json").write_text(json.dumps(value) + "\n")


# Three digits behind the point keep the file small; the values stay distinct.
samples = np.unique(np.round(np.concatenate([rng.normal(-1, 0.2, 250), rng.normal(1.2, 0.7, 350)]), 3))
points = np.array([-4.0, -2.0, -1.5, -1.0, -0.3, 0.0, 0.7, 1.2, 2.5, 4.0, 6.0])


def sheather_jones(x, nodes):
    """KDEpy's solver on Botev's grid: its own scales the solution by the range of the samples, though the cosine series
    is on the range of the grid."""
    margin = (x.max() - x.min()) / 10
    grid = np.linspace(x.min() - margin, x.max() + margin, nodes)
    shares = linear_binning(x.reshape(-1, 1), grid)
    a = fft.dct(shares)
    t = _root(_fixed_point, len(x), args=(len(x), np.arange(1, nodes, dtype=float) ** 2, a[1:] ** 2))
    return float(np.sqrt(t) * (grid[-1] - grid[0]))


kde = {}
for rule in ["scott", "silverman"]:
    estimate = stats.gaussian_kde(samples, bw_method=rule)
    kde[rule] = {
        "bandwidth": float(estimate.factor * samples.std(ddof=1)),
        "logPdf": estimate.logpdf(points).tolist(),
    }
signal = rng.normal(size=16)
write(
    "kernel-density",
    {
        "samples": samples.tolist(),
        "points": points.tolist(),
        **kde,
        "sheatherJones": [{"nodes": n, "bandwidth": sheather_jones(samples, n)} for n in [2**8, 2**10, 2**14]],
        "cosine": {"values": signal.tolist(), "transform": fft.dct(signal).tolist()},
    },
)

start = {"weights": [0.3, 0.3, 0.4], "means": [-2.0, 0.0, 2.0], "deviations": [1.0, 1.0, 1.0]}
mixture = GaussianMixture(
    3,
    tol=1e-12,
    max_iter=20000,
    reg_covar=0,
    weights_init=start["weights"],
    means_init=np.array(start["means"]).reshape(-1, 1),
    precisions_init=np.ones((3, 1, 1)),
).fit(samples.reshape(-1, 1))
write(
    "gaussian-mixture",
    {
        "start": start,
        "weights": mixture.weights_.tolist(),
        "means": mixture.means_.ravel().tolist(),
        "deviations": np.sqrt(mixture.covariances_.ravel()).tolist(),
        "logLikelihood": float(mixture.score(samples.reshape(-1, 1))),
        "points": points.tolist(),
        "logPdf": mixture.score_samples(points.reshape(-1, 1)).tolist(),
    },
)

z = np.array([-30, -8, -3.5, -3, -1, -0.1, 0, 0.5, 2.9, 3.1, 8.0])
angles = np.array([-3.0, -2.0, 0.0, 1.0, 3.0])
pair = [(0.4, -2.6, 4), (0.6, 0.8, 20)]
whole = lambda a: sum(w * (stats.vonmises.cdf(a, k, loc=m) - stats.vonmises.cdf(-np.pi, k, loc=m)) for w, m, k in pair)
write(
    "laws",
    {
        "normal": {"z": z.tolist(), "cdf": stats.norm.cdf(z).tolist()},
        "vonMises": {
            "angles": angles.tolist(),
            "logPdf": np.log(sum(w * stats.vonmises.pdf(angles, k, loc=m) for w, m, k in pair)).tolist(),
            "cdf": whole(angles).tolist(),
        },
    },
)
