"""The peak memory of `farq tokenize` and `farq preprocess` on a stream of so many megabytes through standard input.

Usage: memory.py FARQ MODEL ARTICLES.jsonl [MEGABYTES]
MODEL is a folder with a tokenizer; the articles are repeated to MEGABYTES (1000).
"""

import os
import subprocess
import sys


def peak(command, lines, megabytes):
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    sent = 0
    while sent < megabytes * 1_000_000:
        process.stdin.write(lines)
        sent += len(lines)
    process.stdin.close()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{command} failed")
    return usage.ru_maxrss / 1000


def main():
    farq, model, path = sys.argv[1:4]
    megabytes = float(sys.argv[4]) if len(sys.argv) > 4 else 1000
    # Little of it: a child's highest memory begins with what its parent holds.
    with open(path, "rb") as file:
        lines = b"".join(file.readlines(4_000_000))
    lines = lines.rstrip(b"\n") + b"\n"
    for name, arguments in [("tokenize", ["--model", model, "--input", "-"]),
                            ("preprocess", ["--lines", "jsonl", "--input", "-", "--segmentation", "light"])]:
        small = peak([farq, name, *arguments], lines, megabytes / 50)
        large = peak([farq, name, *arguments], lines, megabytes)
        print(f"farq {name}: {small:.0f} MB of memory for {megabytes / 50:.0f} MB, {large:.0f} MB for {megabytes:.0f} MB", flush=True)


if __name__ == "__main__":
    main()
