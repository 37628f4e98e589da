#!/usr/bin/env python3
"""Makes the fixtures of FarqModelsTests: python3 make_fixtures.py (versions: requirements.txt).

- hf-*: tiny BERT checkpoints of Hugging Face transformers, each with `expected.safetensors` (padded batch, logits, loss).
- training.json: 20 steps of hf-basic, trained as transformers' Trainer does.
- geometry-*: baselines with 4, 8 and 12 layers and heads; variants/*: logits, loss and every gradient of a hybrid on
  such a baseline, by the plain restatement in reference.py. Tensors `w.*` stand over or beside the baseline's.
"""

import hashlib
import importlib.util
import json
import pathlib
import shutil
import sys

import safetensors
import torch
import transformers
from safetensors.torch import load_file, save_file
from torch.nn import functional as F
from transformers import BertConfig, BertForSequenceClassification, BertModel

import reference

HERE = pathlib.Path(__file__).parent
SEED = 20240611
transformers.logging.set_verbosity_error()


def config(labels, layers=4, heads=4, hidden=32, intermediate=48):
    return BertConfig(
        vocab_size=40, hidden_size=hidden, num_hidden_layers=layers, num_attention_heads=heads,
        intermediate_size=intermediate, max_position_embeddings=24, hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0, id2label={i: name for i, name in enumerate(labels)},
        label2id={name: i for i, name in enumerate(labels)})


