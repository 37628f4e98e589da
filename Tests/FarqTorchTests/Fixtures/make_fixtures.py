#!/usr/bin/env python3
"""Makes the fixtures of FarqTorchTests: python3 make_fixtures.py (versions: requirements.txt)."""

import collections
import hashlib
import json
import math
import pathlib

import safetensors
import torch
import transformers
from safetensors.torch import save_file, save_model
from torch.nn import functional as F

HERE = pathlib.Path(__file__).parent
SEED = 20240612


def layers():
    """Forward values and gradients (of sum(y · y)) of layers and losses."""
    torch.manual_seed(SEED)
    t = {}

    def record(name, out, **inputs):
        (out * out).sum().backward()
        t[f"{name}.out"] = out.detach().clone()
        for key, value in inputs.items():
            t[f"{name}.{key}"] = value.detach().clone()
            if value.requires_grad:
                t[f"{name}.{key}.gradient"] = value.grad.clone()

    leaf = lambda *shape: torch.randn(shape, requires_grad=True)
    x, w, b = leaf(5, 6), leaf(4, 6), leaf(4)
    record("linear", F.linear(x, w, b), x=x, weight=w, bias=b)
    x, w, b = leaf(3, 8), leaf(8), leaf(8)
    record("layer_norm", F.layer_norm(x, (8,), w, b, 1e-12), x=x, weight=w, bias=b)
    x, w = leaf(3, 8), leaf(8)
    record("rms_norm", F.rms_norm(x, (8,), w, 1e-5), x=x, weight=w)
    for form in ("none", "tanh"):
        x = torch.linspace(-6, 6, 49).requires_grad_()
        record(f"gelu_{form}", F.gelu(x, approximate=form), x=x)
    w, ids = leaf(7, 3), torch.tensor([3, 0, 6, 3])
    record("embedding", F.embedding(ids, w, padding_idx=0), weight=w, ids=ids)
    q, k, v = leaf(2, 2, 4, 3), leaf(2, 2, 5, 3), leaf(2, 2, 5, 3)
    mask = torch.rand(2, 1, 4, 5) > 0.3
    mask[..., 0] = True
    record("attention", F.scaled_dot_product_attention(q, k, v, mask, scale=0.5), q=q, k=k, v=v, mask=mask)
    targets, weights = torch.tensor([2, 0, -100, 4, 1]), torch.rand(5) + 0.1
    for name, options in {
        "plain": {}, "weighted": {"weight": weights}, "smooth": {"label_smoothing": 0.1},
        "both": {"weight": weights, "label_smoothing": 0.2},
    }.items():
        x = leaf(5, 5)
        record(f"loss_{name}", F.cross_entropy(x, targets, **options), x=x)
    t |= {"loss.targets": targets, "loss.weights": weights}
    save_file(t, HERE / "layers.safetensors")


def optimizer():
    """Six steps of AdamW on two groups; the third parameter never has a gradient."""
    torch.manual_seed(SEED + 1)
    parameters = [torch.randn(4, 3, requires_grad=True), torch.randn(3, requires_grad=True),
                  torch.randn(2, requires_grad=True)]
    t = {f"start.{i}": p.detach().clone() for i, p in enumerate(parameters)}
    adamw = torch.optim.AdamW([
        {"params": [parameters[0], parameters[2]], "weight_decay": 0.1},
        {"params": [parameters[1]], "weight_decay": 0.0, "lr": 5e-3}], lr=1e-2, betas=(0.8, 0.95), eps=1e-6)
    norms = []
    for step in range(6):
        x = torch.randn(5, 4) * (10 if step % 2 else 0.1)
        t[f"x.{step}"] = x
        loss = ((x @ parameters[0] + parameters[1]) ** 2).mean()
        loss.backward()
        norms.append(torch.nn.utils.clip_grad_norm_(parameters, 1.0))
        adamw.step()
        adamw.zero_grad()
        for i, p in enumerate(parameters):
            t[f"after.{step}.{i}"] = p.detach().clone()
    t["norms"] = torch.stack(norms)
    save_file(t, HERE / "adamw.safetensors")


