"""Text in one run: Farq against `tokenizers` and transformers' fast tokenizer (Rust, batches), and against the package
arabert. Whole processes of `farq`, reading and writing included, and text alone in memory.

Usage: text.py FARQ ARTICLES [MEGABYTES]
ARTICLES is SANAD's zip or JSON lines with `text`; so many megabytes of it (100) are taken, its articles again and again
where it has fewer. Learns a vocabulary of 64,000 from a fifth of them, then times each pair in turn, three times; medians of
ratios. The peers are timed without their start, Farq with its own. Ids and prepared texts have to be equal.
"""

import json
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile

from tokenizers import BertWordPieceTokenizer, Tokenizer
from tokenizers.processors import BertProcessing
from transformers import BertTokenizerFast

ROUNDS = 3


def articles(path):
    if path.endswith(".zip"):
        with zipfile.ZipFile(path) as archive:
            for name in sorted(archive.namelist(), key=lambda n: n.rsplit("/", 1)[-1]):
                if name.endswith(".txt"):
                    yield archive.read(name).decode("utf-8")
    else:
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                if line.strip():
                    yield json.loads(line)["text"]


def taken(path, megabytes):
    texts, size = [], 0
    while size < megabytes * 1e6:
        for text in articles(path):
            texts.append(text)
            size += len(text.encode())
            if size >= megabytes * 1e6:
                break
    return texts, size / 1e6


def seconds(work):
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def compare(name, megabytes, own, peer, same):
    ratios, rates = [], []
    for _ in range(ROUNDS):
        a, mine = seconds(own)
        b, theirs = seconds(peer)
        if not same(mine, theirs):
            sys.exit(f"{name}: the results differ")
        ratios.append(b / a)
        rates.append((megabytes / a, megabytes / b))
    row = [statistics.median(column) for column in zip(*rates)]
    print(f"| {name} | {row[0]:.1f} | {row[1]:.2f} | {statistics.median(ratios):.1f} ({min(ratios):.1f} to {max(ratios):.1f}) |", flush=True)


def memory(farq, *arguments):
    rates = json.loads(subprocess.run([farq, "bench-text", *arguments, "--format", "json"], check=True, capture_output=True).stdout)
    return statistics.median(rates["megabytesPerSecond"])


def tokenization(farq, folder, source, texts, megabytes):
    trainer = BertWordPieceTokenizer(lowercase=False, strip_accents=False)
    trainer.train_from_iterator(texts[::5], vocab_size=64_000, show_progress=False)
    ids = {token: trainer.token_to_id(token) for token in ("[CLS]", "[SEP]")}
    trainer._tokenizer.post_processor = BertProcessing(("[SEP]", ids["[SEP]"]), ("[CLS]", ids["[CLS]"]))
    fast = BertTokenizerFast(tokenizer_object=trainer._tokenizer, do_lower_case=False, strip_accents=False)
    fast.save_pretrained(folder)
    bare = Tokenizer.from_file(str(folder / "tokenizer.json"))
    bare.enable_truncation(512)
    command = [farq, "tokenize", "--model", folder, "--input", source, "--max-length", "512"]

    def own():
        return subprocess.run(command, check=True, capture_output=True).stdout

    def rows(encode):
        with open(source, encoding="utf-8") as lines:
            read = [json.loads(line)["text"] for line in lines]
        ids = [row for index in range(0, len(read), 1000) for row in encode(read[index : index + 1000])]
        lines = (json.dumps({"input_ids": row, "attention_mask": [1] * len(row)}) for row in ids)
        (folder / "peer.jsonl").write_text("\n".join(lines), "utf-8")
        return ids

    def same(output, ids):
        return [json.loads(line)["input_ids"] for line in output.splitlines()] == ids

    compare("`farq tokenize`, transformers' fast tokenizer", megabytes, own,
            lambda: rows(lambda batch: fast(batch, truncation=True, max_length=512)["input_ids"]), same)
    compare("`farq tokenize`, `tokenizers`", megabytes, own,
            lambda: rows(lambda batch: [encoding.ids for encoding in bare.encode_batch(batch)]), same)
    print(f"\nIn memory, all tokens: {memory(farq, '--model', folder, '--input', source):.1f} MB/s\n")


def preprocessing(farq, folder, texts, megabytes):
    from arabert.preprocess import ArabertPreprocessor

    # A fifth of the texts, the same for both: arabert is slow. It never ends on "@http…".
    part = [re.sub(r"@(?=http|ftp)", "@ ", text) for text in texts[: max(1, len(texts) // 5)]]
    size = sum(len(text.encode()) for text in part) / 1e6
    source = folder / "part.jsonl"
    source.write_text("".join(json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in part), "utf-8")
    peer = ArabertPreprocessor("bert-base-arabertv02")
    command = [farq, "preprocess", "--preprocess", "arabert-v02", "--input", source]
    compare("`farq preprocess`, arabert", size, lambda: subprocess.run(command, check=True, capture_output=True).stdout,
            lambda: [peer.preprocess(text) for text in part],
            lambda output, prepared: [json.loads(line)["text"] for line in output.splitlines()] == prepared)
    whole = folder / "articles.jsonl"
    print(f"\nIn memory: {memory(farq, '--task', 'preprocess', '--input', whole):.1f} MB/s, with light segmentation "
          f"{memory(farq, '--task', 'preprocess', '--input', whole, '--segmentation', 'light'):.1f} MB/s")


def main():
    farq, path = sys.argv[1:3]
    texts, megabytes = taken(path, float(sys.argv[3]) if len(sys.argv) > 3 else 100)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        source = folder / "articles.jsonl"
        source.write_text("".join(json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in texts), "utf-8")
        print(f"{len(texts)} articles, {megabytes:.1f} MB of text\n")
        print("| work, peer | Farq MB/s | peer MB/s | ratio, median (least to most) |\n|---|---|---|---|", flush=True)
        tokenization(farq, folder, source, texts, megabytes)
        preprocessing(farq, folder, texts, megabytes)


if __name__ == "__main__":
    main()
