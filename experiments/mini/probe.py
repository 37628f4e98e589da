"""What an encoder knows before it is trained on labels: a logistic regression on its frozen pooled first tokens, learnt
from the training articles of khaleej-mini.jsonl, tested on the zip's 2,275 test articles; by transformers and scikit-learn.

    pip install torch==2.13.0 transformers==4.57.6 scikit-learn
    python3 experiments/mini/probe.py MODEL khaleej-mini.jsonl SANAD_SUBSET-khaleej.zip
"""

import json
import sys
import zipfile

import numpy
import torch
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler
from tokenizers import Tokenizer
from transformers import BertModel

LENGTH = 512
BATCH = 16


def read(few, archive):
    rows = [json.loads(line) for line in open(few, encoding="utf-8")]
    train = [(row["text"], row["label"]) for row in rows if row["split"] == "train"]
    with zipfile.ZipFile(archive) as files:
        names = [name for name in files.namelist() if "/Test/" in name and name.endswith(".txt")]
        test = [(files.read(name).decode("utf-8", "replace"), name.split("/")[-2]) for name in names]
    return train, test


def pooled(folder, texts):
    tokenizer = Tokenizer.from_file(f"{folder}/tokenizer.json")
    tokenizer.no_padding()
    tokenizer.enable_truncation(LENGTH)
    ids = [encoding.ids for encoding in tokenizer.encode_batch(texts)]
    model = BertModel.from_pretrained(folder, torch_dtype=torch.float32).eval()
    order = sorted(range(len(ids)), key=lambda place: len(ids[place]))
    vectors = [None] * len(ids)
    for start in range(0, len(order), BATCH):
        places = order[start:start + BATCH]
        rows = [torch.tensor(ids[place]) for place in places]
        batch = torch.nn.utils.rnn.pad_sequence(rows, batch_first=True)
        mask = torch.nn.utils.rnn.pad_sequence([torch.ones_like(row) for row in rows], batch_first=True)
        with torch.no_grad():
            output = model(batch, attention_mask=mask).pooler_output
        for place, vector in zip(places, output):
            vectors[place] = vector.numpy()
    return numpy.stack(vectors)


def main(folder, few, archive):
    train, test = read(few, archive)
    vectors = pooled(folder, [text for text, _ in train + test])
    labels = [label for _, label in train + test]
    count = len(train)
    vectors = StandardScaler().fit(vectors[:count]).transform(vectors)
    for strength in (0.001, 0.01, 0.1, 1):
        probe = LogisticRegression(C=strength, max_iter=2000).fit(vectors[:count], labels[:count])
        print(f"C {strength}: accuracy {probe.score(vectors[count:], labels[count:]):.4f}", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
