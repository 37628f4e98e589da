"""What scripts/gpu-check.sh runs: gpu_check.py FARQ OUTPUT.json [--seconds 570]

Each part runs in a process of its own and is left out, by name, where the time is over or it fails; the file is written
after each part, so that what was measured is kept. Speeds are compared on the same card in the same run, in turn.
"""

import argparse
import importlib.util
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).parent
# Lengths of 64 SANAD articles, cut at 512.
LENGTHS = HERE / "lengths.txt"


def devices():
    """The card's name, memory and driver; None without one."""
    try:
        answer = subprocess.run(
            ["nvidia-smi", "--query-gpu=name,memory.total,driver_version", "--format=csv,noheader"],
            capture_output=True, text=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return answer.stdout.strip() or None if answer.returncode == 0 else None


class Check:
    def __init__(self, farq, output, seconds):
        self.farq, self.output = farq, output
        self.end = time.monotonic() + seconds
        self.result = {"parts": {}, "left_out": {}}

    def write(self):
        part = self.output.with_suffix(".part")
        part.write_text(json.dumps(self.result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        os.replace(part, self.output)

    def run(self, name, command, limit, reads_json=True, keeps_failure=False):
        """The answer of `command`; None where it was left out, with the reason among `left_out`."""
        left = self.end - time.monotonic()
        if left < 5:
            self.result["left_out"][name] = "the time was over"
            return None
        print(f"… {name}", file=sys.stderr, flush=True)
        start = time.monotonic()
        try:
            done = subprocess.run([str(word) for word in command], capture_output=True, text=True, timeout=min(limit, left))
        except subprocess.TimeoutExpired:
            self.result["left_out"][name] = f"it took more than {min(limit, left):.0f} s"
            return None
        if done.returncode != 0 and not (keeps_failure and done.stdout.strip()):
            self.result["left_out"][name] = (done.stderr.strip().splitlines() or ["no message"])[-1]
            return None
        answer = json.loads(done.stdout.strip().splitlines()[-1] if reads_json == "line" else done.stdout) if reads_json else {}
        if isinstance(answer, dict):
            answer["process_seconds"] = round(time.monotonic() - start, 2)
        return answer

    def keep(self, name, answer):
        if answer is not None:
            self.result["parts"][name] = answer
        self.write()

    def parity(self, device):
        answer = self.run("parity", [self.farq, "check-device", "--device", device, "--format", "json"], 120,
                          keeps_failure=True)
        self.keep("parity", answer)
        return answer is not None and answer["passed"]

    def sample(self, device):
        with tempfile.TemporaryDirectory() as folder:
            command = [self.farq, "compare", "--output", f"{folder}/run", "--device", device, "--no-linear"]
            answer = self.run("compare on the sample", command, 180 if device == "cuda" else 480, reads_json=False)
            if answer is not None:
                report = json.loads(pathlib.Path(folder, "run", "report.json").read_text("utf-8"))
                answer["accuracy"] = {model["name"]: model["metrics"]["accuracy"] for model in report["models"]}
            self.keep("compare", answer)

    def bench(self, name, words, limit=60):
        return self.run(name, [self.farq, "bench", "--format", "jsonl", *words], limit, reads_json="line")

    def peer(self, name, words, limit=90):
        return self.run(name, [sys.executable, HERE / "peer.py", "train", *words], limit, reads_json="line")

    def training(self, device, batch, layers, has_peer):
        words = ["--device", device, "--lengths", f"512x{batch * 8}", "--batch-size", batch, "--layers", layers]
        sides = {"farq": self.bench(f"training {batch} x 512", [*words, "--precision", "bf16"])}
        for attention in ("diff", "diff-v2", "dex"):
            sides[f"farq {attention} 50 %"] = self.bench(
                f"training {batch} x 512, {attention}", [*words, "--precision", "bf16", "--attention", attention])
        if has_peer:
            sides["transformers"] = self.peer(f"transformers {batch} x 512", words)
            sides["transformers compiled"] = self.peer(f"transformers compiled {batch} x 512", [*words, "--compile"], 150)
        answer = {name: {"seconds": round(statistics.median(side["seconds"]), 5), "memory_bytes": side["peak_memory_bytes"]}
                  for name, side in sides.items() if side}
        own = answer.get("farq", {}).get("seconds")
        if own:
            for side in answer.values():
                side["times_farq"] = round(side["seconds"] / own, 3)
        self.keep(f"training {batch} x 512", answer)

    def classification(self, device, layers, has_peer):
        lengths = LENGTHS.read_text().strip() if LENGTHS.exists() else "512x16,300x16,150x16,60x16"
        words = ["--device", device, "--layers", layers, "--lengths", ",".join([lengths] * 8)]
        answer = {"farq": self.bench("classification", [*words, "--task", "prediction", "--precision", "bf16"])}
        if has_peer:
            answer["transformers"] = self.run(
                "transformers, classification", [sys.executable, HERE / "peer.py", "predict", *words], 120, reads_json="line")
        answer = {name: side for name, side in answer.items() if side}
        if len(answer) == 2:
            answer["ratio"] = round(sum(answer["transformers"]["seconds"]) / sum(answer["farq"]["seconds"]), 3)
        self.keep("classification", answer)

    def profile(self, layers):
        """The share of each kernel in a few updates, where NVIDIA's profiler is there."""
        with tempfile.TemporaryDirectory() as folder:
            base = f"{folder}/profile"
            command = ["nsys", "profile", "-o", base, "--force-overwrite", "true", self.farq, "bench", "--device", "cuda",
                       "--lengths", "512x32", "--layers", layers, "--precision", "bf16", "--attention", "diff"]
            try:
                subprocess.run(["nsys", "--version"], capture_output=True, check=True)
            except (OSError, subprocess.CalledProcessError):
                self.result["left_out"]["profile"] = "nsys is not installed"
                return self.write()
            if self.run("profile", command, 90, reads_json=False) is not None:
                table = subprocess.run(["nsys", "stats", "--report", "cuda_gpu_kern_sum", "--format", "csv", f"{base}.nsys-rep"],
                                       capture_output=True, text=True).stdout
                self.keep("profile", {"kernels": table.splitlines()[:16]})


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("farq")
    parser.add_argument("output", type=pathlib.Path)
    parser.add_argument("--seconds", type=float, default=570)
    parser.add_argument("--layers", type=int, default=12)
    options = parser.parse_args()
    check = Check(options.farq, options.output, options.seconds)
    card = devices()
    has_peer = all(importlib.util.find_spec(name) for name in ("torch", "transformers"))
    check.result |= {"gpu": card, "farq": subprocess.run([options.farq, "--version"], capture_output=True, text=True).stdout.strip(),
                     "date": time.strftime("%Y-%m-%d")}
    if not has_peer:
        check.result["left_out"]["transformers"] = f"{sys.executable} has no transformers; set PYTHON"
    device = "cuda" if card else "cpu"
    if not card:
        print("no GPU here: the operators are checked on the processor, and nothing is measured", file=sys.stderr)
    passed = check.parity(device)
    check.sample(device)
    if card:
        for batch in (8, 32):
            check.training(device, batch, options.layers, has_peer)
        check.classification(device, options.layers, has_peer)
        check.profile(options.layers)
    check.write()
    print(f"{options.output}: {'parity holds' if passed else 'PARITY FAILED'}"
          + (f"; left out: {', '.join(check.result['left_out'])}" if check.result["left_out"] else ""))
    sys.exit(0 if passed else 70)


if __name__ == "__main__":
    main()
