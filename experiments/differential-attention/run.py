#!/usr/bin/env python3
"""Fine-tunes one pretrained encoder as baseline and as every kind of hybrid, on real SANAD text, with several seeds.

    python3 run.py --model CHECKPOINT --train khaleej-mini.jsonl --test SANAD_SUBSET-khaleej.zip --work DIR

A cell of the grid is one `farq compare`; each of its models becomes a line of results.jsonl (beside this script, or
--results): settings, accuracy, macro F1, and which test articles were right, as hexadecimal bits. No text is kept. A
cell whose lines are there already is skipped, so an interrupted run goes on. `table.py` makes the table of
docs/differential-attention.md from the lines.
"""

import argparse
import json
import pathlib
import shlex
import shutil
import subprocess
import sys
import time
import zipfile

HERE = pathlib.Path(__file__).parent

# The same for every model: what decides the budget.
COMMON = ("--max-length 64 --epochs 2 --batch-size 16 --learning-rate 3e-4 --precision bf16 "
          "--threads 1 --no-linear --test-limit 200 --seed 42")


def grid():
    """Cells in the order of their weight: (name, options). Hybrids have 25 % and 50 % each."""
    yield "baseline", "--ratios 0"
    for variant in ("diff", "diff-v2", "dex", "notebook"):
        yield layers(variant, "last", "anneal")
    for place in ("first", "spread"):
        yield layers("diff", place, "anneal")
    for variant in ("diff", "dex", "notebook"):
        yield heads(variant, "anneal")
    for initialization in ("random", "pretrained"):
        for variant in ("diff", "diff-v2", "dex", "notebook"):
            yield layers(variant, "last", initialization)
    for variant in ("diff-v2", "dex", "notebook"):
        for place in ("first", "spread"):
            yield layers(variant, place, "anneal")
    for initialization in ("random", "pretrained"):
        for variant in ("diff", "dex", "notebook"):
            yield heads(variant, initialization)


def changes():
    """Cells of the grid, and the same with one thing changed, named "why-CHANGE@CELL": what helps a hybrid that loses?"""
    yield "baseline", "--ratios 0"
    annealed = [layers("diff", "last", "anneal"), layers("diff", "first", "anneal"), heads("diff", "anneal")]
    others = [layers(variant, "last", "anneal") for variant in ("dex", "diff-v2", "notebook")]
    yield from annealed + others
    for name, options in annealed + others:
        yield f"why-new parameters learn ten times as fast@{name}", f"{options} --new-parameter-factor 10"
    for name, options in annealed:
        yield f"why-λ_init 0.1@{name}", f"{options} --lambda-init 0.1"


def layers(variant, place, initialization):
    return (f"{variant}-layers-{place}-{initialization}",
            f"--attention {variant} --placement {place} --init {initialization}")


def heads(variant, initialization):
    return f"{variant}-heads-{initialization}", f"--attention {variant} --granularity heads --init {initialization}"


def read_data(arguments):
    """700 training articles and the 2,275 test articles of AlKhaleej in one file of the work folder."""
    path = arguments.work / "articles.jsonl"
    if path.exists():
        return path
    lines = [line for line in arguments.train.read_text().splitlines() if json.loads(line)["split"] == "train"]
    with zipfile.ZipFile(arguments.test) as archive:
        for name in sorted(archive.namelist()):
            parts = name.split("/")
            if len(parts) == 5 and parts[2] == "Test" and name.endswith(".txt"):
                text = archive.read(name).decode("utf-8")
                lines.append(json.dumps({"text": text, "label": parts[3], "split": "test"}, ensure_ascii=False))
    path.write_text("\n".join(lines) + "\n")
    return path


def bits(path):
    """Which documents were right: a 1 for each, the first document the highest bit."""
    right = [record["target"] == record["predicted"] for record in map(json.loads, path.read_text().splitlines())]
    return len(right), f"{int(''.join('1' if r else '0' for r in right), 2):x}"


def lines_of(name, options, run, seconds):
    report = json.loads((run / "report.json").read_text())
    for model in report["models"]:
        count, right = bits(run / "predictions" / f"{model['name']}.jsonl")
        curve = (model.get("learning_curve") or {}).get("epochs") or [{}]
        yield {"cell": name, "model": model["name"], "ratio": model["ratio"], "seed": model["seed"],
               "accuracy": model["metrics"]["accuracy"], "macro_f1": model["metrics"]["macro_f1"], "documents": count,
               "right": right, "parameters": model["parameters"], "train_seconds": round(model["train_seconds"], 1),
               "plan": model.get("attention_plan"), "lambdas": curve[-1].get("lambdas"), "options": options,
               "cell_seconds": round(seconds, 1)}


def run_cell(arguments, name, options, data):
    run = arguments.work / "runs" / name.replace(" ", "-")
    shutil.rmtree(run, ignore_errors=True)
    options = f"{arguments.common} {options} --seeds {arguments.seeds}"
    if "--ratios" not in options:
        options += " --ratios 0.25,0.5"
    command = [arguments.farq, "compare", "--model", arguments.model, "--data", data, "--output", run]
    start = time.time()
    process = subprocess.run([str(word) for word in command] + shlex.split(options), capture_output=True, text=True)
    if process.returncode:
        sys.exit(f"{name}: {process.stderr.strip().splitlines()[-1]}")
    seconds = time.time() - start
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines_of(name, options, run, seconds))
    with arguments.results.open("a") as file:
        file.write(text)
    shutil.rmtree(run / "checkpoints", ignore_errors=True)
    shown = " ".join(f"{line['accuracy']:.4f}" for line in map(json.loads, text.splitlines()))
    print(f"{name}: {shown}  ({seconds:.0f} s)", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--farq", type=pathlib.Path, default=HERE.parents[1] / ".build/release/farq")
    parser.add_argument("--model", type=pathlib.Path, required=True)
    parser.add_argument("--train", type=pathlib.Path, required=True)
    parser.add_argument("--test", type=pathlib.Path, required=True)
    parser.add_argument("--work", type=pathlib.Path, required=True)
    parser.add_argument("--changes", action="store_true", help="runs the changed cells, into changes.jsonl")
    parser.add_argument("--results", type=pathlib.Path)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--common", default=COMMON, help="options of every model")
    parser.add_argument("--only", nargs="*", help="names of cells; all by default")
    parser.add_argument("--cell", nargs=2, action="append", default=[], metavar=("NAME", "OPTIONS"),
                        help="a further cell, instead of the grid")
    arguments = parser.parse_args()
    arguments.results = arguments.results or HERE / ("changes.jsonl" if arguments.changes else "results.jsonl")
    arguments.work.mkdir(parents=True, exist_ok=True)
    data = read_data(arguments)
    done = set()
    if arguments.results.exists():
        done = {json.loads(line)["cell"] for line in arguments.results.read_text().splitlines()}
    for name, options in arguments.cell or (changes() if arguments.changes else grid()):
        if name not in done and (not arguments.only or name in arguments.only):
            run_cell(arguments, name, options, data)


if __name__ == "__main__":
    main()
