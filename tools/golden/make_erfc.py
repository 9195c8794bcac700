# Makes packages/fourier-density/test/golden/erfc.json: erfc at 40 digits. With "coefficients", prints those of
# src/complementary-error.ts instead: the Chebyshev coefficients of (1 + 2z)·exp(z²)·erfc(z) in t = (z − 3)/(z + 3).
# Needs: mpmath (pip install mpmath). Run: python3 tools/golden/make_erfc.py [coefficients]
import json
import sys
from mpmath import cos, erfc, exp, mp, mpf, pi

mp.dps = 40


def scaled(z):
    return (1 + 2 * z) * exp(z * z) * erfc(z)


if sys.argv[1:] == ["coefficients"]:
    n = 80
    nodes = [pi * (j + mpf(1) / 2) / n for j in range(n)]
    values = [scaled(3 * (1 + cos(a)) / (1 - cos(a))) for a in nodes]
    for k in range(25):
        print(float((2 if k else 1) * sum(v * cos(k * a) for v, a in zip(values, nodes)) / n))
else:
    points = sorted({round(i / 16 + (i % 7) / 1000, 6) for i in range(0, 420)} | {1e-300, 1e-8, 0.001, 26.5})
    rows = [[z, float(erfc(mpf(z)))] for z in points]
    with open("packages/fourier-density/test/golden/erfc.json", "w") as file:
        file.write(json.dumps(rows) + "\n")
