"""`farq serve` beside FastAPI and transformers with the same model: wrk with 64 connections, one article a request.

    python server.py FARQ MODEL ARTICLES [--seconds 30] [--rounds 3] [--precision auto]

Both servers answer the same articles in the same order of connections; rounds alternate. The peer is measured with one and
with two threads an operator, and its better one counts. Prints a JSON object with all rounds. Needs wrk.
"""
import argparse
import json
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

SCRIPT = """
local bodies = {}
for line in io.lines(os.getenv("FARQ_BODIES")) do bodies[#bodies + 1] = line end
local thread = 0
function setup(t) t:set("place", thread * 37); thread = thread + 1 end
function request()
  place = place + 1
  return wrk.format("POST", "/v1/classify", {["Content-Type"] = "application/json"}, bodies[place % #bodies + 1])
end
local wrong = 0
function response(status) if status ~= 200 then wrong = wrong + 1 end end
function done(summary, latency)
  io.write(string.format("RESULT %d %d %d %d %d %f %f\\n", summary.requests, summary.duration, summary.errors.status,
    summary.errors.timeout, summary.errors.read, latency:percentile(50), latency:percentile(99)))
end
"""


def wait(port):
    for _ in range(600):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1).read()
            return
        except OSError:
            time.sleep(0.1)
    sys.exit("error: the server did not start")


def resident(process):
    text = pathlib.Path(f"/proc/{process.pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", text).group(1)) // 1024


def measure(command, port, bodies, script, seconds):
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait(port)
        for length in (3, seconds):  # the first is a warm-up
            out = subprocess.run(
                ["wrk", "-t", "1", "-c", "64", "-d", f"{length}s", "--timeout", "60s", "-s", script, f"http://127.0.0.1:{port}"],
                env={**os.environ, "FARQ_BODIES": bodies}, capture_output=True, text=True, check=True).stdout
        fields = re.search(r"RESULT (.*)", out).group(1).split()
        requests, micros, status, timeout, read = map(int, fields[:5])
        return {"requests_per_second": requests / micros * 1e6, "errors": status + timeout + read,
                "p50_ms": float(fields[5]) / 1000, "p99_ms": float(fields[6]) / 1000, "memory_mb": resident(process)}
    finally:
        process.terminate()
        process.wait()


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("farq")
    arguments.add_argument("model")
    arguments.add_argument("articles")
    arguments.add_argument("--seconds", type=int, default=30)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--precision", default="auto")
    arguments.add_argument("--articles-limit", type=int, default=500)
    given = arguments.parse_args()
    here = pathlib.Path(__file__).parent
    with tempfile.TemporaryDirectory() as folder:
        bodies = f"{folder}/bodies.jsonl"
        with open(bodies, "w") as out:
            for index, line in enumerate(open(given.articles)):
                if index == given.articles_limit:
                    break
                out.write(json.dumps({"texts": [json.loads(line)["text"]]}, ensure_ascii=False) + "\n")
        script = f"{folder}/wrk.lua"
        pathlib.Path(script).write_text(SCRIPT)
        servers = {
            "farq": lambda port: [given.farq, "serve", "--model", given.model, "--port", str(port), "--precision", given.precision, "--log-level", "warning"],
            "fastapi, 1 thread": lambda port: [sys.executable, str(here / "server_peer.py"), given.model, str(port), "1"],
            "fastapi, 2 threads": lambda port: [sys.executable, str(here / "server_peer.py"), given.model, str(port), "2"],
        }
        rounds = {name: [] for name in servers}
        port = 18100
        for number in range(given.rounds):
            for name, command in servers.items():
                port += 1
                rounds[name].append(measure(command(port), port, bodies, script, given.seconds))
                print(f"round {number + 1}, {name}: {rounds[name][-1]}", file=sys.stderr)
    middle = {name: {key: statistics.median(one[key] for one in list) for key in list[0]} for name, list in rounds.items()}
    best = max((name for name in servers if name != "farq"), key=lambda name: middle[name]["requests_per_second"])
    print(json.dumps({"rounds": rounds, "median": middle, "peer": best,
                      "ratio": middle["farq"]["requests_per_second"] / middle[best]["requests_per_second"]}, indent=1))


main()
