#!/usr/bin/env python3
"""Makes the fixtures of encoder-decoders: python3 make_fixtures.py (versions: ../requirements.txt).

- model/: an EncoderDecoderModel of two BERTs, saved by transformers, with `expected.safetensors`: a padded batch, names
  to write, logits, loss, every gradient, and each label's mean log-probability.
- bert/: a BertForMaskedLM; `expected.safetensors` has the cross-attention `w.*` of the EncoderDecoderModel that
  transformers makes of it, and its logits.
- variants/*: hybrids on model/ by the plain restatement in reference_encoder_decoder.py, with the gradients of attention.
- python/: a hybrid made, trained and saved by transformers with modeling_farq.py.
- ignore-mask/*: classifiers on ../geometry-4 whose differential heads attend to padding, as the notebook's did.
"""

import hashlib
import json
import pathlib
import shutil
import sys

import safetensors
import torch
import transformers
from safetensors.torch import load_file, save_file
from torch.nn import functional as F
from transformers import BertConfig, BertForMaskedLM, EncoderDecoderConfig, EncoderDecoderModel

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
import make_fixtures as common
import reference
import reference_encoder_decoder as plain

SEED = 20250301
START, END = 2, 3
NAMES = [[7, 8], [9], [7, 10, 11]]
LABELS = ["رياضة", "طب", "اقتصاد عام"]


def bert():
    return BertConfig(
        vocab_size=40, hidden_size=16, num_hidden_layers=4, num_attention_heads=4, intermediate_size=24,
        max_position_embeddings=24, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0)


def fresh(name):
    folder = HERE / name
    folder.mkdir(parents=True, exist_ok=True)
    for file in folder.iterdir():
        file.unlink()
    return folder


def names_of(targets):
    """What the decoder is to write: the name's tokens and [SEP], -100 behind them. [B, n]"""
    width = max(len(NAMES[t]) for t in targets) + 1
    return torch.tensor([(NAMES[t] + [END] + [-100] * width)[:width] for t in targets])


def decoder_ids(names):
    """What the decoder reads: [CLS] and the name's tokens. [B, n]"""
    return torch.cat([torch.full_like(names[:, :1], START), names[:, :-1].clamp(min=0)], dim=1)


def label_scores(logits_of, ids, mask):
    """The mean log-probability of each label's tokens and [SEP], label by label. [B, K]"""
    scores = []
    for label in range(len(NAMES)):
        names = names_of([label] * len(ids))
        log_p = torch.log_softmax(logits_of(ids, mask, decoder_ids(names)), dim=-1)
        scores.append(log_p.gather(2, names[..., None])[..., 0].mean(dim=1))
    return torch.stack(scores, dim=1)


def baseline():
    config = EncoderDecoderConfig.from_encoder_decoder_configs(bert(), bert())
    config.decoder_start_token_id, config.eos_token_id, config.pad_token_id = START, END, 0
    config.id2label = dict(enumerate(LABELS))
    config.label2id = {name: i for i, name in enumerate(LABELS)}
    model = common.shake(EncoderDecoderModel(config), SEED)
    folder = fresh("model")
    model.save_pretrained(folder)
    ids, mask, targets = common.batch(3, SEED + 1)
    names = names_of(targets.tolist())
    out = model(input_ids=ids, attention_mask=mask.long(), labels=names)
    out.loss.backward()
    logits_of = lambda ids, mask, own: model(
        input_ids=ids, attention_mask=mask.long(), decoder_input_ids=own).logits
    tensors = {"input_ids": ids, "attention_mask": mask, "targets": targets, "names": names,
               "logits": out.logits.detach(), "loss": out.loss.detach()}
    with torch.no_grad():
        tensors["scores"] = label_scores(logits_of, ids, mask)
    tensors |= {f"g.{k}": p.grad for k, p in model.named_parameters() if p.grad is not None}
    save_file(tensors, folder / "expected.safetensors", {"names": json.dumps(NAMES)})
    weights = load_file(folder / "model.safetensors")
    got = plain.logits(weights, bert().to_dict(), {**plain.STANDARD, "stack": "both"}, ids, mask, decoder_ids(names))
    real = names != -100
    assert torch.allclose(got[real], out.logits[real], atol=1e-5), "the restatement departs from transformers"
    return weights


