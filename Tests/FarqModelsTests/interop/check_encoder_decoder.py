#!/usr/bin/env python3
"""Opens the encoder-decoders that Farq saved in transformers, compares, writes names token by token, trains on, saves.

    python3 check_encoder_decoder.py FOLDER

FOLDER/<name>/ is a checkpoint beside its `expected.safetensors` (input_ids, attention_mask, names, logits). For each, a
trained copy is written to FOLDER/<name>-trained/. Ends with status 1 at the first fault.
"""

import os
import pathlib
import sys
import tempfile
import warnings

os.environ["HF_HUB_OFFLINE"] = "1"
# transformers copies modeling_farq.py into this cache.
os.environ["HF_HOME"] = tempfile.mkdtemp()
warnings.filterwarnings("ignore")

import torch
import transformers
from safetensors.torch import load_file, save_file
from transformers import AutoModelForSeq2SeqLM, EncoderDecoderModel

transformers.logging.set_verbosity_error()


def run(model, expected):
    return model(input_ids=expected["input_ids"], attention_mask=expected["attention_mask"].long(),
                 labels=expected["names"])


def logits(model, expected):
    """The rows that are no padding, [R, V]"""
    model.eval()
    with torch.no_grad():
        return run(model, expected).logits[expected["names"] != -100]


def writes_alike(model, expected):
    """Token by token with a cache gives what the whole sequence gives."""
    inputs = {"input_ids": expected["input_ids"], "attention_mask": expected["attention_mask"].long()}
    model.eval()
    written = [model.generate(**inputs, max_new_tokens=5, num_beams=1, do_sample=False, use_cache=cached)
               for cached in (True, False)]
    assert torch.equal(*written), f"a cache changes what is written: {written}"


def train(model, expected):
    torch.manual_seed(1)
    model.train()
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3)
    losses = []
    for _ in range(4):
        loss = run(model, expected).loss
        loss.backward()
        without = [n for n, p in model.named_parameters() if p.grad is None and not n.startswith("encoder.pooler")]
        assert not without, f"no gradient: {without}"
        optimizer.step()
        optimizer.zero_grad()
        losses.append(loss.item())
    assert losses[-1] < losses[0], f"training does not lower the loss: {losses}"


def check(folder):
    expected = load_file(folder / "expected.safetensors")
    is_hybrid = (folder / "modeling_farq.py").exists()
    options = {"trust_remote_code": True} if is_hybrid else {}
    model_class = AutoModelForSeq2SeqLM if is_hybrid else EncoderDecoderModel
    model, info = model_class.from_pretrained(folder, output_loading_info=True, **options)
    for kind in ("missing_keys", "unexpected_keys", "mismatched_keys"):
        assert not info[kind], f"{kind}: {info[kind]}"
    worst = (logits(model, expected) - expected["logits"]).abs().max().item()
    assert worst <= 1e-4, f"logits depart by {worst}"
    writes_alike(model, expected)
    train(model, expected)
    saved = folder.with_name(folder.name + "-trained")
    model.save_pretrained(saved)
    trained = logits(model, expected)
    again = model_class.from_pretrained(saved, **options)
    assert (logits(again, expected) - trained).abs().max().item() <= 1e-6, "saving in Python changes the logits"
    save_file({**expected, "logits": trained.contiguous()}, saved / "expected.safetensors")
    return worst


if __name__ == "__main__":
    for folder in sorted(pathlib.Path(sys.argv[1]).iterdir()):
        try:
            print(f"{folder.name}: logits within {check(folder):.1e} (transformers {transformers.__version__})")
        except Exception as error:
            print(f"{folder.name}: {type(error).__name__}: {error}", file=sys.stderr)
            sys.exit(1)
