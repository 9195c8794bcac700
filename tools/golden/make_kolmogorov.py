# Makes packages/fourier-density/test/golden/kolmogorov.json: [n, d, P(D >= d)] by scipy.stats.kstwo.
# Needs: scipy (pip install scipy). Run: python3 tools/golden/make_kolmogorov.py
import json
from scipy.stats import kstwo

rows = []
for n in (1, 2, 5, 10, 37, 100, 140, 141, 300, 1000, 10000):
    for x in (0.3, 0.5, 0.7, 0.9, 1.1, 1.4, 1.8, 2.5):
        d = x / n**0.5
        if d < 1:
            rows.append([n, d, float(kstwo.sf(d, n))])
with open("packages/fourier-density/test/golden/kolmogorov.json", "w") as file:
    file.write(json.dumps(rows) + "\n")
