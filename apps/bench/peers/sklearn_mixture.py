# Fits scikit-learn's GaussianMixture to the float64 numbers on standard input, with its defaults. Arguments: how many
# components, the seed. Prints the mixture as JSON.
import json
import sys

import numpy
from sklearn.mixture import GaussianMixture

samples = numpy.frombuffer(sys.stdin.buffer.read(), dtype=numpy.float64).reshape(-1, 1)
mixture = GaussianMixture(int(sys.argv[1]), random_state=int(sys.argv[2])).fit(samples)
print(
    json.dumps(
        {
            "weights": mixture.weights_.tolist(),
            "means": mixture.means_.ravel().tolist(),
            "deviations": numpy.sqrt(mixture.covariances_.ravel()).tolist(),
        }
    )
)