def shake(model, seed):
    """Weights wide enough that attention is far from even, norms and biases that are not the identity."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            noise = torch.randn(parameter.shape, generator=generator)
            if "LayerNorm.weight" in name:
                parameter.copy_(1 + 0.2 * noise)
            elif parameter.dim() == 1:
                parameter.copy_(0.1 * noise)
            elif "embeddings" in name:
                parameter.copy_(0.5 * noise)
            else:
                parameter.copy_(noise * (1.2 / parameter.shape[1] ** 0.5))
    return model.eval()


def batch(labels, seed, lengths=(9, 4, 12, 1, 7), width=12):
    generator = torch.Generator().manual_seed(seed)
    ids = torch.randint(1, 40, (len(lengths), width), generator=generator)
    mask = torch.arange(width)[None, :] < torch.tensor(lengths)[:, None]
    targets = torch.randint(0, labels, (len(lengths),), generator=generator)
    return torch.where(mask, ids, 0), mask, targets


def expected(model, labels, seed):
    ids, mask, targets = batch(labels, seed)
    with torch.no_grad():
        out = model(input_ids=ids, attention_mask=mask.long(), labels=targets)
    return {"input_ids": ids, "attention_mask": mask, "targets": targets, "logits": out.logits, "loss": out.loss}


def names(count):
    return ["رياضة", "اقتصاد", "سياسة", "ثقافة", "طب", "تقنية", "دين"][:count]


def fresh(folder):
    shutil.rmtree(HERE / folder, ignore_errors=True)
    (HERE / folder).mkdir(parents=True)
    return HERE / folder


def hugging_face():
    basic = shake(BertForSequenceClassification(config(names(5))), SEED)
    folder = fresh("hf-basic")
    basic.save_pretrained(folder)
    save_file(expected(basic, 5, SEED + 1), folder / "expected.safetensors")
    training(basic)

    old = shake(BertForSequenceClassification(config(names(3), layers=2)), SEED + 2)
    folder = fresh("hf-old-names")
    old.save_pretrained(folder)
    renamed = {
        name.replace("LayerNorm.weight", "LayerNorm.gamma").replace("LayerNorm.bias", "LayerNorm.beta"): tensor
        for name, tensor in load_file(folder / "model.safetensors").items()}
    renamed["bert.embeddings.position_ids"] = torch.arange(24)[None]
    save_file(renamed, folder / "model.safetensors", {"format": "pt"})
    save_file(expected(old, 3, SEED + 3), folder / "expected.safetensors")

    # A bare encoder: the classifier's own head is in expected.safetensors.
    full = shake(BertForSequenceClassification(config(names(4), layers=2)), SEED + 4)
    folder = fresh("hf-encoder")
    full.bert.save_pretrained(folder)
    head = {f"classifier.{name}": tensor.detach().clone() for name, tensor in full.classifier.named_parameters()}
    save_file({**expected(full, 4, SEED + 5), **head}, folder / "expected.safetensors")

    sharded = shake(BertForSequenceClassification(config(names(7), layers=2)), SEED + 6)
    folder = fresh("hf-sharded")
    sharded.save_pretrained(folder, max_shard_size="40KB")
    save_file(expected(sharded, 7, SEED + 7), folder / "expected.safetensors")

    # Two labels under their default names: transformers leaves id2label out of config.json.
    bin_config = config([], layers=2)
    bin_config.num_labels = 2
    pickled = shake(BertForSequenceClassification(bin_config), SEED + 8)
    folder = fresh("hf-bin")
    pickled.save_pretrained(folder, safe_serialization=False)
    save_file(expected(pickled, 2, SEED + 9), folder / "expected.safetensors")

    half = shake(BertForSequenceClassification(config(names(3), layers=1)), SEED + 10).half()
    folder = fresh("hf-half")
    half.save_pretrained(folder)
    save_file(expected(half.float(), 3, SEED + 11), folder / "expected.safetensors")


def training(start):
    """20 steps as Trainer takes them: AdamW, decay on all but biases and norms, linear schedule, warm-up, clipping."""
    model = BertForSequenceClassification(start.config)
    model.load_state_dict(start.state_dict())
    model.train()
    decays = [p for n, p in model.named_parameters() if not ("bias" in n or "LayerNorm" in n)]
    others = [p for n, p in model.named_parameters() if "bias" in n or "LayerNorm" in n]
    optimizer = torch.optim.AdamW(
        [{"params": decays, "weight_decay": 0.01}, {"params": others, "weight_decay": 0.0}], lr=1e-3)
    schedule = transformers.get_scheduler("linear", optimizer, num_warmup_steps=4, num_training_steps=20)
    steps = []
    for step in range(20):
        ids, mask, targets = batch(5, SEED + 100 + step)
        loss = model(input_ids=ids, attention_mask=mask.long(), labels=targets).loss
        loss.backward()
        norm = torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        rate = schedule.get_last_lr()[0]
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
        steps.append({
            "ids": ids.flatten().tolist(), "mask": mask.flatten().tolist(), "targets": targets.tolist(),
            "loss": loss.item(), "norm": norm.item(), "rate": rate})
    text = json.dumps({"width": 12, "peak_rate": 1e-3, "warmup_ratio": 0.2, "decay": 0.01, "steps": steps})
    (HERE / "training.json").write_text(text)


GEOMETRIES = {
    4: config(names(4), layers=4, heads=4, hidden=16, intermediate=24),
    8: config(names(4), layers=8, heads=8, hidden=16, intermediate=16),
    12: config(names(4), layers=12, heads=12, hidden=24, intermediate=12),
}

# name: geometry, variant, pairing, granularity, ratio, placement, lambda_init
CASES = {
    "diff-pair-layers-25-first-of-4": (4, "diff", "pair", "layers", 0.25, "first", "depth"),
    "diff-pair-layers-50-last-of-4": (4, "diff", "pair", "layers", 0.5, "last", "depth"),
    "diff-pair-layers-50-list-of-4": (4, "diff", "pair", "layers", 0.5, "3,1", 0.5),
    "diff-pair-layers-50-spread-of-8": (8, "diff", "pair", "layers", 0.5, "spread", "depth"),
    "diff-pair-layers-25-alternate-of-12": (12, "diff", "pair", "layers", 0.25, "alternate", "depth"),
    "diff-split-layers-50-alternate-of-4": (4, "diff", "split", "layers", 0.5, "alternate", "depth"),
    "diff-split-layers-25-spread-of-12": (12, "diff", "split", "layers", 0.25, "spread", "depth"),
    "diff-split-heads-25-of-4": (4, "diff", "split", "heads", 0.25, "first", "depth"),
    "diff-split-heads-50-of-8": (8, "diff", "split", "heads", 0.5, "first", "depth"),
    "diff-pair-heads-50-of-4": (4, "diff", "pair", "heads", 0.5, "first", "depth"),
    "diff-pair-heads-25-of-8": (8, "diff", "pair", "heads", 0.25, "first", "depth"),
    "diff-pair-heads-50-of-12": (12, "diff", "pair", "heads", 0.5, "first", "depth"),
    "diff-v2-layers-25-last-of-4": (4, "diff-v2", None, "layers", 0.25, "last", "depth"),
    "diff-v2-layers-50-first-of-4": (4, "diff-v2", None, "layers", 0.5, "first", "depth"),
    "diff-v2-layers-25-spread-of-8": (8, "diff-v2", None, "layers", 0.25, "spread", "depth"),
    "diff-v2-layers-50-alternate-of-12": (12, "diff-v2", None, "layers", 0.5, "alternate", "depth"),
    "dex-layers-50-spread-of-4": (4, "dex", None, "layers", 0.5, "spread", "depth"),
    "dex-layers-25-list-of-8": (8, "dex", None, "layers", 0.25, "6,0", "depth"),
    "dex-layers-25-last-of-12": (12, "dex", None, "layers", 0.25, "last", "depth"),
    "dex-heads-25-of-4": (4, "dex", None, "heads", 0.25, "first", "depth"),
    "dex-heads-50-of-8": (8, "dex", None, "heads", 0.5, "first", "depth"),
    "notebook-layers-50-first-of-4": (4, "notebook", "split", "layers", 0.5, "first", 0.8),
    "notebook-layers-25-alternate-of-8": (8, "notebook", "split", "layers", 0.25, "alternate", 0.8),
    "notebook-layers-50-last-of-12": (12, "notebook", "split", "layers", 0.5, "last", 0.8),
    "notebook-heads-25-of-4": (4, "notebook", "split", "heads", 0.25, "first", 0.8),
    "notebook-heads-50-of-4": (4, "notebook", "split", "heads", 0.5, "first", 0.8),
    "diff-v2-heads-25-of-4": (4, "diff-v2", None, "heads", 0.25, "first", "depth"),
    "diff-v2-heads-50-of-8": (8, "diff-v2", None, "heads", 0.5, "first", "depth"),
}


def placed(placement, count, total):
    if placement == "first":
        return list(range(count))
    if placement == "last":
        return list(range(total - count, total))
    if placement == "spread":  # the middles of `count` equal parts
        return [int((part + 0.5) * total / count) for part in range(count)]
    if placement == "alternate":
        return list(range(0, total, 2))[:count]
    return sorted([int(layer) for layer in placement.split(",")][:count])


def plan_of(case):
    geometry, variant, pairing, granularity, ratio, placement, initial = case
    count = round(ratio * geometry)
    layers = granularity == "layers"
    return {
        "variant": variant, "pairing": pairing, "granularity": granularity,
        "layers": placed(placement, count, geometry) if layers else None,
        "heads": None if layers else list(range(count)), "stack": "encoder", "lambda_init": initial}


def new_tensors(plan, cfg, generator):
    """What a hybrid has beside the baseline's tensors, far from where it would begin."""
    heads, hidden = cfg.num_attention_heads, cfg.hidden_size
    size = hidden // heads
    normal = lambda *shape, std=1.0, mean=0.0: mean + std * torch.randn(shape, generator=generator)
    new = {}
    for layer in range(cfg.num_hidden_layers):
        count = reference.differential_heads(plan, layer, heads)
        if not count:
            continue
        place = f"bert.encoder.layer.{layer}.attention.self"
        variant = plan["variant"]
        if variant in ("diff", "notebook"):
            length = size if variant == "notebook" or plan["pairing"] == "pair" else size // 2
            for name in ("q1", "k1", "q2", "k2"):
                new[f"{place}.lambda_{name}"] = normal(length, std=0.4)
        if variant == "diff":
            new[f"{place}.subln.weight"] = normal(2 * length, std=0.3, mean=1.0)
        if variant == "notebook":
            new[f"{place}.out.weight"] = normal(hidden, hidden, std=0.3)
            new[f"{place}.out.bias"] = normal(hidden, std=0.1)
        if variant == "diff-v2":
            rows = hidden + count * size
            new[f"{place}.query.weight"] = normal(rows, hidden, std=1.2 / hidden**0.5)
            new[f"{place}.query.bias"] = normal(rows, std=0.1)
            new[f"{place}.lambda_proj.weight"] = normal(count, hidden, std=0.4)
            new[f"{place}.lambda_proj.bias"] = normal(count, std=0.4)
        if variant == "dex":
            new[f"{place}.dex.weight"] = normal(count, size, size, std=0.5)
            new[f"{place}.dex.lambda"] = normal(count, std=0.3, mean=0.5)
    return new