def schedules():
    """Factors of transformers' schedules; `constant` of Farq warms up too, as constant_with_warmup.

    The number of warm-up steps is `TrainingArguments.get_warmup_steps`: rounded up.
    """
    cases = []
    for shape, peer in {"linear": "linear", "cosine": "cosine", "constant": "constant_with_warmup"}.items():
        for total, ratio in ((20, 0.2), (7, 0.1), (10, 0.0), (3, 1.0)):
            parameter = torch.zeros(1, requires_grad=True)
            sgd = torch.optim.SGD([parameter], lr=1.0)
            schedule = transformers.get_scheduler(
                peer, sgd, num_warmup_steps=math.ceil(total * ratio), num_training_steps=total)
            factors = []
            for _ in range(total + 2):
                factors.append(schedule.get_last_lr()[0])
                sgd.step()
                schedule.step()
            cases.append({"shape": shape, "total": total, "ratio": ratio, "factors": factors})
    (HERE / "schedules.json").write_text(json.dumps(cases))


def safetensors_files():
    torch.manual_seed(SEED + 2)
    types = {"F64": torch.float64, "F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16}
    t = {name: torch.tensor([[1.5, -2.25, 0.0], [65504.0, 1e-4, -0.125]]).to(dtype) for name, dtype in types.items()}
    for name, dtype in {"I64": torch.int64, "I32": torch.int32, "I16": torch.int16, "I8": torch.int8}.items():
        t[name] = torch.tensor([-128, -1, 0, 127], dtype=dtype)
    t |= {"U8": torch.tensor([0, 255], dtype=torch.uint8), "BOOL": torch.tensor([True, False, True])}
    t |= {"scalar": torch.tensor(3.5), "empty": torch.zeros(0, 4), "اسم": torch.tensor([7.0])}
    save_file(t, HERE / "types.safetensors", {"format": "pt", "note": "\"مرحبا\"\n"})


class Harmful:
    def __reduce__(self):
        import os
        return os.system, ("touch harmful-ran",)


def pickles():
    torch.manual_seed(SEED + 3)
    storage = torch.arange(12, dtype=torch.float32)
    state = collections.OrderedDict(
        single=storage.clone(), half=storage.half(), brain=storage.bfloat16(), whole=torch.tensor([-5, 2**40]),
        matrix=storage.reshape(3, 4).clone(), turned=storage.reshape(3, 4).t(), part=storage[2:7],
        parameter=torch.nn.Parameter(torch.tensor([1.5])), scalar=torch.tensor(2.5), truth=torch.tensor([True, False]))
    state._metadata = {"": {"version": 1}}
    torch.save(state, HERE / "zip.bin")
    torch.save(state, HERE / "stream.bin", _use_new_zipfile_serialization=False)
    torch.save({"weight": storage, "harmful": Harmful()}, HERE / "harmful.bin")
    torch.save({"weight": storage, "harmful": Harmful()}, HERE / "harmful-stream.bin",
               _use_new_zipfile_serialization=False)
    torch.save([storage], HERE / "list.bin")
    torch.save({"weight": storage, "note": "text"}, HERE / "note.bin")
    # What a training loop saves: the model that DataParallel wraps, the optimizer, and where it stood.
    model = torch.nn.DataParallel(torch.nn.Linear(3, 2))
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.1)
    model(torch.ones(1, 3)).sum().backward()
    optimizer.step()
    with torch.no_grad():
        model.module.weight.copy_(storage[:6].reshape(2, 3))
    torch.save({"epoch": 3, "loss": 0.5, "state_dict": model.state_dict(), "optimizer": optimizer.state_dict(),
                "arguments": {"name": "x", "rates": [1e-3, None]}}, HERE / "wrapped.bin")


class Tied(torch.nn.Module):
    """Word embeddings and the decoder over them are one tensor, as in BERT's head of masked words."""

    def __init__(self):
        super().__init__()
        self.a_decoder = torch.nn.Linear(3, 4, bias=False)
        self.embeddings = torch.nn.Embedding(4, 3)
        self.embeddings.weight = self.a_decoder.weight
        with torch.no_grad():
            self.embeddings.weight.copy_(torch.arange(12.0).reshape(4, 3))


def tied():
    save_model(Tied(), str(HERE / "tied.safetensors"))


def manifest():
    files = sorted(p for p in HERE.iterdir() if p.is_file() and p.name != "MANIFEST.json")
    (HERE / "MANIFEST.json").write_text(json.dumps({
        "script": "make_fixtures.py", "seed": SEED,
        "versions": {"torch": torch.__version__.split("+")[0], "transformers": transformers.__version__,
                     "safetensors": safetensors.__version__},
        "sha256": {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in files}}, indent=1) + "\n")


if __name__ == "__main__":
    layers()
    optimizer()
    schedules()
    safetensors_files()
    pickles()
    tied()
    manifest()
