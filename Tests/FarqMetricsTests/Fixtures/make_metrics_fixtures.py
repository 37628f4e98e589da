"""Makes metrics.json and tests.json from TorchMetrics, scipy, scikit-learn and statsmodels (see requirements.txt).

Usage: python3 make_metrics_fixtures.py      (seeded; writes beside itself, with MANIFEST.json)
"""
import hashlib
import json
import math
import pathlib
import warnings

import numpy
import scipy
import scipy.stats
import sklearn
import sklearn.metrics
import statsmodels
import torch
import torchmetrics
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint
from torchmetrics import classification as tm

warnings.filterwarnings("ignore")
SEED = 20261124
BOOTSTRAP = 2000
HERE = pathlib.Path(__file__).parent
# LogAUC interpolates over argsort, whose order of equal rates PyTorch leaves open (with AVX-512 it is arbitrary); the order
# in which the points of the curve stand is the one that makes sense.
unordered = torch.argsort
torch.argsort = lambda values, **options: unordered(values, **{"stable": True, **options})
gen = torch.Generator().manual_seed(SEED)


def plain(value):
    if isinstance(value, torch.Tensor):
        return plain(value.tolist())
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, float):
        return value if math.isfinite(value) else {True: "inf", False: "-inf"}[value > 0] if math.isinf(value) else None
    return value


def scores(n, c, sharp=2.0, shape=()):
    return torch.randn(n, c, *shape, generator=gen) * sharp


def labels(n, c, shape=()):
    return torch.randint(0, c, (n, *shape), generator=gen)


def noisy(x, c, right=0.7):
    guess = x.argmax(1)
    return torch.where(torch.rand(guess.shape, generator=gen) < right, guess, torch.randint(0, c, guess.shape, generator=gen))


def case(name, c, preds, target, **more):
    return dict(name=name, c=c, preds=preds, target=target, **more)


def inputs():
    cases = []
    x = scores(53, 4)
    t = noisy(x, 4)
    cases.append(case("logits", 4, x, t))
    cases.append(case("probabilities", 4, torch.softmax(x, 1), t))
    cases.append(case("labels", 4, x.argmax(1), t))
    tied = torch.round(torch.softmax(x, 1) * 5) / 5
    cases.append(case("ties", 4, tied, t, no_top_k=True))
    absent = t.clone()
    absent[absent == 2] = 1
    cases.append(case("absent target", 4, x, absent))
    both = x.clone()
    both[:, 2] = -9
    cases.append(case("absent everywhere", 4, both, absent))
    cases.append(case("one target", 4, x, torch.full_like(t, 3)))
    cases.append(case("all zero", 4, x, torch.zeros_like(t)))
    constant = x.clone()
    constant[:, 1] = 20
    cases.append(case("one prediction", 4, constant, t))
    cases.append(case("one of both", 4, constant, torch.full_like(t, 1)))
    cases.append(case("one sample", 4, x[:1], t[:1]))
    cases.append(case("all right", 3, x[:20, :3], x[:20, :3].argmax(1)))
    cases.append(case("all wrong", 3, x[:20, :3], (x[:20, :3].argmax(1) + 1) % 3))
    x2 = scores(31, 2)
    t2 = noisy(x2, 2)
    cases.append(case("two classes", 2, x2, t2))
    cases.append(case("two classes, one target", 2, x2, torch.ones_like(t2)))
    cases.append(case("two classes, one prediction", 2, x2 * torch.tensor([0.0, 0.0]) + torch.tensor([1.0, 0.0]), t2, no_top_k=True))
    cases.append(case("two classes, all wrong", 2, x2, 1 - x2.argmax(1)))
    cases.append(case("two classes, labels one", 2, torch.zeros_like(t2), torch.ones_like(t2)))
    out = t.clone()
    out[::5] = -100
    cases.append(case("ignored outside", 4, x, out, ignore=-100))
    cases.append(case("ignored inside", 4, x, t, ignore=1))
    cases.append(case("ignored labels", 4, x.argmax(1), out, ignore=-100))
    xm = scores(9, 3, shape=(5,))
    tm_ = noisy(xm, 3)
    cases.append(case("positions", 3, xm, tm_, positions=5))
    cases.append(case("positions labels", 3, xm.argmax(1), tm_, positions=5))
    sure = scores(300, 7, sharp=9.0)
    cases.append(case("sure", 7, sure, noisy(sure, 7, 0.93), slim=True))
    many = scores(2500, 3, sharp=1.5)
    cases.append(case("saturated", 3, torch.round(many * 8), noisy(many, 3, 0.8), slim=True, no_top_k=True))
    return cases + variants(cases)


