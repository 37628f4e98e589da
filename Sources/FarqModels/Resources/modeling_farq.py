"""BERT with differential attention, as Farq saves it, for Hugging Face transformers (4.40 or later).

    AutoModelForSequenceClassification.from_pretrained(folder, trust_remote_code=True)
    AutoModelForMaskedLM.from_pretrained(folder, trust_remote_code=True)
    AutoModelForSeq2SeqLM.from_pretrained(folder, trust_remote_code=True)  # an encoder-decoder

`config.farq["attention"]` says which layers, or which heads of every layer, are differential and how. The module needs
nothing but torch and transformers. Shapes: B documents, N tokens, H heads of size d = D / H, D hidden size.
"""

import math

import torch
from torch import nn
from torch.nn import functional as F
from transformers import (
    BertConfig, BertForMaskedLM, BertForSequenceClassification, EncoderDecoderConfig, EncoderDecoderModel)


class FarqBertConfig(BertConfig):
    """BERT's configuration and the object `farq`."""

    model_type = "farq-bert"

    def __init__(self, farq=None, **kwargs):
        super().__init__(**kwargs)
        self.farq = farq


class FarqEncoderDecoderConfig(EncoderDecoderConfig):
    """Two BERTs' configurations and the object `farq`."""

    model_type = "farq-encoder-decoder"

    def __init__(self, farq=None, **kwargs):
        super().__init__(**kwargs)
        self.farq = farq


class FarqSelfAttention(nn.Module):
    """Stands for `attention.self` of a layer in which some or all heads are differential."""

    def __init__(self, config, plan, layer):
        super().__init__()
        self.variant = plan["variant"]
        self.layer = layer
        self.heads = config.num_attention_heads
        self.size = config.hidden_size // self.heads
        self.changed = self.heads if plan["granularity"] == "layers" else len(plan["heads"])
        self.ignore_mask = plan.get("ignore_mask", False) and not config.is_decoder
        initial = plan.get("lambda_init", "depth")
        self.lambda_init = 0.8 - 0.6 * math.exp(-0.3 * layer) if initial == "depth" else float(initial)
        self.map_size = self.size if plan.get("pairing") == "pair" else self.size // 2
        self.dropout = 0.0 if self.variant == "notebook" else config.attention_probs_dropout_prob
        hidden = config.hidden_size
        # diff-v2: the rows of the differential heads, two query heads each, then those of the standard heads.
        self.query_edge = self.changed * self.size * (2 if self.variant == "diff-v2" else 1)
        self.query = nn.Linear(hidden, hidden - self.changed * self.size + self.query_edge)
        self.key = nn.Linear(hidden, hidden)
        self.value = nn.Linear(hidden, hidden)
        self.add_new_parameters(hidden)

    def add_new_parameters(self, hidden):
        if self.variant in ("diff", "notebook"):
            length, deviation = (self.map_size, 0.1) if self.variant == "diff" else (self.size, 1.0)
            for name in ("lambda_q1", "lambda_k1", "lambda_q2", "lambda_k2"):
                setattr(self, name, nn.Parameter(torch.randn(length) * deviation))
        if self.variant == "diff":
            self.subln = SubLayerNorm(2 * self.map_size)
        elif self.variant == "diff-v2":
            self.lambda_proj = nn.Linear(hidden, self.changed)
        elif self.variant == "dex":
            self.dex = HeadCorrection(self.changed, self.size, self.lambda_init)
        elif self.variant == "notebook":
            self.out = nn.Linear(hidden, hidden)
        elif self.variant != "diff":
            raise ValueError(f"this modeling_farq.py does not know the attention '{self.variant}': update it")

    def forward(self, hidden_states, attention_mask=None, *args, **kwargs):
        hidden_mask = self.hidden_keys(attention_mask)
        # The notebook's differential heads attended to padding; standard heads beside them do not.
        changed_mask = None if self.ignore_mask else hidden_mask
        query, key, value = self.query(hidden_states), self.key(hidden_states), self.value(hidden_states)
        key, value = self.remembered(key, value, kwargs.get("past_key_values"))
        edge, query_edge = self.changed * self.size, self.query_edge
        first = self.changed_heads(
            query[..., :query_edge], key[..., :edge], value[..., :edge], changed_mask, hidden_states)
        rest = [self.split(t, self.size) for t in (query[..., query_edge:], key[..., edge:], value[..., edge:])]
        joined = first if self.changed == self.heads else torch.cat(
            [first, self.join(self.standard(*rest, hidden_mask))], dim=-1)
        if self.variant == "notebook":
            joined = self.out(joined)
        return joined, None

    def remembered(self, key, value, cache):
        """A decoder's keys and values of all tokens so far, where it writes token by token. [B, N, D]"""
        if cache is None:
            return key, value
        cache = getattr(cache, "self_attention_cache", cache)
        keys, values = cache.update(self.split(key, self.size), self.split(value, self.size), self.layer)
        return self.join(keys), self.join(values)

    def changed_heads(self, query, key, value, hidden_mask, hidden_states):
        """The differential heads: [B, N, n · d] each (twice that of queries in diff-v2) -> [B, N, n · d]"""
        if self.variant == "diff-v2":
            gate = torch.sigmoid(self.lambda_proj(hidden_states)).transpose(1, 2)[..., None]  # [B, n, N, 1]
            q, k, v = (self.split(t, self.size) for t in (query, key, value))
            return self.join(self.differential(q[:, 0::2], q[:, 1::2], k, k, v, gate, hidden_mask))
        if self.variant == "dex":
            q, k, v = (self.split(t, self.size) for t in (query, key, value))
            return self.join(self.dex(self.standard(q, k, v, hidden_mask)))
        q, k = self.split(query, self.map_size), self.split(key, self.map_size)
        v = self.split(value, 2 * self.map_size)
        lam = (torch.exp(torch.sum(self.lambda_q1 * self.lambda_k1))
               - torch.exp(torch.sum(self.lambda_q2 * self.lambda_k2)) + self.lambda_init)
        heads = self.differential(q[:, 0::2], q[:, 1::2], k[:, 0::2], k[:, 1::2], v, lam, hidden_mask)
        if self.variant == "diff":
            heads = self.subln(heads) * (1 - self.lambda_init)
        return self.join(heads)

    def standard(self, query, key, value, hidden_mask):
        return F.dropout(self.map(query, key, hidden_mask), self.dropout, self.training) @ value

    def differential(self, query1, query2, key1, key2, value, lam, hidden_mask):
        """(softmax(q1 k1ᵀ/√m) − λ · softmax(q2 k2ᵀ/√m)) v"""
        maps = self.map(query1, key1, hidden_mask) - lam * self.map(query2, key2, hidden_mask)
        return F.dropout(maps, self.dropout, self.training) @ value

    def map(self, query, key, hidden_mask):
        scores = query @ key.transpose(2, 3) / math.sqrt(query.shape[-1])
        if hidden_mask is not None:
            scores = scores.masked_fill(hidden_mask, torch.finfo(scores.dtype).min)
        return torch.softmax(scores, dim=-1)

    def hidden_keys(self, mask):
        """True where a key is hidden, from transformers' mask: additive, or true where a key is seen. [B, 1, 1 or N, N]"""
        if mask is None:
            return None
        if mask.dim() == 2:
            mask = mask[:, None, None, :].bool()
        return ~mask if mask.dtype == torch.bool else mask < -1

    @staticmethod
    def split(x, size):
        """[B, N, h · size] -> [B, h, N, size]"""
        return x.view(x.shape[0], x.shape[1], x.shape[2] // size, size).transpose(1, 2)

    @staticmethod
    def join(heads):
        """[B, h, N, size] -> [B, N, h · size]"""
        return heads.transpose(1, 2).flatten(2)


class SubLayerNorm(nn.Module):
    """RMS norm over a head's output, one weight for the heads of the layer."""

    def __init__(self, size):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(size))

    def forward(self, x):
        return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + 1e-5) * self.weight