def variants():
    fresh("variants")
    baselines = {}
    for geometry, cfg in GEOMETRIES.items():
        model = shake(BertForSequenceClassification(cfg), SEED + 200 + geometry)
        folder = fresh(f"geometry-{geometry}")
        model.save_pretrained(folder)
        save_file(expected(model, 4, SEED + 300 + geometry), folder / "expected.safetensors")
        baselines[geometry] = {name: tensor.detach().clone() for name, tensor in model.named_parameters()}
        restate_standard(baselines[geometry], cfg, load_file(folder / "expected.safetensors"))
    for number, (name, case) in enumerate(CASES.items()):
        # With 12 layers the attention's gradients alone: the rest is checked with 4 and 8, and would be most of the bytes.
        write_case(HERE / "variants" / f"{name}.safetensors", case, baselines[case[0]], seed=400 + number,
                   keeps_all=case[0] < 12)


def write_case(path, case, baseline, seed, keeps_all):
    """A hybrid's new tensors, a batch, its logits, loss and gradients: all of them, or those of attention alone."""
    cfg, plan = GEOMETRIES[case[0]], plan_of(case)
    new = new_tensors(plan, cfg, torch.Generator().manual_seed(SEED + seed))
    weights = {k: v.clone().requires_grad_() for k, v in {**baseline, **new}.items()}
    ids, mask, targets = batch(4, SEED + 100 + seed)
    logits = reference.logits(weights, cfg.to_dict(), plan, ids, mask)
    loss = F.cross_entropy(logits, targets)
    loss.backward()
    tensors = {"input_ids": ids, "attention_mask": mask, "targets": targets}
    tensors |= {"logits": logits.detach(), "loss": loss.detach()}
    tensors |= {f"w.{k}": v for k, v in new.items()}
    tensors |= {f"g.{k}": v.grad for k, v in weights.items() if keeps_all or ".attention.self." in k}
    request = dict(zip(("geometry", "variant", "pairing", "granularity", "ratio", "placement", "lambda_init"), case))
    save_file(tensors, path, {"plan": json.dumps(plan), "request": json.dumps(request)})


