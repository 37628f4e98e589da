"""Makes margin.json: equivalence tests by statsmodels and scipy, and the bootstrap over seeds and documents by numpy
(scipy and statsmodels of requirements.txt).

    python3 make_margin_fixtures.py
"""

import hashlib
import json
import pathlib

import numpy
import scipy.stats
import statsmodels
from statsmodels.stats.weightstats import ttost_paired

SEED = 20261127
DOCUMENTS, SEEDS, CLASSES = 400, 4, 3
DRAWS = 40_000


def labels(rng, targets, chance):
    """Predicted labels that are right with the chances given, and otherwise another label."""
    right = rng.random(len(targets)) < chance
    return numpy.where(right, targets, (targets + rng.integers(1, CLASSES, len(targets))) % CLASSES)


def models(rng, targets):
    """Two models with several seeds each: a document's difficulty is shared by all, a seed has its own quality."""
    difficulty = rng.normal(0, 1.5, DOCUMENTS)
    result = []
    for skill in (2.6, 2.5):
        result.append([labels(rng, targets, scipy.special.expit(skill + rng.normal(0, 0.25) + difficulty))
                       for _ in range(SEEDS)])
    return result


def bootstrap(rng, differences):
    """Percentiles of the mean difference over S − 1 of S seeds and N of N documents, drawn independently."""
    seeds, documents = differences.shape
    drawn = numpy.empty(DRAWS)
    for index in range(DRAWS):
        rows = rng.integers(0, seeds, max(1, seeds - 1)) if seeds > 1 else [0]
        columns = rng.integers(0, documents, documents)
        drawn[index] = differences[rows].mean(axis=0)[columns].mean()
    return numpy.percentile(drawn, [2.5, 97.5]).tolist()


def crossed(differences, margin):
    """Two one-sided t tests with the variance of seeds and that of documents, degrees of freedom by Satterthwaite."""
    seeds, documents = differences.shape
    parts = [(scipy.stats.sem(differences.mean(axis=1)) ** 2, seeds - 1),
             (scipy.stats.sem(differences.mean(axis=0)) ** 2, documents - 1)]
    variance = sum(part for part, _ in parts)
    degrees = variance ** 2 / sum(part ** 2 / free for part, free in parts)
    mean = differences.mean()
    below, above = (scipy.stats.t.sf((distance + margin) / variance ** 0.5, degrees) for distance in (mean, -mean))
    return [float(below), float(max(below, above))]


def main():
    rng = numpy.random.default_rng(SEED)
    targets = rng.integers(0, CLASSES, DOCUMENTS)
    first, second = models(rng, targets)
    right = [numpy.array([run == targets for run in runs], dtype=float) for runs in (first, second)]
    differences = right[1] - right[0]
    rows = []
    for margin in (0.01, 0.02, 0.05):
        p, lower, upper = ttost_paired(right[1][0], right[0][0], -margin, margin)
        rows.append({"margin": margin, "one_seed": [float(lower[1]), float(p)], "all_seeds": crossed(differences, margin)})
    result = {
        "targets": targets.tolist(), "first": [run.tolist() for run in first], "second": [run.tolist() for run in second],
        "delta": float(differences.mean()), "tests": rows,
        "interval_one_seed": bootstrap(rng, differences[:1]), "interval_all_seeds": bootstrap(rng, differences),
    }
    text = json.dumps(result) + "\n"
    folder = pathlib.Path(__file__).parent
    (folder / "margin.json").write_text(text)
    manifest = json.loads((folder / "MANIFEST.json").read_text())
    manifest["sha256"]["margin.json"] = hashlib.sha256(text.encode()).hexdigest()
    manifest["margin.json"] = {"script": "make_margin_fixtures.py", "seed": SEED, "versions": {
        "numpy": numpy.__version__, "scipy": scipy.__version__, "statsmodels": statsmodels.__version__}}
    (folder / "MANIFEST.json").write_text(json.dumps(manifest, indent=2) + "\n")


if __name__ == "__main__":
    main()
