"""Compares Farq's ids with the peers' on random texts: every script, controls, unpaired marks, very long words.

    python3 fuzz_tokenizer.py --seed 1 --texts 20000 --command "farq tokenize --model {folder} --input {input} --max-length 1000000"

Peers: tokenizers 0.22.2, transformers 4.57.6 (the slow BertTokenizer, for checkpoints with never_split). Each round takes
another mixture of the normaliser's switches; the first text with other ids is printed and the exit code is 1.
"""
import argparse
import itertools
import json
import pathlib
import random
import shlex
import subprocess
import sys
import tempfile
import unicodedata

import transformers
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

BLOCKS = [(0, 0x7F), (0x80, 0x24F), (0x300, 0x36F), (0x370, 0x52F), (0x590, 0x5FF), (0x600, 0x6FF), (0x621, 0x64A), (0x64B, 0x65F),
          (0x900, 0xDFF), (0xE00, 0xFFF), (0x1100, 0x11FF), (0x1E00, 0x1FFF), (0x2000, 0x206F), (0x20D0, 0x20FF), (0x3040, 0x30FF),
          (0x302A, 0x302F), (0x4E00, 0x4EFF), (0xAC00, 0xD7A3), (0xF900, 0xFAFF), (0xFB50, 0xFDFF), (0xFE00, 0xFEFF), (0xFFF0, 0xFFFF),
          (0x11300, 0x114FF), (0x1D150, 0x1D1FF), (0x1E900, 0x1E95F), (0x1F300, 0x1F6FF), (0x2B700, 0x2BA00), (0x2F800, 0x2FA1F),
          (0xE0000, 0xE01EF), (0, 0x10FFFF)]
MARKS = [chr(s) for s in range(0x110000) if unicodedata.combining(chr(s))]
PIECES = [" ", "  ", "\t", "\n", "\r\n", "\u00a0", "\u2028", "\u200f", "\u061c", "\x00", "\x85", "\ufffd", "\u200d", "\ufeff", "[CLS]", "[SEP]",
          "[MASK]", "[PAD]", "[UNK]", "[mask]", "[CLS", "[[SEP]]", "##a", "##", "İ", "Σ", "ς"]
NEVER_SPLIT = "ال+ ب+ و+ لل+ +ا +ات +ة +ها +ين [بريد] [رابط] [مستخدم] foo É x+Y".split()


def scalars(generator, count):
    low, high = generator.choice(BLOCKS)
    drawn = (generator.randint(low, high) for _ in range(count))
    return "".join(chr(s) for s in drawn if not 0xD800 <= s < 0xE000)


def text(generator):
    parts = []
    for _ in range(generator.randint(0, 30)):
        kind = generator.random()
        if kind < 0.15:
            parts.append(generator.choice(PIECES))
        elif kind < 0.2:
            parts.append("".join(generator.choice(MARKS) for _ in range(generator.randint(1, 5))))
        elif kind < 0.21:
            parts.append(generator.choice(["x", "ب", "é", "e\u0301"]) * generator.randint(48, 105))
        elif kind < 0.26:
            parts.append(" " + generator.choice(NEVER_SPLIT) + generator.choice(["", " ", ".", "\u200d", "\u0301", "x"]))
        else:
            parts.append(scalars(generator, generator.randint(1, 8)))
    return "".join(parts)


def vocabulary(generator):
    letters = [chr(s) for s in itertools.chain(
        range(0x21, 0x3100), range(0xA640, 0xA7FF), range(0xFB00, 0xFEFF), range(0x1D100, 0x1D200), range(0x4E00, 0x4F00),
        range(0xAC00, 0xAD00), range(0x1E900, 0x1E950), range(0x11300, 0x11500)) if not chr(s).isspace()]
    tokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *("##" + c for c in letters), *NEVER_SPLIT[:-2]]
    for _ in range(20000):
        first = generator.randrange(0x700)
        word = letters[first] + "".join(
            generator.choice(letters[max(0, first - 60):first + 60]) for _ in range(generator.randint(1, 3)))
        tokens += [word, "##" + word]
    return list(dict.fromkeys(tokens))


def fast(folder, tokens, generator):
    tokenizer = Tokenizer(models.WordPiece({t: i for i, t in enumerate(tokens)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(
        clean_text=generator.random() < 0.7, handle_chinese_chars=generator.random() < 0.7,
        strip_accents=generator.choice([None, True, False]), lowercase=generator.random() < 0.5)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.add_special_tokens(["[UNK]", "[SEP]", "[PAD]", "[CLS]", "[MASK]"])
    tokenizer.post_processor = processors.TemplateProcessing(single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)])
    tokenizer.save(str(folder / "tokenizer.json"))
    return lambda texts: [encoding.ids for encoding in tokenizer.encode_batch(texts)]


def slow(folder, tokens, generator):
    options = {"do_lower_case": generator.random() < 0.5, "strip_accents": generator.choice([None, True, False]),
               "tokenize_chinese_chars": generator.random() < 0.7, "never_split": NEVER_SPLIT}
    # Line ends of every kind would cut tokens of the file: none of them is in the vocabulary.
    (folder / "vocab.txt").write_text("\n".join(tokens) + "\n", encoding="utf-8", newline="")
    (folder / "tokenizer_config.json").write_text(json.dumps({**options, "tokenizer_class": "BertTokenizer"}), encoding="utf-8")
    tokenizer = transformers.BertTokenizer(folder / "vocab.txt", **options)
    return lambda texts: [tokenizer.encode(text) for text in texts]


def check(arguments, round_number, generator):
    make = slow if round_number % 4 == 3 else fast
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        peer = make(folder, vocabulary(generator), generator)
        texts = [text(generator) for _ in range(1000)]
        lines = (json.dumps({"text": t}, ensure_ascii=generator.random() < 0.5) for t in texts)
        (folder / "texts.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="")
        command = [part.format(folder=folder, input=folder / "texts.jsonl") for part in shlex.split(arguments.command)]
        run = subprocess.run(command, capture_output=True, check=True)
        ours = [json.loads(line)["input_ids"] for line in run.stdout.splitlines()]
        theirs = peer(texts)
        if len(ours) != len(texts):
            sys.exit(f"round {round_number}: {len(ours)} lines for {len(texts)} texts")
        for t, a, b in zip(texts, ours, theirs):
            if a != b:
                sys.exit(f"round {round_number} ({make.__name__}): {t!a}\nFarq {a}\npeer {b}")
    return sum(map(len, ours))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--texts", type=int, default=20000)
    parser.add_argument("--command", default="farq tokenize --model {folder} --input {input} --max-length 1000000")
    arguments = parser.parse_args()
    transformers.logging.set_verbosity_error()
    generator = random.Random(arguments.seed)
    ids = sum(check(arguments, number, generator) for number in range(max(1, arguments.texts // 1000)))
    print(f"{arguments.texts} texts, {ids} ids, all equal")


if __name__ == "__main__":
    main()
