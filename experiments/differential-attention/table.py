#!/usr/bin/env python3
"""Writes the tables of docs/differential-attention.md from results.jsonl and changes.jsonl.

    python3 table.py [RESULTS] [--changes FILE] [--document FILE]

The tables stand between `<!-- NAME:begin -->` and `<!-- NAME:end -->`. Differences to the baseline are in points of accuracy,
paired by test article and seed; the 95 % interval is a bootstrap that draws articles and seeds anew, 4,000 times.
Needs numpy.
"""

import argparse
import json
import pathlib

import numpy

HERE = pathlib.Path(__file__).parent
DRAWS = 4000


def right(line):
    text = bin(int(line["right"], 16))[2:].zfill(line["documents"])
    return numpy.frombuffer(text.encode(), dtype=numpy.uint8) - ord("0")


def load(path):
    """{(cell, ratio): {seed: line}}"""
    table = {}
    for line in map(json.loads, path.read_text().splitlines()):
        table.setdefault((line["cell"], line["ratio"]), {})[line["seed"]] = line
    return table


def difference(hybrid, baseline):
    """(mean, low, high) in points."""
    seeds = sorted(set(hybrid) & set(baseline))
    deltas = numpy.stack([right(hybrid[s]).astype(float) - right(baseline[s]) for s in seeds])  # [seeds, documents]
    generator = numpy.random.default_rng(7)
    count, documents = deltas.shape
    chosen = generator.integers(0, count, (DRAWS, count))
    weights = numpy.stack([numpy.bincount(row, minlength=count) for row in chosen]) / count  # [draws, seeds]
    means = weights @ deltas  # [draws, documents]
    totals = numpy.array([m[generator.integers(0, documents, documents)].mean() for m in means])
    return 100 * deltas.mean(), *(100 * numpy.quantile(totals, (0.025, 0.975)))


def signed(value):
    return f"{value:+.2f}".replace("-", "−")


def interval(hybrid, baseline):
    mean, low, high = difference(hybrid, baseline)
    return f"{signed(mean)} ({signed(low)} to {signed(high)})"


def row(words, hybrid, baseline):
    accuracies = [line["accuracy"] for line in hybrid.values()]
    _, low, high = difference(hybrid, baseline)
    verdict = "better" if low > 0 else "worse" if high < 0 else ""
    return words + [f"{numpy.mean(accuracies):.4f}", f"{min(accuracies):.4f}–{max(accuracies):.4f}",
                    interval(hybrid, baseline), verdict]


def markdown(titles, rows):
    lines = ["| " + " | ".join(titles) + " |", "|" + "---|" * len(titles)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def place(plan):
    if plan["granularity"] == "heads":
        return f"heads {', '.join(map(str, plan['heads']))} of every layer"
    return f"{plan['placement']}: layers {', '.join(map(str, plan['layers']))}"


ORDER = {"anneal": 0, "pretrained": 1, "random": 2}
VARIANTS = {"diff": 0, "diff-v2": 1, "dex": 2, "notebook": 3}
TO_BASELINE = "to the baseline, points (95 %)"


def plan_of(lines):
    return next(iter(lines.values()))["plan"]


def words(lines, ratio):
    plan = plan_of(lines)
    pairing = f" ({plan['pairing']})" if plan["variant"] == "diff" else ""
    return [f"{plan['variant']}{pairing}", f"{100 * ratio:.0f} %", place(plan)]


def key(entry):
    (cell, ratio), plan = entry[0], plan_of(entry[1])
    return (plan["granularity"] != "layers", VARIANTS[plan["variant"]], ratio, place(plan),
            ORDER[plan["initialization"]], cell)


def results(table):
    """Every hybrid beside the baseline."""
    baseline = table[("baseline", 0)]
    accuracies = [line["accuracy"] for line in baseline.values()]
    rows = [["baseline", "", "", "", f"{numpy.mean(accuracies):.4f}", f"{min(accuracies):.4f}–{max(accuracies):.4f}",
             "", ""]]
    for (_, ratio), lines in sorted((entry for entry in table.items() if entry[0][1] > 0), key=key):
        rows.append(row(words(lines, ratio) + [plan_of(lines)["initialization"]], lines, baseline))
    return markdown(["variant", "share", "where", "initialisation", "accuracy, mean", "lowest–highest seed",
                     TO_BASELINE, ""], rows)


def changes(table):
    """Cells "why-CHANGE@CELL" beside the baseline and beside CELL."""
    rows = []
    for (cell, ratio), lines in sorted((entry for entry in table.items() if entry[0][0].startswith("why-")), key=key):
        change, unchanged = cell.removeprefix("why-").split("@")
        before = table[(unchanged, ratio)]
        rows.append(words(lines, ratio) + [change, interval(before, table[("baseline", 0)]),
                                           interval(lines, table[("baseline", 0)]), interval(lines, before)])
    return markdown(["variant", "share", "where", "what was changed", "unchanged " + TO_BASELINE,
                     "changed " + TO_BASELINE, "changed to unchanged"], rows)


def put(document, name, text):
    begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
    head, rest = document.split(begin)
    return f"{head}{begin}\n{text}\n{end}{rest.split(end)[1]}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("results", type=pathlib.Path, nargs="?", default=HERE / "results.jsonl")
    parser.add_argument("--changes", type=pathlib.Path, default=HERE / "changes.jsonl")
    parser.add_argument("--document", type=pathlib.Path, default=HERE.parents[1] / "docs/differential-attention.md")
    parser.add_argument("--print", action="store_true", help="prints the tables and writes nothing")
    arguments = parser.parse_args()
    made = [("results", results(load(arguments.results))), ("changes", changes(load(arguments.changes)))]
    if arguments.print:
        print("\n\n".join(text for _, text in made))
        return
    document = arguments.document.read_text()
    for name, text in made:
        document = put(document, name, text)
    arguments.document.write_text(document)


if __name__ == "__main__":
    main()
