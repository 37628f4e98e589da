"""The models' benchmarks: farq against transformers, in turn, on the same threads of this machine.

Usage: models.py FARQ PART [--rounds 2] [--documents 8] [--updates 2] [--layers 12] [--articles F.jsonl] [--count 100]

PART is training-bf16, training-compile, training-flash, training-fp32, epoch, hybrids, inference, startup or memory.
Each round runs every side once, each in a process of its own; a ratio is taken within a round, and the line at the end
says the median and the spread. BERT-base with 64,000 words and random weights; 8 documents of 512 tokens an update.
"""

import argparse
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).parent
# Tokens of 64 articles of SANAD's AlKhaleej, drawn at random (AraBERT-like vocabulary, cut at 512).
LENGTHS = HERE / "lengths.txt"


class Side:
    def __init__(self, name, command):
        self.name, self.command = name, [str(word) for word in command]

    def measure(self):
        output = subprocess.run(self.command, check=True, capture_output=True, text=True).stdout
        return json.loads(output)


class Benchmarks:
    def __init__(self, options):
        self.options = options

    def farq(self, name, *words):
        size = ["--layers", self.options.layers, "--batch-size", self.options.documents]
        return Side(name, [self.options.farq, "bench", "--format", "jsonl", *size, *words])

    def peer(self, name, *words):
        size = ["--layers", self.options.layers, "--batch-size", self.options.documents]
        return Side(name, [sys.executable, HERE / "peer.py", "train", *size, *words])

    def full(self):
        return ["--lengths", f"512x{self.options.documents * self.options.updates}"]

    def compare(self, title, own, peers, value=lambda result: statistics.median(result["seconds"]), unit="s an update"):
        """Prints own and peer values of each round, then the ratio of each peer to own."""
        ratios = {peer.name: [] for peer in peers}
        for _ in range(self.options.rounds):
            base = value(own.measure())
            print(f"  {own.name:34} {base:10.3f} {unit}", flush=True)
            for peer in peers:
                other = value(peer.measure())
                ratios[peer.name].append(other / base)
                print(f"  {peer.name:34} {other:10.3f} {unit}   ratio {other / base:.2f}", flush=True)
        for name, values in ratios.items():
            print(f"{title}: {name} / {own.name}: {statistics.median(values):.2f} ({min(values):.2f} to {max(values):.2f})")

    def training_bf16(self):
        self.compare("training, bf16, dropout 0.1", self.farq("farq bf16", "--precision", "bf16", *self.full()),
                     [self.peer("transformers bf16", *self.full())])

    def training_compile(self):
        self.compare("training, bf16, dropout 0.1", self.farq("farq bf16", "--precision", "bf16", *self.full()),
                     [self.peer("transformers bf16 compiled", "--compile", *self.full())])

    def training_flash(self):
        none = ["--attention-dropout", 0, *self.full()]
        self.compare("training, bf16, no attention dropout", self.farq("farq bf16", "--precision", "bf16", *none),
                     [self.peer("transformers bf16", *none), self.peer("transformers bf16 compiled", "--compile", *none)])

    def training_fp32(self):
        self.compare("training, fp32, dropout 0.1", self.farq("farq fp32", "--precision", "fp32", *self.full()),
                     [self.peer("transformers fp32", "--precision", "fp32", *self.full())])

    def epoch(self):
        words = ["--lengths", LENGTHS.read_text().strip()]
        own = self.farq("farq bf16", "--precision", "bf16", *words)
        self.compare("epoch, real lengths", own, [self.peer("transformers bf16, like lengths", *words)],
                     lambda result: sum(result["seconds"]) / result["documents"], "s an article")
        # Every update of the notebook's way is the same: two of them tell the epoch's time.
        self.compare("epoch, real lengths", own,
                     [self.peer("transformers fp32, padded to 512", "--precision", "fp32", "--pad", 512, *self.full())],
                     lambda result: sum(result["seconds"]) / result["documents"], "s an article")

    def hybrids(self):
        sides = [self.farq(name, "--precision", "bf16", "--attention", name, *self.full())
                 for name in ("diff", "diff-v2", "dex")]
        self.compare("a 50 % hybrid's update", self.farq("baseline", "--precision", "bf16", *self.full()), sides)

    def memory(self):
        peak = lambda result: result["peak_memory_bytes"] / 1e9
        own = self.farq("farq bf16", "--precision", "bf16", *self.full())
        self.compare("peak memory of training", own, [self.peer("transformers bf16", *self.full())], peak, "GB")

    def inference(self):
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            texts = self.checkpoint(folder)
            source = folder / "articles.jsonl"
            source.write_text("".join(json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in texts), "utf-8")
            words = ["classify", "--model", folder, "--input", source, "--precision"]
            peer = Whole("transformers bf16", [sys.executable, HERE / "peer.py", *words, "bf16"])
            own = Whole("farq bf16", [self.options.farq, *words, "bf16", "--format", "jsonl"])
            eight = Whole("farq int8", [self.options.farq, *words, "int8", "--format", "jsonl"])
            self.compare(f"classifying {len(texts)} articles", own, [peer, eight], lambda s: s, "s the process")
            self.agreement(own, peer)

    def agreement(self, own, peer):
        labels = [[json.loads(line)["label"] for line in side.output.splitlines()] for side in (own, peer)]
        same = sum(a == b for a, b in zip(*labels))
        print(f"  {same} of {len(labels[0])} labels are the same")

    def startup(self):
        with tempfile.TemporaryDirectory() as folder:
            self.checkpoint(pathlib.Path(folder))
            text = "فاز الفريق بالمباراة"
            peer = Whole("transformers", [sys.executable, HERE / "peer.py", "text", "--model", folder, "--text", text])
            own = Whole("farq", [self.options.farq, "classify", "--model", folder, "--text", text])
            for side in (own, peer):
                side.measure()
            self.compare("one short text, start to answer", own, [peer], lambda s: s, "s the process")

    def checkpoint(self, folder):
        """A BERT-base of random weights and a vocabulary of 64,000 words; returns the texts to classify."""
        import torch
        from tokenizers import BertWordPieceTokenizer
        from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

        torch.manual_seed(1)
        articles = open(self.options.articles, encoding="utf-8")
        texts = [json.loads(line)["text"] for line in articles if line.strip()][: self.options.count]
        trainer = BertWordPieceTokenizer(lowercase=False, strip_accents=False)
        trainer.train_from_iterator(texts, vocab_size=64_000, show_progress=False)
        words = sorted(trainer.get_vocab(), key=trainer.get_vocab().get)
        words += [f"[unused{index}]" for index in range(64_000 - len(words))]
        (folder / "vocab.txt").write_text("\n".join(words) + "\n", "utf-8")
        tokenizer = BertTokenizerFast(vocab=str(folder / "vocab.txt"), do_lower_case=False, strip_accents=False)
        tokenizer.save_pretrained(folder)
        config = BertConfig(vocab_size=64_000, num_labels=7, num_hidden_layers=self.options.layers)
        BertForSequenceClassification(config).save_pretrained(folder)
        return texts


class Whole(Side):
    """The seconds of a whole process."""

    def measure(self):
        start = time.perf_counter()
        self.output = subprocess.run(self.command, check=True, capture_output=True, text=True).stdout
        return time.perf_counter() - start


PARTS = {"training-bf16": "training_bf16", "training-compile": "training_compile", "training-flash": "training_flash",
         "training-fp32": "training_fp32", "epoch": "epoch", "hybrids": "hybrids", "inference": "inference",
         "startup": "startup", "memory": "memory"}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("farq")
    parser.add_argument("part", choices=PARTS)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--documents", type=int, default=8)
    parser.add_argument("--updates", type=int, default=2)
    parser.add_argument("--layers", type=int, default=12)
    parser.add_argument("--articles", default="Sources/FarqSample/Resources/news.jsonl")
    parser.add_argument("--count", type=int, default=200)
    options = parser.parse_args()
    getattr(Benchmarks(options), PARTS[options.part])()


if __name__ == "__main__":
    main()
