"""A plain restatement of BERT with the attention variants of CONTRACT.md section 2, on padded batches.

Written from the formulae alone: a dictionary of tensors in, logits out; one head at a time, nothing fused.
"""

import math

import torch
from torch.nn import functional as F


def lambda_init(plan, layer):
    if plan["lambda_init"] == "depth":
        return 0.8 - 0.6 * math.exp(-0.3 * layer)
    return plan["lambda_init"]


def differential_heads(plan, layer, heads):
    """How many of a layer's heads are differential."""
    if plan["variant"] == "standard":
        return 0
    if plan["granularity"] == "heads":
        return len(plan["heads"])
    return heads if layer in plan["layers"] else 0


def softmax_map(query, key, mask):
    """softmax(q kᵀ / √m) over the keys; hidden keys get weight 0.

    [B, N, m], [B, M, m], and a mask of keys [B, M] or of queries and keys [B, N, M] -> [B, N, M]
    """
    scores = query @ key.transpose(1, 2) / math.sqrt(query.shape[-1])
    seen = mask if mask.dim() == 3 else mask[:, None, :]
    return torch.softmax(scores.masked_fill(~seen, float("-inf")), dim=-1)


def scalar_lambda(w, place, initial):
    first = torch.exp(torch.sum(w[f"{place}.lambda_q1"] * w[f"{place}.lambda_k1"]))
    second = torch.exp(torch.sum(w[f"{place}.lambda_q2"] * w[f"{place}.lambda_k2"]))
    return first - second + initial


def rms_norm(x, weight):
    return x / torch.sqrt(torch.mean(x * x, dim=-1, keepdim=True) + 1e-5) * weight


def attention(w, place, plan, layer, heads, x, mask):
    """The concatenated heads of one layer. [B, N, D] -> [B, N, D]"""
    size = x.shape[-1] // heads
    linear = lambda name: x @ w[f"{place}.{name}.weight"].T + w[f"{place}.{name}.bias"]
    cut = lambda t, head: t[:, :, head * size : (head + 1) * size]
    query, key, value = linear("query"), linear("key"), linear("value")
    count = differential_heads(plan, layer, heads)
    variant = plan["variant"] if count else "standard"
    initial = lambda_init(plan, layer) if count else None
    out = []
    standard_mask = mask
    if plan.get("ignore_mask"):  # the notebook's fault, of differential heads alone
        mask = torch.ones_like(mask)
    if variant == "diff-v2":
        gate = torch.sigmoid(linear("lambda_proj"))  # [B, N, n]
        for h in range(count):
            first = softmax_map(cut(query, 2 * h), cut(key, h), mask) @ cut(value, h)
            second = softmax_map(cut(query, 2 * h + 1), cut(key, h), mask) @ cut(value, h)
            out.append(first - gate[:, :, h : h + 1] * second)
    elif variant == "diff" and plan["pairing"] == "pair":
        lam = scalar_lambda(w, place, initial)
        for h in range(count // 2):
            maps = softmax_map(cut(query, 2 * h), cut(key, 2 * h), mask) - lam * softmax_map(
                cut(query, 2 * h + 1), cut(key, 2 * h + 1), mask)
            both = torch.cat([cut(value, 2 * h), cut(value, 2 * h + 1)], dim=-1)
            out.append(rms_norm(maps @ both, w[f"{place}.subln.weight"]) * (1 - initial))
    elif variant in ("diff", "notebook"):
        lam = scalar_lambda(w, place, initial)
        half = size // 2
        for h in range(count):
            q, k = cut(query, h), cut(key, h)
            maps = softmax_map(q[..., :half], k[..., :half], mask) - lam * softmax_map(
                q[..., half:], k[..., half:], mask)
            head = maps @ cut(value, h)
            if variant == "diff":
                head = rms_norm(head, w[f"{place}.subln.weight"]) * (1 - initial)
            out.append(head)
    elif variant == "dex":
        for h in range(count):
            head = softmax_map(cut(query, h), cut(key, h), mask) @ cut(value, h)
            out.append(head - w[f"{place}.dex.lambda"][h] * (head @ w[f"{place}.dex.weight"][h].T))
    done = sum(head.shape[-1] for head in out) // size
    # The queries of diff-v2's differential heads are twice as many, and stand before those of the standard heads.
    ahead = count if variant == "diff-v2" else 0
    for h in range(done, heads):
        out.append(softmax_map(cut(query, h + ahead), cut(key, h), standard_mask) @ cut(value, h))
    joined = torch.cat(out, dim=-1)
    if variant == "notebook":
        joined = joined @ w[f"{place}.out.weight"].T + w[f"{place}.out.bias"]
    return joined


def logits(w, config, plan, ids, mask):
    """BertForSequenceClassification without dropout. ids and mask [B, N] -> [B, labels]"""
    norm = lambda x, name: F.layer_norm(
        x, x.shape[-1:], w[f"{name}.LayerNorm.weight"], w[f"{name}.LayerNorm.bias"], config["layer_norm_eps"])
    dense = lambda x, name: x @ w[f"{name}.weight"].T + w[f"{name}.bias"]
    embeddings = "bert.embeddings"
    x = F.embedding(ids, w[f"{embeddings}.word_embeddings.weight"], padding_idx=config["pad_token_id"])
    x = x + w[f"{embeddings}.position_embeddings.weight"][: ids.shape[1]]
    x = norm(x + w[f"{embeddings}.token_type_embeddings.weight"][0], embeddings)
    for layer in range(config["num_hidden_layers"]):
        root = f"bert.encoder.layer.{layer}"
        heads = attention(w, f"{root}.attention.self", plan, layer, config["num_attention_heads"], x, mask)
        x = norm(x + dense(heads, f"{root}.attention.output.dense"), f"{root}.attention.output")
        wide = F.gelu(dense(x, f"{root}.intermediate.dense"))
        x = norm(x + dense(wide, f"{root}.output.dense"), f"{root}.output")
    pooled = torch.tanh(dense(x[:, 0], "bert.pooler.dense"))
    return dense(pooled, "classifier")