def variants(cases):
    """Each degenerate input of logits as labels and as probabilities too; the curves themselves, which are long, are left out."""
    names = ["absent target", "absent everywhere", "one target", "all zero", "one prediction", "one of both", "one sample", "all right", "all wrong", "two classes",
             "two classes, one target", "two classes, one prediction", "two classes, all wrong", "ignored outside", "ignored inside", "positions"]
    found = {item["name"]: item for item in cases}
    have = set(found)
    result = [case(f"{name}, labels", found[name]["c"], found[name]["preds"].argmax(1), found[name]["target"],
                   **{k: v for k, v in found[name].items() if k in ("ignore", "positions")})
              for name in names if f"{name} labels" not in have]
    for name in names:
        item = found[name]
        result.append(case(f"{name}, probabilities", item["c"], torch.softmax(item["preds"], 1), item["target"], slim=True,
                           **{k: v for k, v in item.items() if k in ("ignore", "positions")}))
    return result


AVERAGES = ["micro", "macro", "weighted", "none"]
STAT = ["Accuracy", "Precision", "Recall", "F1Score", "FBetaScore", "Specificity", "NegativePredictiveValue", "HammingDistance", "StatScores"]
ZERO = ["Precision", "Recall", "F1Score", "FBetaScore"]


def requests(case):
    """(metric, arguments) of every call to make for a case."""
    floats = case["preds"].is_floating_point()
    positions = case.get("positions", 1)
    calls = []
    for metric in STAT:
        for average in AVERAGES:
            base = {"average": average, **({"beta": 0.5} if metric == "FBetaScore" else {})}
            calls.append((metric, base))
            if floats and not case.get("no_top_k") and not case.get("slim"):
                calls.append((metric, {**base, "top_k": 2}))
            if metric in ZERO:
                calls.append((metric, {**base, "zero_division": 1}))
            if positions > 1:
                calls.append((metric, {**base, "multidim_average": "samplewise"}))
    for average in AVERAGES:
        calls.append(("JaccardIndex", {"average": average}))
        calls.append(("JaccardIndex", {"average": average, "zero_division": 1}))
    calls += [("ConfusionMatrix", {"normalize": n}) for n in ("none", "true", "pred", "all")]
    calls += [("CohenKappa", {"weights": w}) for w in ("none", "linear", "quadratic")]
    calls += [("MatthewsCorrCoef", {}), ("ExactMatch", {})]
    if positions > 1:
        calls.append(("ExactMatch", {"multidim_average": "samplewise"}))
    if not floats:
        return calls
    for bins in (15, 4):
        calls += [("CalibrationError", {"norm": n, "n_bins": bins}) for n in ("l1", "l2", "max")]
    calls += [("HingeLoss", {"squared": s, "multiclass_mode": m}) for s in (False, True) for m in ("crammer-singer", "one-vs-all")]
    for thresholds in (None, 11, [0.1, 0.35, 0.5, 0.9]):
        for metric in ("AUROC", "AveragePrecision"):
            calls += [(metric, {"average": a, "thresholds": thresholds}) for a in ("macro", "weighted", "none")]
        calls += [("LogAUC", {"average": a, "thresholds": thresholds}) for a in ("macro", "none")]
        calls.append(("LogAUC", {"average": "none", "thresholds": thresholds, "fpr_range": [0.05, 0.6]}))
        for average in (None, "micro", "macro"):
            calls.append(("EER", {"average": average, "thresholds": thresholds}))
            if not case.get("slim"):
                calls.append(("ROC", {"average": average, "thresholds": thresholds}))
                calls.append(("PrecisionRecallCurve", {"average": average, "thresholds": thresholds}))
        for minimum in (0.3, 0.8):
            for metric, argument in (("PrecisionAtFixedRecall", "min_recall"), ("RecallAtFixedPrecision", "min_precision"),
                                     ("SensitivityAtSpecificity", "min_specificity"), ("SpecificityAtSensitivity", "min_sensitivity")):
                calls.append((metric, {argument: minimum, "thresholds": thresholds}))
    return calls


