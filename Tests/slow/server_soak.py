"""Minutes of load and abuse against `farq serve`: no wrong answer, no growth of memory, and it still drains at the end.

    python server_soak.py FARQ MODEL ARTICLES [--minutes 30]

Good callers send articles, one or several, over connections that stay open or do not, and compare every answer with what
`farq classify` says. Others send half requests, resets, bodies drop by drop, bodies without end, noise, too much, wrong JSON.
Resident memory is read every ten seconds; growth is the median of the last tenth against that of the second tenth.
"""
import argparse
import http.client
import json
import pathlib
import random
import re
import signal
import socket
import statistics
import struct
import subprocess
import sys
import threading
import time

HEAD = "POST /v1/classify HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"


class Soak:
    def __init__(self, port, articles, expected, end):
        self.port, self.articles, self.expected, self.end = port, articles, expected, end
        self.lock = threading.Lock()
        self.counts, self.wrong = {}, []

    def count(self, what):
        with self.lock:
            self.counts[what] = self.counts.get(what, 0) + 1

    def note(self, what):
        with self.lock:
            self.wrong.append(what)

    def caller(self, seed):
        draw = random.Random(seed)
        connection = None
        while time.time() < self.end:
            chosen = [draw.randrange(len(self.articles)) for _ in range(draw.choice([1, 1, 1, 2, 5]))]
            try:
                connection = connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
                body = json.dumps({"texts": [self.articles[i] for i in chosen]}).encode()
                connection.request("POST", "/v1/classify", body, {"Content-Type": "application/json"})
                response = connection.getresponse()
                answer = json.loads(response.read())
                if response.status in (429, 503):
                    self.count(str(response.status))
                    time.sleep(0.2)
                    continue
                if response.status != 200:
                    self.note(f"{response.status}: {answer}")
                    continue
                for index, result in zip(chosen, answer["results"], strict=True):
                    right = self.expected[index]
                    far = max(abs(result["probabilities"][k] - right["probabilities"][k]) for k in right["probabilities"])
                    if far > 1e-4:
                        self.note(f"article {index}: {far} away")
                self.count("answers")
            except (OSError, http.client.HTTPException) as error:
                self.note(f"a good caller's connection failed: {error!r}")
                connection = None
            if draw.random() < 0.2 and connection:
                connection.close()
                connection = None

    def abuser(self, seed):
        draw = random.Random(seed)
        kinds = [self.half, self.reset, self.drops, self.endless, self.noise, self.large, self.bad, self.silent]
        while time.time() < self.end:
            kind = draw.choice(kinds)
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=10) as s:
                    kind(s, draw)
            except OSError:
                pass  # the server may end such connections at any time
            self.count(kind.__name__)
            time.sleep(draw.random() * 0.1)

    def half(self, s, draw):
        s.sendall((HEAD + "Content-Length: 500\r\n\r\n{\"texts\":").encode())
        time.sleep(draw.random())

    def reset(self, s, draw):
        s.sendall((HEAD + "Content-Length: 5\r\n\r\n{").encode())
        s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    def drops(self, s, draw):
        s.sendall((HEAD + "Content-Length: 500\r\n\r\n").encode())
        while time.time() < self.end:
            s.sendall(b"a")
            time.sleep(0.2)

    def endless(self, s, draw):
        s.sendall((HEAD + "Transfer-Encoding: chunked\r\n\r\n").encode())
        piece = b"4000\r\n" + b"a" * 0x4000 + b"\r\n"
        for _ in range(10_000):
            s.sendall(piece)

    def noise(self, s, draw):
        s.sendall(draw.randbytes(draw.randrange(1, 2000)))
        s.recv(1000)

    def large(self, s, draw):
        s.sendall((HEAD + "Content-Length: 900000000\r\n\r\n" + "a" * 100000).encode())
        s.recv(1000)

    def bad(self, s, draw):
        body = draw.choice(["{", "[]", "{\"texts\": 5}", "{\"texts\": [\"\\ud800\"]}", "\x00" * 50, "[" * 5000])
        s.sendall((HEAD + f"Content-Length: {len(body)}\r\n\r\n{body}").encode())
        if not s.recv(1000).startswith(b"HTTP/1.1 4"):
            self.note(f"{body[:30]!r} was not refused")

    def silent(self, s, draw):
        s.sendall(b"POST /v1/cla")
        time.sleep(draw.random() * 3)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("farq")
    arguments.add_argument("model")
    arguments.add_argument("articles")
    arguments.add_argument("--minutes", type=float, default=30)
    given = arguments.parse_args()
    articles = [json.loads(line)["text"] for line in open(given.articles)][:300]
    run = subprocess.run(
        [given.farq, "classify", "--model", given.model, "--input", "-", "--format", "jsonl", "--precision", "fp32"],
        input="".join(json.dumps({"text": text}) + "\n" for text in articles), capture_output=True, text=True, check=True)
    expected = [json.loads(line) for line in run.stdout.splitlines()]
    server = subprocess.Popen(
        [given.farq, "serve", "--model", given.model, "--port", "0", "--timeout", "5", "--max-body", "100000",
         "--precision", "fp32", "--log-level", "error"], stderr=subprocess.PIPE, text=True)
    port = int(re.search(r":(\d+)/", server.stderr.readline()).group(1))
    threading.Thread(target=lambda: [print(line, end="", file=sys.stderr) for line in server.stderr], daemon=True).start()
    soak = Soak(port, articles, expected, time.time() + given.minutes * 60)
    threads = [threading.Thread(target=soak.caller, args=(seed,)) for seed in range(8)]
    threads += [threading.Thread(target=soak.abuser, args=(seed,)) for seed in range(12)]
    for thread in threads:
        thread.start()
    memory = []
    while time.time() < soak.end and server.poll() is None:
        time.sleep(min(10, given.minutes * 2))
        memory.append(int(re.search(r"VmRSS:\s+(\d+)", pathlib.Path(f"/proc/{server.pid}/status").read_text()).group(1)) / 1024)
    for thread in threads:
        thread.join()
    files = len(list(pathlib.Path(f"/proc/{server.pid}/fd").iterdir()))
    server.send_signal(signal.SIGTERM)
    status = server.wait(60)
    tenth = max(1, len(memory) // 10)
    early, late = statistics.median(memory[tenth:2 * tenth] or memory), statistics.median(memory[-tenth:])
    result = {"minutes": given.minutes, "counts": soak.counts, "wrong": len(soak.wrong), "examples": soak.wrong[:5],
              "memory_mb": {"early": early, "late": late, "most": max(memory)}, "open_files": files, "exit": status}
    print(json.dumps(result, indent=1))
    if soak.wrong or status != 0 or late > early * 1.05 + 8 or soak.counts.get("answers", 0) == 0:
        sys.exit("error: the server did not hold")


main()
