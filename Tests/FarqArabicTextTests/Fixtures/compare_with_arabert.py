#!/usr/bin/env python3
"""Compares a command that preprocesses with the package arabert 1.0.1, text by text.

    python3 compare_with_arabert.py --command ./preprocess --texts SANAD_SUBSET.zip --family v2 [--segment]
    python3 compare_with_arabert.py --command ./preprocess --fuzz 20000 --seed 1

The command reads a line of JSON a text, {"text", "family", "options": {name: bool}, "segment": bool}, and answers
each with a line of JSON, the prepared text; with "segment" it cuts words as StubSegmenter in arabert_peer.py does.
"""
import argparse
import json
import random
import subprocess
import sys
import threading
import zipfile

from arabert_peer import OPTIONS, preprocessor

FRAGMENTS = [
    "http", "https://", "www", "www.", "://", ".com", ".co", "@", "a@b.c", "-", "_", "/", "<", ">", "<br />", "</b>",
    "&amp;", "&lt", "&#x41;", "&#1610;", "&notit;", "&", ";", "#", "[", "]", "رابط", "بريد", "مستخدم", "ـ", "َّ", "ٰ",
    "كتاب", "والمدرسة", "ك", "وا", "ال", "ههههه", "!!!", "…", "«", "»", "٣", "٤٥", "۶", "12", "7", "१", "٪", "٫", "ٱ",
    " ", "\n", "\t", "\u00a0", "\u200f", "\u2028", "\x1c", "é", "ﻻ", "پ", "😀", "👍🏽", "❤\ufe0f", "1\ufe0f\u20e3", "🇸🇦",
    "+", "++", "*", "\\", "'", '"', "x", "Abc", "com", "info", "abcdefg", ".", "..", ",", "؟", "،", "١/محرم/٢]", "12/مايو/2020]",
    "\x00", "\u0b4d", "【", "\U0001d400", "中",
]


def texts(path):
    if path.endswith(".zip"):
        with zipfile.ZipFile(path) as archive:
            for name in sorted(archive.namelist()):
                if name.endswith(".txt"):
                    yield archive.read(name).decode("utf-8")
    else:
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)["text"]


def jobs(arguments):
    if arguments.texts:
        for text in texts(arguments.texts):
            yield {"text": text, "family": arguments.family, "options": {}, "segment": arguments.segment}
    generator = random.Random(arguments.seed)
    families = ["v1", "v01", "v2", "v02", "v02-twitter", "araelectra", "aragpt2"]
    for _ in range(arguments.fuzz):
        parts = []
        for _ in range(generator.randint(1, 25)):
            draw = generator.random()
            if draw < 0.8:
                parts.append(generator.choice(FRAGMENTS))
            elif draw < 0.95:
                parts.append(chr(generator.choice([generator.randint(0, 0x7F), generator.randint(0x600, 0x6FF)])))
            else:
                code = generator.randint(0, 0x10FFFF)
                parts.append("" if 0xD800 <= code <= 0xDFFF else chr(code))
        family = generator.choice(families)
        options = {name: generator.random() < 0.5 for name in OPTIONS if generator.random() < 0.2}
        text = "".join(parts)
        # The package's second URL pattern backtracks without bound on these, see AddressPatterns.swift.
        if "@http" in text or "@ftp" in text:
            continue
        yield {"text": text, "family": family, "options": options,
               "segment": family in ("v1", "v2") and generator.random() < 0.5}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--command", required=True)
    parser.add_argument("--texts")
    parser.add_argument("--family", default="v2")
    parser.add_argument("--segment", action="store_true")
    parser.add_argument("--fuzz", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    process = subprocess.Popen([arguments.command], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    everything = list(jobs(arguments))

    def feed():
        for job in everything:
            process.stdin.write((json.dumps(job) + "\n").encode())
        process.stdin.close()

    threading.Thread(target=feed, daemon=True).start()
    equal, refused, different = 0, 0, []
    peers = {}
    for job in everything:
        answer = json.loads(process.stdout.readline())
        key = (job["family"], tuple(sorted(job["options"].items())), job["segment"])
        if key not in peers:
            peers[key] = preprocessor(*[job["family"], job["options"], job["segment"]])
        try:
            expected = peers[key].preprocess(job["text"])
        except IndexError:
            # The package fails on words that begin with "+ك+".
            refused += 1
            continue
        if answer == expected:
            equal += 1
        else:
            different.append((job, expected, answer))
    for job, expected, answer in different[:10]:
        print(json.dumps({"job": job, "expected": expected, "answer": answer}, ensure_ascii=False))
    print(f"{equal} of {len(everything) - refused} texts equal; arabert failed on {refused}")
    sys.exit(1 if different else 0)


if __name__ == "__main__":
    main()
