#!/usr/bin/env python3
"""Compares `farq preprocess` with the package arabert 1.0.1, text by text.

    python3 compare_with_arabert.py --farq .build/release/farq --texts SANAD_SUBSET.zip --family v2 [--stub stub.jar]
    python3 compare_with_arabert.py --farq .build/release/farq --fuzz 20000 --seed 1

With --stub both segment: arabert by StubSegmenter of arabert_peer.py, Farq by the jar made of farasa/Stub.java
(`javac -d . Stub.java && jar --create --file stub.jar --main-class Stub Stub.class`).
"""
import argparse
import itertools
import json
import os
import random
import subprocess
import sys
import tempfile
import zipfile

from arabert_peer import MODELS, OPTIONS, preprocessor

FRAGMENTS = [
    "http", "https://", "www", "www.", "://", ".com", ".co", "@", "a@b.c", "-", "_", "/", "<", ">", "<br />", "</b>",
    "&amp;", "&lt", "&#x41;", "&#1610;", "&notit;", "&", ";", "#", "[", "]", "رابط", "بريد", "مستخدم", "ـ", "َّ", "ٰ",
    "كتاب", "والمدرسة", "ك", "وا", "ال", "ههههه", "!!!", "…", "«", "»", "٣", "٤٥", "۶", "12", "7", "१", "٪", "٫", "ٱ",
    " ", "\n", "\t", "\u00a0", "\u200f", "\u2028", "\x1c", "é", "ﻻ", "پ", "😀", "👍🏽", "❤\ufe0f", "1\ufe0f\u20e3", "🇸🇦",
    "+", "++", "*", "\\", "'", '"', "x", "Abc", "com", "info", "abcdefg", ".", "..", ",", "؟", "،", "١/محرم/٢]", "12/مايو/2020]",
    "\x00", "\u0b4d", "【", "\U0001d400", "中",
]
FIRST = ["replace_urls_emails_mentions", "strip_tashkeel", "insert_white_spaces", "remove_non_digit_repetition", "keep_emojis"]


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


def random_text(generator):
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
    return "".join(parts)


def farq(arguments, family, options, batch):
    """What Farq makes of the texts, each a line of JSON in and out."""
    command = [arguments.farq, "preprocess", "--preprocess", f"arabert-{family}"]
    for word, on in (("--preprocess-skip", False), ("--preprocess-add", True)):
        names = ",".join(name for name, value in options.items() if value == on)
        command += [word, names] if names else []
    if arguments.stub and family in ("v1", "v2"):
        command += ["--segmentation", "farasa", "--farasa-jar", arguments.stub]
    with tempfile.TemporaryDirectory() as folder:
        source = os.path.join(folder, "texts.jsonl")
        with open(source, "w", encoding="utf-8", newline="") as file:
            file.writelines(json.dumps({"text": text}) + "\n" for text in batch)
        output = subprocess.run([*command, "--input", source], check=True, capture_output=True).stdout
    return [json.loads(line)["text"] for line in output.splitlines()]


def check(arguments, family, options, batch):
    """Counts of equal texts and of those on which the package fails; the first that differs ends the comparison."""
    peer = preprocessor(family, options, bool(arguments.stub) and family in ("v1", "v2"))
    own = farq(arguments, family, options, batch)
    if len(own) != len(batch):
        sys.exit(f"{len(own)} lines for {len(batch)} texts")
    equal = refused = 0
    for text, answer in zip(batch, own):
        try:
            expected = peer.preprocess(text)
        except IndexError:  # The package fails on words that begin with "+ك+".
            refused += 1
            continue
        if answer != expected:
            sys.exit(json.dumps({"family": family, "options": options, "text": text, "expected": expected, "farq": answer}))
        equal += 1
    return equal, refused


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--farq", required=True)
    parser.add_argument("--texts")
    parser.add_argument("--family", default="v2")
    parser.add_argument("--stub")
    parser.add_argument("--fuzz", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    equal = refused = 0
    if arguments.texts:
        everything = texts(arguments.texts)
        while batch := list(itertools.islice(everything, 2000)):
            found = check(arguments, arguments.family, {}, batch)
            equal, refused = equal + found[0], refused + found[1]
    generator = random.Random(arguments.seed)
    for _ in range(0, arguments.fuzz, 500):
        family = generator.choice(list(MODELS))
        known = FIRST if family in ("v1", "v01") else OPTIONS
        options = {name: generator.random() < 0.5 for name in known if generator.random() < 0.2}
        batch = [random_text(generator) for _ in range(500)]
        # The package's second URL pattern backtracks without bound on these, see AddressPatterns.swift.
        found = check(arguments, family, options, [t for t in batch if "@http" not in t and "@ftp" not in t])
        equal, refused = equal + found[0], refused + found[1]
    print(f"{equal} texts equal; arabert failed on {refused}")


if __name__ == "__main__":
    main()