def all_top_k(case):
    """Every k, where scores have no ties: with k = C every target is found."""
    if not case["preds"].is_floating_point() or case.get("no_top_k") or case["name"] not in ("logits", "absent target", "ignored inside", "one sample"):
        return []
    return [(metric, {"average": average, "top_k": k, **({"beta": 2.0} if metric == "FBetaScore" else {})})
            for metric in STAT for average in AVERAGES for k in range(3, case["c"] + 1)]


DEFAULTS = ["Accuracy", "Precision", "Recall", "F1Score", "Specificity", "NegativePredictiveValue", "HammingDistance", "StatScores", "JaccardIndex", "ConfusionMatrix",
            "CohenKappa", "MatthewsCorrCoef", "ExactMatch", "CalibrationError", "HingeLoss", "AUROC", "AveragePrecision", "ROC", "PrecisionRecallCurve", "EER", "LogAUC"]
NEEDED = {"FBetaScore": {"beta": 0.5}, "PrecisionAtFixedRecall": {"min_recall": 0.7}, "RecallAtFixedPrecision": {"min_precision": 0.7},
          "SensitivityAtSpecificity": {"min_specificity": 0.7}, "SpecificityAtSensitivity": {"min_sensitivity": 0.7}}


def defaults(case):
    """Every class with what it cannot do without, and all else left to its defaults."""
    names = sorted(name for name in dir(tm) if name.startswith("Multiclass"))
    assert names == sorted("Multiclass" + name for name in DEFAULTS + list(NEEDED)), "TorchMetrics has other classes"
    return [[metric, arguments, rounded(plain(compute(metric, arguments, case)))]
            for metric, arguments in [(name, {}) for name in DEFAULTS] + list(NEEDED.items())]


FUNCTIONAL = {"F1Score": "f1_score", "FBetaScore": "fbeta_score", "NegativePredictiveValue": "negative_predictive_value", "HammingDistance": "hamming_distance",
              "StatScores": "stat_scores", "EER": "eer", "ROC": "roc", "PrecisionRecallCurve": "precision_recall_curve"}


def compute(metric, arguments, case):
    arguments = {k: (tuple(v) if k == "fpr_range" else v) for k, v in arguments.items()}
    if metric in FUNCTIONAL and arguments.get("average") == "micro" and arguments.get("thresholds") is not None:
        # The class cannot do micro with fixed thresholds (its state has another shape); the function can.
        function = getattr(torchmetrics.functional.classification, "multiclass_" + FUNCTIONAL[metric])
        return function(case["preds"], case["target"], num_classes=case["c"], ignore_index=case.get("ignore"), **arguments)
    accumulator = getattr(tm, "Multiclass" + metric)(num_classes=case["c"], ignore_index=case.get("ignore"), **arguments)
    accumulator.update(case["preds"], case["target"])
    return accumulator.compute()


def rounded(value, digits=8):
    """Significant digits of what single precision holds: 8 are more than the tests ask, 9 give the same bits again."""
    if isinstance(value, list):
        return [rounded(item, digits) for item in value]
    return float(f"{value:.{digits}g}") if isinstance(value, float) else value


def metrics():
    result = []
    cases = inputs()
    for item in cases:
        values = []
        for metric, arguments in requests(item) + all_top_k(item):
            try:
                named = {key: int(value) if isinstance(value, bool) else value for key, value in arguments.items()}
                values.append([metric, named, rounded(plain(compute(metric, arguments, item)))])
            except (IndexError, RuntimeError, ValueError) as error:
                print("left out:", item["name"], metric, arguments, type(error).__name__, str(error)[:60])
        result.append({"name": item["name"], "defaults": defaults(item) if item["name"] == "logits" else [], "classes": item["c"], "positions": item.get("positions", 1), "ignore": item.get("ignore"),
                       "shape": list(item["preds"].shape), "scores": item["preds"].is_floating_point(),
                       "preds": rounded(plain(item["preds"].double().flatten() if item["preds"].is_floating_point() else item["preds"].flatten()), 9),
                       "targets": plain(item["target"].flatten()), "values": values})
    return result


