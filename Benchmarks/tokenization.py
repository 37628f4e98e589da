"""Tokenization: the whole process of `farq tokenize` against transformers' fast tokenizer (Rust, batches).

Usage: tokenization.py FARQ ARTICLES.jsonl
Learns a vocabulary from the articles, repeats them to about 20 MB of text, then times both in turn, five times each.
"""

import json
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

from tokenizers import BertWordPieceTokenizer
from transformers import BertTokenizerFast


def main():
    farq, articles = sys.argv[1:3]
    texts = [json.loads(line)["text"] for line in open(articles, encoding="utf-8") if line.strip()]
    size = sum(len(text.encode()) for text in texts)
    texts *= max(1, 20_000_000 // size)
    megabytes = sum(len(text.encode()) for text in texts) / 1e6
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        trainer = BertWordPieceTokenizer(lowercase=False, strip_accents=False)
        trainer.train_from_iterator(texts[: len(set(texts))], vocab_size=64_000, show_progress=False)
        tokenizer = BertTokenizerFast(tokenizer_object=trainer._tokenizer, do_lower_case=False, strip_accents=False)
        tokenizer.save_pretrained(folder)
        source = folder / "articles.jsonl"
        source.write_text("".join(json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in texts), "utf-8")
        ratios = []
        for _ in range(5):
            own, ids = timed_farq(farq, folder, source)
            peer, expected = timed_peer(tokenizer, source)
            assert ids == expected, "the ids differ"
            ratios.append(peer / own)
            print(f"farq {megabytes / own:6.1f} MB/s   transformers {megabytes / peer:6.1f} MB/s   ratio {peer / own:5.1f}")
    print(f"tokenize: ratio median {statistics.median(ratios):.1f} (min {min(ratios):.1f}, max {max(ratios):.1f})")


def timed_farq(farq, folder, source):
    start = time.perf_counter()
    output = subprocess.run(
        [farq, "tokenize", "--model", folder, "--input", source, "--max-length", "512"],
        check=True, capture_output=True).stdout
    seconds = time.perf_counter() - start
    return seconds, [json.loads(line)["input_ids"] for line in output.splitlines()]


def timed_peer(tokenizer, source):
    start = time.perf_counter()
    lines, ids = [], []
    texts = [json.loads(line)["text"] for line in open(source, encoding="utf-8")]
    for index in range(0, len(texts), 1000):
        batch = tokenizer(texts[index : index + 1000], truncation=True, max_length=512)["input_ids"]
        ids += batch
        lines += [json.dumps({"input_ids": row, "attention_mask": [1] * len(row)}) for row in batch]
    (source.parent / "peer.jsonl").write_text("\n".join(lines), "utf-8")
    return time.perf_counter() - start, ids


if __name__ == "__main__":
    main()
