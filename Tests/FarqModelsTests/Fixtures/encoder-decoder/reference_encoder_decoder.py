"""A plain restatement of transformers' EncoderDecoderModel of two BERTs, with the attention variants, on padded batches.

Beside ../reference.py, whose attention it shares; the decoder's own is given a causal mask.
"""

import torch
from torch.nn import functional as F

import reference

STANDARD = {"variant": "standard", "granularity": "layers", "layers": []}


def plan_in(plan, stack):
    return plan if plan["stack"] in (stack, "both") else STANDARD


def cross_attention(w, place, heads, x, states, mask):
    """Queries of the decoder over the encoder's states. [B, n, D], [B, N, D], [B, N] -> [B, n, D]"""
    size = x.shape[-1] // heads
    linear = lambda t, name: t @ w[f"{place}.{name}.weight"].T + w[f"{place}.{name}.bias"]
    query, key, value = linear(x, "query"), linear(states, "key"), linear(states, "value")
    cut = lambda t, head: t[:, :, head * size : (head + 1) * size]
    return torch.cat([
        reference.softmax_map(cut(query, h), cut(key, h), mask) @ cut(value, h) for h in range(heads)], dim=-1)


def stack(w, root, config, plan, ids, mask, states=None, states_mask=None):
    """One BERT: tokens [B, N] -> states [B, N, D]; with `states` of the encoder it is the decoder."""
    norm = lambda x, name: F.layer_norm(
        x, x.shape[-1:], w[f"{name}.LayerNorm.weight"], w[f"{name}.LayerNorm.bias"], config["layer_norm_eps"])
    dense = lambda x, name: x @ w[f"{name}.weight"].T + w[f"{name}.bias"]
    heads = config["num_attention_heads"]
    place = f"{root}.embeddings"
    x = F.embedding(ids, w[f"{place}.word_embeddings.weight"], padding_idx=config["pad_token_id"])
    x = x + w[f"{place}.position_embeddings.weight"][: ids.shape[1]]
    x = norm(x + w[f"{place}.token_type_embeddings.weight"][0], place)
    for index in range(config["num_hidden_layers"]):
        layer = f"{root}.encoder.layer.{index}"
        joined = reference.attention(w, f"{layer}.attention.self", plan, index, heads, x, mask)
        x = norm(x + dense(joined, f"{layer}.attention.output.dense"), f"{layer}.attention.output")
        if states is not None:
            joined = cross_attention(w, f"{layer}.crossattention.self", heads, x, states, states_mask)
            x = norm(x + dense(joined, f"{layer}.crossattention.output.dense"), f"{layer}.crossattention.output")
        wide = F.gelu(dense(x, f"{layer}.intermediate.dense"))
        x = norm(x + dense(wide, f"{layer}.output.dense"), f"{layer}.output")
    return x


def logits(w, config, plan, ids, mask, decoder_ids):
    """Every word's logit after each of the decoder's tokens. [B, N] twice, [B, n] -> [B, n, V]"""
    states = stack(w, "encoder", config, plan_in(plan, "encoder"), ids, mask)
    length = decoder_ids.shape[1]
    causal = torch.ones(length, length, dtype=torch.bool).tril().expand(len(ids), length, length)
    x = stack(w, "decoder.bert", config, plan_in(plan, "decoder"), decoder_ids, causal, states, mask)
    head = "decoder.cls.predictions"
    x = F.gelu(x @ w[f"{head}.transform.dense.weight"].T + w[f"{head}.transform.dense.bias"])
    x = F.layer_norm(x, x.shape[-1:], w[f"{head}.transform.LayerNorm.weight"],
                     w[f"{head}.transform.LayerNorm.bias"], config["layer_norm_eps"])
    return x @ w["decoder.bert.embeddings.word_embeddings.weight"].T + w[f"{head}.bias"]