class HeadCorrection(nn.Module):
    """DEX: o_h − λ_h · W_h o_h for heads [B, n, N, d]."""

    def __init__(self, heads, size, initial):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(heads, size, size))
        # A Python attribute cannot be called `lambda` in source, the tensor in the file is.
        self.register_parameter("lambda", nn.Parameter(torch.full((heads,), initial)))

    def forward(self, heads):
        correction = heads @ self.weight.transpose(1, 2)
        return heads - getattr(self, "lambda")[:, None, None] * correction


class FarqAttention:
    """What both models below add to BERT's: differential attention where `config.farq` says so."""

    config_class = FarqBertConfig
    # The attention modules work on plain masks; transformers then prepares those of its eager attention.
    _supports_sdpa = False
    _supports_flash_attn = False
    _supports_flash_attn_2 = False
    _supports_flex_attn = False

    def __init__(self, config):
        super().__init__(config)
        replace_attention(self.bert, config.farq, "encoder")
        self.post_init()


class FarqBertForSequenceClassification(FarqAttention, BertForSequenceClassification):
    """`BertForSequenceClassification` with differential attention."""


class FarqBertForMaskedLM(FarqAttention, BertForMaskedLM):
    """`BertForMaskedLM` with differential attention."""


class FarqEncoderDecoderModel(EncoderDecoderModel):
    """`EncoderDecoderModel` of two BERTs with differential self-attention where `config.farq` says so."""

    config_class = FarqEncoderDecoderConfig
    _supports_sdpa = False
    _supports_flash_attn = False
    _supports_flash_attn_2 = False
    _supports_flex_attn = False

    def __init__(self, config=None, encoder=None, decoder=None):
        if config is not None:
            for part in (config, config.encoder, config.decoder):
                part._attn_implementation = "eager"
        super().__init__(config, encoder, decoder)
        replace_attention(self.encoder, self.config.farq, "encoder")
        replace_attention(self.decoder.bert, self.config.farq, "decoder")


def replace_attention(bert, farq, stack):
    """Puts the differential attention that the plan has for `stack` into a BERT."""
    plan = (farq or {}).get("attention") or {"variant": "standard"}
    if plan["variant"] == "standard" or plan.get("stack", "encoder") not in (stack, "both"):
        return
    for index, layer in enumerate(bert.encoder.layer):
        if plan["granularity"] == "heads" or index in plan["layers"]:
            layer.attention.self = FarqSelfAttention(bert.config, plan, index)


FarqBertConfig.register_for_auto_class("AutoConfig")
FarqBertForSequenceClassification.register_for_auto_class("AutoModelForSequenceClassification")
FarqBertForMaskedLM.register_for_auto_class("AutoModelForMaskedLM")
FarqEncoderDecoderConfig.register_for_auto_class("AutoConfig")
FarqEncoderDecoderModel.register_for_auto_class("AutoModelForSeq2SeqLM")