def from_bert():
    folder = fresh("bert")
    common.shake(BertForMaskedLM(bert()), SEED + 2).save_pretrained(folder)
    model = EncoderDecoderModel.from_encoder_decoder_pretrained(folder, folder)
    model.config.decoder_start_token_id, model.config.pad_token_id = START, 0
    new = [(k, p) for k, p in model.named_parameters() if "crossattention" in k or "encoder.pooler" in k]
    generator = torch.Generator().manual_seed(SEED + 3)
    with torch.no_grad():
        for _, parameter in new:
            parameter.add_(torch.randn(parameter.shape, generator=generator) * 0.3)
    model.eval()
    ids, mask, targets = common.batch(3, SEED + 4)
    names = names_of(targets.tolist())
    with torch.no_grad():
        out = model(input_ids=ids, attention_mask=mask.long(), labels=names)
    tensors = {"input_ids": ids, "attention_mask": mask, "targets": targets, "names": names, "logits": out.logits,
               "loss": out.loss, **{f"w.{k}": p.detach().clone() for k, p in new}}
    save_file(tensors, folder / "expected.safetensors", {"names": json.dumps(NAMES)})


# name: variant, pairing, granularity, ratio, placement, stack, lambda_init
CASES = {
    "diff-pair-layers-50-first-decoder": ("diff", "pair", "layers", 0.5, "first", "decoder", "depth"),
    "diff-pair-layers-25-last-both": ("diff", "pair", "layers", 0.25, "last", "both", "depth"),
    "diff-split-layers-50-spread-both": ("diff", "split", "layers", 0.5, "spread", "both", "depth"),
    "diff-split-heads-25-decoder": ("diff", "split", "heads", 0.25, "first", "decoder", "depth"),
    "diff-pair-heads-50-both": ("diff", "pair", "heads", 0.5, "first", "both", "depth"),
    "diff-pair-layers-50-last-encoder": ("diff", "pair", "layers", 0.5, "last", "encoder", "depth"),
    "diff-v2-layers-50-alternate-decoder": ("diff-v2", None, "layers", 0.5, "alternate", "decoder", "depth"),
    "diff-v2-layers-25-first-both": ("diff-v2", None, "layers", 0.25, "first", "both", "depth"),
    "dex-layers-50-last-decoder": ("dex", None, "layers", 0.5, "last", "decoder", "depth"),
    "dex-heads-25-both": ("dex", None, "heads", 0.25, "first", "both", "depth"),
    "notebook-layers-25-first-decoder": ("notebook", "split", "layers", 0.25, "first", "decoder", 0.8),
    "notebook-heads-50-both": ("notebook", "split", "heads", 0.5, "first", "both", 0.8),
}


def new_tensors(plan, generator):
    """What the hybrid has beside the baseline's tensors, in each changed stack."""
    new = {}
    for stack, root in (("encoder", "encoder"), ("decoder", "decoder.bert")):
        if plan["stack"] in (stack, "both"):
            for name, tensor in common.new_tensors(plan, bert(), generator).items():
                new[root + name.removeprefix("bert")] = tensor
    return new


def variants(baseline):
    fresh("variants")
    for number, (name, case) in enumerate(CASES.items()):
        variant, pairing, granularity, ratio, placement, stack, initial = case
        plan = common.plan_of((4, variant, pairing, granularity, ratio, placement, initial)) | {"stack": stack}
        new = new_tensors(plan, torch.Generator().manual_seed(SEED + 10 + number))
        w = {k: v.clone().requires_grad_() for k, v in {**baseline, **new}.items()}
        ids, mask, targets = common.batch(3, SEED + 50 + number)
        names = names_of(targets.tolist())
        logits_of = lambda ids, mask, own: plain.logits(w, bert().to_dict(), plan, ids, mask, own)
        logits = logits_of(ids, mask, decoder_ids(names))
        loss = F.cross_entropy(logits.flatten(0, 1), names.flatten())
        loss.backward()
        tensors = {"input_ids": ids, "attention_mask": mask, "targets": targets, "names": names,
                   "logits": logits.detach(), "loss": loss.detach()}
        with torch.no_grad():
            tensors["scores"] = label_scores(logits_of, ids, mask)
        tensors |= {f"w.{k}": v for k, v in new.items()}
        tensors |= {f"g.{k}": v.grad for k, v in w.items() if "attention.self." in k}
        save_file(tensors, HERE / "variants" / f"{name}.safetensors",
                  {"plan": json.dumps(plan), "names": json.dumps(NAMES)})


