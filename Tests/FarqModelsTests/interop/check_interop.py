#!/usr/bin/env python3
"""Opens what Farq saved in transformers, compares logits, trains on, and saves for Farq to read back.

    python3 check_interop.py FOLDER

FOLDER/<name>/ is a checkpoint beside its `expected.safetensors` (input_ids, attention_mask, logits). For each, a trained
copy is written to FOLDER/<name>-trained/, with its own `expected.safetensors`. Ends with status 1 at the first fault.
"""

import json
import os
import pathlib
import sys
import tempfile

os.environ["HF_HUB_OFFLINE"] = "1"
# transformers copies modeling_farq.py into this cache.
os.environ["HF_HOME"] = tempfile.mkdtemp()

import torch
import transformers
from safetensors.torch import load_file, save_file
from transformers import AutoConfig, AutoModelForSequenceClassification, BertForSequenceClassification

transformers.logging.set_verbosity_error()


def compare(model, expected, tolerance=1e-4):
    model.eval()
    with torch.no_grad():
        logits = model(input_ids=expected["input_ids"], attention_mask=expected["attention_mask"].long()).logits
    worst = (logits - expected["logits"]).abs().max().item()
    assert worst <= tolerance, f"logits depart by {worst}"
    return worst


def refuses_without_trust(folder):
    for open_it in (AutoConfig.from_pretrained, AutoModelForSequenceClassification.from_pretrained):
        try:
            open_it(folder, trust_remote_code=False)
        except ValueError:
            continue
        raise AssertionError("it loads without trust_remote_code, though it would lose its differential attention")


def nothing_is_drawn_or_dropped(folder, model_class, **options):
    _, info = model_class.from_pretrained(folder, output_loading_info=True, **options)
    for kind in ("missing_keys", "unexpected_keys", "mismatched_keys"):
        assert not info[kind], f"{kind}: {info[kind]}"


def an_all_padding_row_is_finite(model, expected):
    mask = expected["attention_mask"].long().clone()
    mask[0] = 0
    logits = model(input_ids=expected["input_ids"], attention_mask=mask).logits
    logits.sum().backward()
    assert torch.isfinite(logits).all(), "a row of padding alone gives NaN"
    for name, parameter in model.named_parameters():
        assert parameter.grad is None or torch.isfinite(parameter.grad).all(), f"its gradient: {name}"
    assert (logits[1:] - expected["logits"][1:]).abs().max() <= 1e-4, "it changes other rows"
    model.zero_grad()


def train(model, expected):
    torch.manual_seed(1)
    model.train()
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3)
    targets = torch.arange(len(expected["input_ids"])) % model.config.num_labels
    losses = []
    for _ in range(4):
        loss = model(input_ids=expected["input_ids"], attention_mask=expected["attention_mask"].long(),
                     labels=targets).loss
        loss.backward()
        without = [name for name, p in model.named_parameters() if p.grad is None]
        assert not without, f"no gradient: {without}"
        optimizer.step()
        optimizer.zero_grad()
        losses.append(loss.item())
    assert losses[-1] < losses[0], f"training does not lower the loss: {losses}"


def check(folder):
    expected = load_file(folder / "expected.safetensors")
    is_hybrid = (folder / "modeling_farq.py").exists()
    options = {"trust_remote_code": True} if is_hybrid else {}
    model_class = AutoModelForSequenceClassification if is_hybrid else BertForSequenceClassification
    if is_hybrid:
        refuses_without_trust(folder)
    nothing_is_drawn_or_dropped(folder, model_class, **options)
    model = model_class.from_pretrained(folder, **options)
    worst = compare(model, expected)
    an_all_padding_row_is_finite(model, expected)
    train(model, expected)
    saved = folder.with_name(folder.name + "-trained")
    model.save_pretrained(saved)
    model.eval()
    with torch.no_grad():
        logits = model(input_ids=expected["input_ids"], attention_mask=expected["attention_mask"].long()).logits
    again = model_class.from_pretrained(saved, **options)
    compare(again, {**expected, "logits": logits}, 1e-6)
    save_file({**expected, "logits": logits.contiguous()}, saved / "expected.safetensors")
    config = json.loads((saved / "config.json").read_text())
    assert config["architectures"] == [type(model).__name__], config["architectures"]
    return worst


if __name__ == "__main__":
    for folder in sorted(pathlib.Path(sys.argv[1]).iterdir()):
        try:
            print(f"{folder.name}: logits within {check(folder):.1e} (transformers {transformers.__version__})")
        except Exception as error:
            print(f"{folder.name}: {type(error).__name__}: {error}", file=sys.stderr)
            sys.exit(1)