def bootstrap():
    """scipy's paired percentile bootstrap of scikit-learn's metrics, on two models' logits of 300 documents of 3 classes."""
    generator = numpy.random.default_rng(SEED)
    targets = generator.integers(0, 3, 300)
    models = []
    for lift in (1.2, 1.7):
        logits = generator.normal(size=(300, 3))
        logits[numpy.arange(300), targets] += lift
        models.append(numpy.round(logits, 4))

    def value(metric, rows, model):
        y, logits = targets[rows], models[model][rows]
        p = numpy.exp(logits - logits.max(1, keepdims=True))
        p /= p.sum(1, keepdims=True)
        labels = logits.argmax(1)
        return {
            "accuracy": lambda: sklearn.metrics.accuracy_score(y, labels),
            "macro_f1": lambda: sklearn.metrics.f1_score(y, labels, average="macro"),
            "weighted_f1": lambda: sklearn.metrics.f1_score(y, labels, average="weighted"),
            "balanced_accuracy": lambda: sklearn.metrics.balanced_accuracy_score(y, labels),
            "matthews_correlation": lambda: sklearn.metrics.matthews_corrcoef(y, labels),
            "cohen_kappa": lambda: sklearn.metrics.cohen_kappa_score(y, labels),
            "macro_auroc": lambda: sklearn.metrics.roc_auc_score(y, p, multi_class="ovr", average="macro"),
            "log_loss": lambda: sklearn.metrics.log_loss(y, p),
            "calibration_error": lambda: calibration(p.max(1), labels == y),
        }[metric]()

    def calibration(sure, right):
        bins = numpy.minimum((sure * 15).astype(int), 14)
        return sum(abs(right[bins == b].sum() - sure[bins == b].sum()) for b in range(15)) / len(sure)

    result = {"targets": targets.tolist(), "logits": [model.ravel().tolist() for model in models], "values": {}}
    for metric in ("accuracy", "macro_f1", "weighted_f1", "balanced_accuracy", "matthews_correlation", "cohen_kappa", "calibration_error", "macro_auroc", "log_loss"):
        rows = numpy.arange(300)
        found = scipy.stats.bootstrap(
            (rows,), lambda drawn: value(metric, drawn, 1) - value(metric, drawn, 0), vectorized=False, n_resamples=BOOTSTRAP, method="percentile", rng=numpy.random.default_rng(SEED))
        single = scipy.stats.bootstrap(
            (rows,), lambda drawn: value(metric, drawn, 1), vectorized=False, n_resamples=BOOTSTRAP, method="percentile", rng=numpy.random.default_rng(SEED))
        first, second = value(metric, rows, 0), value(metric, rows, 1)
        result["values"][metric] = [float(first), float(second), *map(float, found.confidence_interval), *map(float, single.confidence_interval)]
    return result


def tests():
    tables = [(0, 0), (1, 0), (5, 5), (3, 12), (30, 51), (7, 0), (110, 160), (1200, 1100), (40000, 40600)]
    pvalues = [0.01, 0.04, 0.03, 0.005, 0.5, 0.04, 0.9]
    runs = [0.9613, 0.9588, 0.9641, 0.9602, 0.9597]
    mean = sum(runs) / len(runs)
    return {
        "mcnemar": [[b, c, float(mcnemar([[1, b], [c, 1]], exact=True).pvalue)] for b, c in tables],
        "holm": [pvalues, multipletests(pvalues, method="holm")[1].tolist()],
        "wilson": [[k, n, *map(float, proportion_confint(k, n, alpha=0.05, method="wilson"))] for k, n in ((0, 10), (10, 10), (7, 10), (10757, 11090), (1, 3))],
        "seeds": {"values": runs, "mean": mean, "sd": float(scipy.stats.tstd(runs)),
                  "interval": list(map(float, scipy.stats.t.interval(0.95, len(runs) - 1, loc=mean, scale=scipy.stats.sem(runs))))},
        "bootstrap": bootstrap(),
    }


def main():
    files = {"metrics.json": metrics(), "tests.json": tests()}
    manifest = {"script": pathlib.Path(__file__).name, "seed": SEED,
                "versions": {"torch": torch.__version__, "torchmetrics": torchmetrics.__version__, "scipy": scipy.__version__, "statsmodels": statsmodels.__version__, "scikit-learn": sklearn.__version__}, "sha256": {}}
    for name, value in files.items():
        text = json.dumps(value, separators=(",", ":")) + "\n"
        (HERE / name).write_text(text)
        manifest["sha256"][name] = hashlib.sha256(text.encode()).hexdigest()
    (HERE / "MANIFEST.json").write_text(json.dumps(manifest, indent=2) + "\n")


if __name__ == "__main__":
    main()
