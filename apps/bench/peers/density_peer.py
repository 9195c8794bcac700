# Python's estimators of densities as contestants: see src/contestant-process.ts for what they are asked. Arguments: what
# estimates; whether passes are a `fit` or evaluate what the first line says; the file with the samples; that with the
# lines.
import json
import os
import sys
import time

import numpy

estimator, job, model_file, text_file = sys.argv[1:]
samples = numpy.fromfile(model_file, dtype=numpy.float64)
with open(text_file, encoding="utf-8") as file:
    lines = file.read().splitlines()
answers = os.fdopen(3, "w", encoding="utf-8")


def answer(value):
    print(json.dumps(value), file=answers, flush=True)


class Mixture:
    """scikit-learn's mixture of ten normal laws, with its defaults; the cdf, which it lacks, by scipy."""

    def __init__(self):
        import sklearn
        from sklearn.mixture import GaussianMixture

        self.versions = {"scikit-learn": sklearn.__version__}
        self.mixture = GaussianMixture(10, random_state=0).fit(samples.reshape(-1, 1))

    def log_density(self, points):
        return self.mixture.score_samples(points.reshape(-1, 1))

    def cdf(self, points):
        from scipy.special import ndtr

        means, deviations = self.mixture.means_.ravel(), numpy.sqrt(self.mixture.covariances_.ravel())
        return ndtr((points[:, None] - means) / deviations) @ self.mixture.weights_

    def draws(self, count):
        return self.mixture.sample(count)[0].ravel()


class Kernels:
    """scipy's gaussian_kde, with its default bandwidth."""

    def __init__(self):
        import scipy
        from scipy.stats import gaussian_kde

        self.versions = {"scipy": scipy.__version__}
        self.kernels = gaussian_kde(samples)

    def log_density(self, points):
        return self.kernels.logpdf(points)

    def cdf(self, points):
        return numpy.array([self.kernels.integrate_box_1d(-numpy.inf, x) for x in points])

    def draws(self, count):
        return self.kernels.resample(count).ravel()


Estimator = {"mixture": Mixture, "kernels": Kernels}[estimator]
fitted = Estimator()
if job == "fit":
    points = numpy.array(lines, dtype=numpy.float64)
    run = Estimator
    output = lambda: fitted.log_density(points)
else:
    numbers = numpy.array(lines[1:], dtype=numpy.float64)
    run = output = {
        "log density": lambda: fitted.log_density(numbers),
        "cdf": lambda: fitted.cdf(numbers),
        "draws": lambda: fitted.draws(int(numbers[0])),
    }[lines[0]]

answer({"versions": {"numpy": numpy.__version__, **fitted.versions}})
for command in sys.stdin:
    verb, argument = command.rstrip("\n").split(" ", 1)
    if verb == "output":
        with open(argument, "w", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{float(value)!r}\n" for value in output())
        answer({})
        continue
    cpu, wall = time.process_time(), time.perf_counter()
    for _ in range(int(argument)):
        run()
    answer({"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall})
