"""Makes the fixtures beside this file with transformers' BertForMaskedLM.

- masked/: a tiny checkpoint as save_pretrained writes it.
- masked.json: 20 updates of it as Trainer takes them, on documents of several lengths with words hidden.
- distillation.json: logits of a student and a teacher, the loss between them by torch's KL divergence and the teacher's
  entropy, and its gradients.
- semantics.json: documents of a few subjects, and the cosines between them by scikit-learn's latent semantic analysis.

    pip install -r requirements.txt && python make_fixtures.py
"""

import json
import pathlib

import numpy
import torch
import transformers
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfTransformer
from transformers import BertConfig, BertForMaskedLM

HERE = pathlib.Path(__file__).parent
SEED = 20240612
STEPS = 20
WORDS = 40
MASK = 4


def shaken(model):
    """Weights wide enough that attention is far from even, norms and biases that are not the identity."""
    generator = torch.Generator().manual_seed(SEED)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            noise = torch.randn(parameter.shape, generator=generator)
            parameter.add_(noise * (0.1 if parameter.dim() == 1 else 0.15))
    model.tie_weights()
    return model


def documents(generator):
    """Documents with their labels: -100 but where a word was hidden."""
    rows = []
    for length in torch.randint(4, 16, (5,), generator=generator).tolist():
        words = torch.randint(5, WORDS, (length,), generator=generator)
        hidden = torch.rand(length, generator=generator) < 0.3
        hidden[0] = True
        ids = torch.where(hidden, torch.tensor(MASK), words)
        labels = torch.where(hidden, words, torch.tensor(-100))
        edge = torch.tensor([-100])
        rows.append((torch.cat([torch.tensor([2]), ids, torch.tensor([3])]), torch.cat([edge, labels, edge])))
    return rows


def padded(rows, value):
    return torch.nn.utils.rnn.pad_sequence(rows, batch_first=True, padding_value=value)


def main():
    transformers.logging.set_verbosity_error()
    torch.manual_seed(SEED)
    config = BertConfig(
        vocab_size=WORDS, hidden_size=16, num_hidden_layers=4, num_attention_heads=4, intermediate_size=24,
        max_position_embeddings=24, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0)
    model = shaken(BertForMaskedLM(config))
    model.save_pretrained(HERE / "masked")
    model.train()
    names = dict(model.named_parameters())
    decays = [p for n, p in names.items() if p.dim() >= 2]
    others = [p for n, p in names.items() if p.dim() < 2]
    optimizer = torch.optim.AdamW(
        [{"params": decays, "weight_decay": 0.01}, {"params": others, "weight_decay": 0.0}], lr=2e-3)
    schedule = transformers.get_scheduler("linear", optimizer, num_warmup_steps=4, num_training_steps=STEPS)
    generator = torch.Generator().manual_seed(SEED + 1)
    steps = []
    for _ in range(STEPS):
        rows = documents(generator)
        ids, labels = padded([r[0] for r in rows], 0), padded([r[1] for r in rows], -100)
        mask = padded([torch.ones_like(r[0]) for r in rows], 0)
        loss = model(input_ids=ids, attention_mask=mask, labels=labels).loss
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
        steps.append({
            "documents": [r[0].tolist() for r in rows], "labels": [r[1].tolist() for r in rows], "loss": loss.item()})
    text = json.dumps({
        "versions": {"torch": torch.__version__, "transformers": transformers.__version__}, "peak_rate": 2e-3,
        "warmup_ratio": 0.2, "decay": 0.01, "steps": steps})
    (HERE / "masked.json").write_text(text)


def distillation():
    generator = torch.Generator().manual_seed(SEED + 2)
    cases = []
    for temperature in (1.0, 2.0, 4.0):
        student = (2 * torch.randn(4, 3, generator=generator)).requires_grad_()
        teacher = 3 * torch.randn(4, 3, generator=generator)
        target = torch.softmax(teacher / temperature, -1)
        divergence = torch.nn.functional.kl_div(
            torch.log_softmax(student / temperature, -1), target, reduction="batchmean")
        entropy = -(target * target.log()).sum(-1).mean()
        loss = temperature ** 2 * (divergence + entropy)
        loss.backward()
        cases.append({
            "temperature": temperature, "student": student.flatten().tolist(), "teacher": teacher.flatten().tolist(),
            "loss": loss.item(), "gradient": student.grad.flatten().tolist()})
    (HERE / "distillation.json").write_text(json.dumps(cases))


def unit(rows):
    return rows / numpy.linalg.norm(rows, axis=1, keepdims=True)


def semantics():
    generator = numpy.random.default_rng(SEED + 3)
    subjects = generator.dirichlet(numpy.full(WORDS - 5, 0.1), 6)
    counts = [generator.multinomial(generator.integers(20, 60), subjects[n % 6]) for n in range(36)]
    rows = TfidfTransformer(sublinear_tf=True).fit_transform(counts)
    places = unit(TruncatedSVD(6, algorithm="arpack", random_state=0).fit_transform(rows))
    centred = unit(places - places.mean(axis=0))
    (HERE / "semantics.json").write_text(json.dumps({
        "documents": [generator.permutation(numpy.repeat(numpy.arange(5, WORDS), c)).tolist() for c in counts],
        "cosines": (centred @ centred.T).round(6).tolist()}))


if __name__ == "__main__":
    main()
    distillation()
    semantics()
