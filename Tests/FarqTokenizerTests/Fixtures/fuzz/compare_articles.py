#!/usr/bin/env python3
"""Compares `farq tokenize` with the `tokenizers` library 0.22.2 on every article of a zip or of JSON lines.

    python3 compare_articles.py --farq .build/release/farq --texts SANAD_SUBSET.zip [--vocabulary 64000]

The vocabulary is learnt from every tenth article.
"""
import argparse
import itertools
import json
import pathlib
import subprocess
import sys
import tempfile
import zipfile

from tokenizers import BertWordPieceTokenizer


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


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--farq", required=True)
    parser.add_argument("--texts", required=True)
    parser.add_argument("--vocabulary", type=int, default=64_000)
    arguments = parser.parse_args()
    peer = BertWordPieceTokenizer(lowercase=False, strip_accents=False)
    peer.train_from_iterator(itertools.islice(texts(arguments.texts), 0, None, 10), vocab_size=arguments.vocabulary, show_progress=False)
    everything = texts(arguments.texts)
    count = ids = 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        peer.save(str(folder / "tokenizer.json"))
        source = folder / "texts.jsonl"
        command = [arguments.farq, "tokenize", "--model", folder, "--input", source, "--max-length", "1000000"]
        while batch := list(itertools.islice(everything, 2000)):
            source.write_text("".join(json.dumps({"text": t}, ensure_ascii=False) + "\n" for t in batch), encoding="utf-8", newline="")
            output = subprocess.run(command, capture_output=True, check=True).stdout.splitlines()
            theirs = [encoding.ids for encoding in peer.encode_batch(batch)]
            # BertWordPieceTokenizer adds [CLS] and [SEP] where the vocabulary was loaded, not where it was learnt.
            special = [] if theirs[0][:1] == json.loads(output[0])["input_ids"][:1] else [0]
            for text, line, expected in zip(batch, output, theirs, strict=True):
                own = json.loads(line)["input_ids"]
                if (own[1:-1] if special else own) != expected:
                    sys.exit(f"ids differ on article {count}: {text[:200]!r}")
                count += 1
                ids += len(expected)
    print(f"{count} articles, {ids} ids, all equal")


if __name__ == "__main__":
    main()