def saved_by_python():
    """Hybrids made, trained a little and saved in transformers with the modeling_farq.py that Farq saves beside them."""
    module = modeling_farq()
    for name in ("diff-pair-layers-50-last-of-4", "diff-split-heads-25-of-4", "diff-v2-layers-50-first-of-4",
                 "dex-heads-25-of-4", "notebook-layers-50-first-of-4"):
        settings = GEOMETRIES[4].to_dict() | {"farq": {
            "format": 1, "architecture": "encoder", "attention": plan_of(CASES[name])}}
        settings.pop("model_type")
        model = shake(module.FarqBertForSequenceClassification(module.FarqBertConfig(**settings)), SEED + 600)
        ids, mask, targets = batch(4, SEED + 601)
        optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3)
        for _ in range(3):
            model(input_ids=ids, attention_mask=mask.long(), labels=targets).loss.backward()
            optimizer.step()
            optimizer.zero_grad()
        short = name.split("-pair")[0].split("-split")[0].split("-layers")[0]
        short = "diff-heads" if "split-heads" in name else short.removesuffix("-heads-25-of-4")
        folder = fresh(f"python-{short}")
        model.save_pretrained(folder)
        (folder / "modeling_farq.py").unlink(missing_ok=True)
        shutil.rmtree(folder / "__pycache__", ignore_errors=True)
        save_file(expected(model, 4, SEED + 602), folder / "expected.safetensors")


def modeling_farq():
    path = HERE.parents[2] / "Sources/FarqModels/Resources/modeling_farq.py"
    specification = importlib.util.spec_from_file_location("modeling_farq", path)
    module = importlib.util.module_from_spec(specification)
    sys.modules["modeling_farq"] = module
    specification.loader.exec_module(module)
    return module


def restate_standard(weights, cfg, want):
    """The restatement itself equals transformers where nothing is differential."""
    plan = {"variant": "standard", "granularity": "layers", "layers": []}
    got = reference.logits(weights, cfg.to_dict(), plan, want["input_ids"], want["attention_mask"])
    assert torch.allclose(got, want["logits"], atol=1e-5), "reference.py departs from transformers"


def manifest():
    files = sorted(path for path in HERE.rglob("*")
                   if path.is_file() and path.name != "MANIFEST.json" and not {"__pycache__", "encoder-decoder", "ridge"} & set(path.parts))
    (HERE / "MANIFEST.json").write_text(json.dumps({
        "script": "make_fixtures.py", "seed": SEED,
        "versions": {"torch": torch.__version__.split("+")[0], "transformers": transformers.__version__,
                     "safetensors": safetensors.__version__},
        "sha256": {str(path.relative_to(HERE)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files},
    }, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    hugging_face()
    variants()
    saved_by_python()
    manifest()