def ignored_masks():
    fresh("ignore-mask")
    config = common.GEOMETRIES[4]
    baseline = load_file(HERE.parent / "geometry-4/model.safetensors")
    for number, (granularity, ratio) in enumerate([("layers", 0.25), ("heads", 0.5)]):
        plan = common.plan_of((4, "notebook", "split", granularity, ratio, "first", 0.8)) | {"ignore_mask": True}
        new = common.new_tensors(plan, config, torch.Generator().manual_seed(SEED + 90 + number))
        ids, mask, targets = common.batch(4, SEED + 95 + number)
        logits = reference.logits({**baseline, **new}, config.to_dict(), plan, ids, mask)
        tensors = {"input_ids": ids, "attention_mask": mask, "targets": targets, "logits": logits}
        tensors |= {f"w.{k}": v for k, v in new.items()}
        save_file(tensors, HERE / "ignore-mask" / f"{granularity}.safetensors", {"plan": json.dumps(plan)})


def saved_by_python(baseline):
    """A hybrid made, trained a little and saved in transformers with the modeling_farq.py that Farq saves beside it."""
    module = common.modeling_farq()
    plan = common.plan_of((4, "diff", "pair", "layers", 0.25, "last", "depth")) | {"stack": "both"}
    config = module.FarqEncoderDecoderConfig(
        encoder=bert().to_dict(), decoder={**bert().to_dict(), "is_decoder": True, "add_cross_attention": True},
        decoder_start_token_id=START, eos_token_id=END, pad_token_id=0, id2label=dict(enumerate(LABELS)),
        label2id={name: i for i, name in enumerate(LABELS)},
        farq={"format": 1, "architecture": "encoder-decoder", "attention": plan,
              "label_tokens": {"start": START, "end": END, "names": NAMES}})
    model = module.FarqEncoderDecoderModel(config)
    model.load_state_dict({**baseline, **new_tensors(plan, torch.Generator().manual_seed(SEED + 80))}, strict=False)
    ids, mask, targets = common.batch(3, SEED + 81)
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3)
    for _ in range(3):
        model(input_ids=ids, attention_mask=mask.long(), labels=names_of(targets.tolist())).loss.backward()
        optimizer.step()
        optimizer.zero_grad()
    model.eval()
    folder = fresh("python")
    model.save_pretrained(folder)
    shutil.rmtree(folder / "__pycache__", ignore_errors=True)
    for name in ("modeling_farq.py", "generation_config.json"):
        (folder / name).unlink(missing_ok=True)
    logits_of = lambda ids, mask, own: model(
        input_ids=ids, attention_mask=mask.long(), decoder_input_ids=own).logits
    with torch.no_grad():
        save_file({"input_ids": ids, "attention_mask": mask, "scores": label_scores(logits_of, ids, mask)},
                  folder / "expected.safetensors")


def manifest():
    files = sorted(path for path in HERE.rglob("*")
                   if path.is_file() and path.name != "MANIFEST.json" and "__pycache__" not in path.parts)
    (HERE / "MANIFEST.json").write_text(json.dumps({
        "script": "make_fixtures.py", "seed": SEED,
        "versions": {"torch": torch.__version__.split("+")[0], "transformers": transformers.__version__,
                     "safetensors": safetensors.__version__},
        "sha256": {str(path.relative_to(HERE)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files},
    }, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    weights = baseline()
    from_bert()
    variants(weights)
    ignored_masks()
    saved_by_python(weights)
    manifest()
