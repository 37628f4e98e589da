"""An exported model in onnxruntime: its speed, and whether its logits are Farq's.

  onnx_runtime.py FOLDER --lengths 512x16 [--batch-size 8] [--threads 2]   documents a second, as `farq bench` counts them
  onnx_runtime.py FOLDER --tokens T.jsonl --logits L.jsonl                 the largest difference from Farq's logits

T.jsonl is what `farq tokenize` prints, L.jsonl what `farq classify --format jsonl` does, of the same texts.
"""

import argparse
import json
import pathlib
import statistics
import time

import numpy
import onnxruntime


def lengths_of(words):
    parts = [[int(part) for part in word.split("x")] for word in words.split(",")]
    return [part[0] for part in parts for _ in range(part[1] if len(part) == 2 else 1)]


def feed(documents):
    width = max(map(len, documents))
    ids = numpy.array([list(d) + [0] * (width - len(d)) for d in documents], dtype=numpy.int64)
    mask = numpy.array([[1] * len(d) + [0] * (width - len(d)) for d in documents], dtype=numpy.int64)
    return {"input_ids": ids, "attention_mask": mask, "token_type_ids": numpy.zeros_like(ids)}


def run(session, documents, batch_size):
    """Logits in the order of the documents; batches are of like lengths."""
    order = sorted(range(len(documents)), key=lambda i: len(documents[i]))
    logits = [None] * len(documents)
    for start in range(0, len(order), batch_size):
        batch = order[start : start + batch_size]
        for index, row in zip(batch, session.run(["logits"], feed([documents[i] for i in batch]))[0]):
            logits[index] = row
    return numpy.array(logits)


parser = argparse.ArgumentParser()
parser.add_argument("folder", type=pathlib.Path)
parser.add_argument("--lengths")
parser.add_argument("--batch-size", type=int, default=8)
parser.add_argument("--threads", type=int, default=2)
parser.add_argument("--repetitions", type=int, default=5)
parser.add_argument("--tokens", type=pathlib.Path)
parser.add_argument("--logits", type=pathlib.Path)
options = parser.parse_args()

settings = onnxruntime.SessionOptions()
settings.intra_op_num_threads = options.threads
session = onnxruntime.InferenceSession(options.folder / "model.onnx", settings, providers=["CPUExecutionProvider"])
if options.tokens:
    documents = [json.loads(line)["input_ids"] for line in options.tokens.open()]
    expected = numpy.array([json.loads(line)["logits"] for line in options.logits.open()])
    actual = run(session, documents, options.batch_size)
    same = (actual.argmax(1) == expected.argmax(1)).sum()
    print(f"{len(documents)} documents, {same} labels equal, logits differ by at most {abs(actual - expected).max():.2e}")
else:
    generator = numpy.random.default_rng(1)
    documents = [generator.integers(5, 1000, length) for length in lengths_of(options.lengths)]
    run(session, documents, options.batch_size)
    seconds = []
    for _ in range(options.repetitions):
        start = time.perf_counter()
        run(session, documents, options.batch_size)
        seconds.append(time.perf_counter() - start)
    print(f"onnxruntime {onnxruntime.__version__}: {len(documents) / statistics.median(seconds):.1f} documents/s")
