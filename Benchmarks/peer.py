"""What the models' benchmarks compare with: transformers and PyTorch, used as their documentation says.

  peer.py train --lengths 512x16 [--batch-size 8] [--precision bf16] [--compile] [--attention-dropout 0.1] [--pad 512]
  peer.py predict --lengths 512x16 [--batch-size 16]                    logits of documents of these lengths
  peer.py classify --model FOLDER --input F.jsonl [--precision bf16]    predictions on standard output
  peer.py text --model FOLDER --text TEXT                               one text by the pipeline

`train` prints a JSON object with the seconds of each update (forward, backward, clipping, fused AdamW) after one that
does not count, and the process's peak memory; with `--device cuda` the card's.
"""

import argparse
import contextlib
import json
import random
import resource
import sys
import time


def lengths_of(words):
    result = []
    for word in words.split(","):
        parts = [int(part) for part in word.split("x")]
        result += [parts[0]] * (parts[1] if len(parts) == 2 else 1)
    return result


def autocast(precision, device="cpu"):
    import torch

    return torch.autocast(device, torch.bfloat16) if precision == "bf16" else contextlib.nullcontext()


def peak_memory(device):
    import torch

    return torch.cuda.max_memory_allocated() if device == "cuda" else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def synchronize(device):
    import torch

    if device == "cuda":
        torch.cuda.synchronize()


def train(arguments):
    import torch
    from transformers import BertConfig, BertForSequenceClassification

    torch.manual_seed(42)
    config = BertConfig(vocab_size=64_000, num_labels=7, num_hidden_layers=arguments.layers,
                        attention_probs_dropout_prob=arguments.attention_dropout)
    model = BertForSequenceClassification._from_config(config, attn_implementation="sdpa").train().to(arguments.device)
    optimizer = torch.optim.AdamW(model.parameters(), lr=2e-5, weight_decay=0.01, fused=True)
    forward = torch.compile(model, dynamic=len(set(arguments.lengths)) > 1) if arguments.compile else model

    def step(batch):
        width = arguments.pad or max(batch)
        ids = torch.zeros(len(batch), width, dtype=torch.int64)
        mask = torch.zeros(len(batch), width, dtype=torch.int64)
        for row, length in enumerate(batch):
            ids[row, :length] = torch.randint(1, 64_000, (length,))
            mask[row, :length] = 1
        labels = torch.randint(0, 7, (len(batch),))
        start = time.perf_counter()
        ids, mask, labels = (tensor.to(arguments.device) for tensor in (ids, mask, labels))
        with autocast(arguments.precision, arguments.device):
            loss = forward(input_ids=ids, attention_mask=mask, labels=labels).loss
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        loss.item()
        return time.perf_counter() - start

    size = arguments.batch_size
    order = sorted(arguments.lengths, reverse=True)
    batches = [order[start : start + size] for start in range(0, len(order), size)]
    random.Random(1).shuffle(batches)
    step(order[:size])
    seconds = [step(batch) for batch in batches]
    print(json.dumps({"seconds": seconds, "documents": len(order), "peak_memory_bytes": peak_memory(arguments.device)}))


def predict(arguments):
    import torch
    from transformers import BertConfig, BertForSequenceClassification

    torch.manual_seed(42)
    config = BertConfig(vocab_size=64_000, num_labels=7, num_hidden_layers=arguments.layers)
    model = BertForSequenceClassification._from_config(config, attn_implementation="sdpa").eval().to(arguments.device)
    order = sorted(arguments.lengths, reverse=True)
    size = arguments.batch_size

    def run(batches):
        with torch.inference_mode(), autocast(arguments.precision, arguments.device):
            answers = []
            for batch in batches:
                ids = torch.zeros(len(batch), max(batch), dtype=torch.int64)
                mask = torch.zeros(len(batch), max(batch), dtype=torch.int64)
                for row, length in enumerate(batch):
                    ids[row, :length] = torch.randint(1, 64_000, (length,))
                    mask[row, :length] = 1
                answers.append(model(input_ids=ids.to(arguments.device), attention_mask=mask.to(arguments.device)).logits)
            return torch.cat(answers).float().cpu()

    batches = [order[start : start + size] for start in range(0, len(order), size)]
    run(batches[:2])
    synchronize(arguments.device)
    start = time.perf_counter()
    run(batches)
    print(json.dumps({"seconds": [time.perf_counter() - start], "documents": len(order),
                      "peak_memory_bytes": peak_memory(arguments.device)}))


def classify(arguments):
    import torch
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    texts = [json.loads(line)["text"] for line in open(arguments.input, encoding="utf-8")]
    tokenizer = AutoTokenizer.from_pretrained(arguments.model)
    model = AutoModelForSequenceClassification.from_pretrained(arguments.model).eval()
    encoded = tokenizer(texts, truncation=True, max_length=512)["input_ids"]
    order = sorted(range(len(texts)), key=lambda index: -len(encoded[index]))
    logits = [None] * len(texts)
    with torch.inference_mode(), autocast(arguments.precision):
        for start in range(0, len(order), 16):
            batch = order[start : start + 16]
            inputs = tokenizer.pad({"input_ids": [encoded[index] for index in batch]}, return_tensors="pt")
            for index, row in zip(batch, model(**inputs).logits.float().tolist()):
                logits[index] = row
    names = model.config.id2label
    for row in logits:
        print(json.dumps({"label": names[max(range(len(row)), key=row.__getitem__)], "logits": row}))


def text(arguments):
    from transformers import pipeline

    print(json.dumps(pipeline("text-classification", model=arguments.model)(arguments.text), ensure_ascii=False))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("task", choices=["train", "predict", "classify", "text"])
    parser.add_argument("--lengths", type=lengths_of, default=[512] * 16)
    parser.add_argument("--batch-size", type=int, default=8)
    parser.add_argument("--layers", type=int, default=12)
    parser.add_argument("--precision", choices=["fp32", "bf16"], default="bf16")
    parser.add_argument("--device", choices=["cpu", "cuda"], default="cpu")
    parser.add_argument("--compile", action="store_true")
    parser.add_argument("--attention-dropout", type=float, default=0.1)
    parser.add_argument("--pad", type=int, default=0)
    parser.add_argument("--model")
    parser.add_argument("--input")
    parser.add_argument("--text")
    arguments = parser.parse_args()
    {"train": train, "predict": predict, "classify": classify, "text": text}[arguments.task](arguments)


if __name__ == "__main__":
    sys.exit(main())
