"""Attention: the fused operator against the plain formula, forward and backward. Usage: check_attention.py libfarq.so"""

import itertools
import math
import sys

import torch

torch.ops.load_library(sys.argv[1])
torch.manual_seed(1)
farq = torch.ops.farq


def plain(q, k, v, lam, qo, ko, heads, size, value_size, shared, causal, scale, mask=None):
    """The formula in float64, document by document; mask: per document and head, already scaled."""
    maps = 1 if lam is None else 2
    rows = []
    for d in range(len(qo) - 1):
        q0, q1, k0, k1 = qo[d], qo[d + 1], ko[d], ko[d + 1]
        columns = []
        for h in range(heads):
            a = None
            for m in range(maps):
                i = h * maps + m
                j = h if shared else i
                s = q[q0:q1, i * size : (i + 1) * size] @ k[k0:k1, j * size : (j + 1) * size].T * scale
                if causal:
                    n, e = s.shape
                    seen = torch.arange(e)[None] <= torch.arange(n)[:, None] + e - n
                    s = s.masked_fill(~seen, -math.inf)
                p = s.softmax(-1)
                if m == 1:
                    column = lam[q0:q1, h] if lam.shape[0] > 1 else lam[0, h].expand(q1 - q0)
                    p = p * column[:, None]
                a = p if a is None else a - p
            if mask is not None:
                a = a * mask[d][h]
            columns.append(a @ v[k0:k1, h * value_size : (h + 1) * value_size])
        rows.append(torch.cat(columns, 1))
    return torch.cat(rows)


def fused(q, k, v, lam, qo, ko, heads, size, value_size, shared, causal, scale, dropout=0.0, seed=0):
    return farq.attention(q, k, v, lam, qo, ko, heads, size, value_size, shared, causal, scale, dropout, seed)


def offsets(lengths):
    return [0] + list(itertools.accumulate(lengths))


def error(a, b):
    return ((a.double() - b.double()).abs().max() / b.double().abs().max().clamp_min(1e-2)).item() if b.numel() else 0.0


def masks(qo, ko, heads, dropout, seed, dtype):
    """The mask itself: with queries of zero P is 1 / keys, and values that are unit vectors give the map."""
    result = []
    for d in range(len(qo) - 1):
        result.append([])
    longest = max(b - a for a, b in zip(ko, ko[1:]))
    q = torch.zeros(qo[-1], heads * 16, dtype=dtype)
    k = torch.zeros(ko[-1], heads * 16, dtype=dtype)
    v = torch.zeros(ko[-1], heads, longest, dtype=dtype)
    for d in range(len(ko) - 1):
        n = ko[d + 1] - ko[d]
        v[ko[d] : ko[d + 1], :, :n] = torch.eye(n, dtype=dtype)[:, None] * n
    o = fused(q, k, v.flatten(1), None, qo, ko, heads, 16, longest, False, False, 1.0, dropout, seed)
    o = o.view(-1, heads, longest)
    for d in range(len(qo) - 1):
        n = ko[d + 1] - ko[d]
        result[d] = [(o[qo[d] : qo[d + 1], h, :n] != 0).double() / (1 - dropout) for h in range(heads)]
    return result


def case(name, lengths, heads, size, value_size, form, dtype, dropout=0.0, causal=False, key_lengths=None, packed=False):
    shared, maps = form == "shared", 1 if form == "standard" else 2
    qo = offsets(lengths)
    ko = offsets(key_lengths) if key_lengths else qo
    widths = [heads * maps * size, heads * (1 if shared else maps) * size, heads * value_size]
    qkv = [torch.randn(t[-1], w).to(dtype) for t, w in zip((qo, ko, ko), widths)]
    lam = None
    if maps == 2:
        lam = (torch.rand(1 if form == "pair" else qo[-1], heads) + 0.1).requires_grad_()
    scale = 1 / math.sqrt(size)
    if packed:
        whole = torch.cat(qkv, 1).requires_grad_()
        inputs = [whole]
        o = fused(whole, None, None, lam, qo, [], heads, size, value_size, shared, causal, scale, dropout, 7)
    else:  # strided rows
        inputs = [torch.cat([x, x[:, :5]], 1)[:, : x.shape[1]].requires_grad_() for x in qkv]
        o = fused(*inputs, lam, qo, ko if key_lengths else [], heads, size, value_size, shared, causal, scale, dropout, 7)
    do = torch.randn_like(o)
    grads = torch.autograd.grad(o, inputs + ([lam] if lam is not None else []), do)
    doubles = [x.detach().double().requires_grad_() for x in qkv]
    dlam = lam.detach().double().requires_grad_() if lam is not None else None
    mask = masks(qo, ko, heads, dropout, 7, torch.float32) if dropout else None
    ref = plain(*doubles, dlam, qo, ko, heads, size, value_size, shared, causal, scale, mask)
    expected = torch.autograd.grad(ref, doubles + ([dlam] if dlam is not None else []), do.double())
    if packed:
        expected = (torch.cat(expected[:3], 1),) + expected[3:]
    with torch.no_grad():
        inference = fused(*[x.detach() for x in (inputs if not packed else inputs + [None] * 2)],
                          lam, qo, ko if key_lengths else [], heads, size, value_size, shared, causal, scale, dropout, 7) \
            if not packed else o
    assert torch.equal(inference, o)
    forward, backward = error(o, ref), [error(g, e) for g, e in zip(grads, expected)]
    limit = (1e-5, 1e-4) if dtype == torch.float32 else (1e-2, 2e-2)
    ok = forward < limit[0] and max(backward) < limit[1]
    print(f"{'ok ' if ok else 'BAD'} {name:34} {str(dtype)[6:]:9} forward {forward:.1e}  gradients", *[f"{b:.1e}" for b in backward])
    return ok


def main():
    print("kernels:", farq.kernels(0), "threads:", torch.get_num_threads())
    ok = True
    ragged = [1, 2, 3, 15, 16, 17, 33, 64, 65, 100, 129, 7]
    for dtype in (torch.float32, torch.bfloat16):
        for form in ("standard", "pair", "shared"):
            for dropout in (0.0, 0.1):
                run = lambda name, *a, **k: case(f"{form} p={dropout} {name}", *a, form, dtype, dropout, **k)
                ok &= run("ragged", ragged, 3, 64, 64 if form != "pair" else 128)
                ok &= run("512", [512], 2, 64, 64 if form != "pair" else 128)
                ok &= run("packed", [70, 1, 129], 2, 32, 64, packed=True)
                ok &= run("one token", [1], 2, 64, 64)
                ok &= run("odd sizes", [37, 5], 2, 17, 23)
                ok &= run("small", [37, 5, 90], 2, 16, 16)
                ok &= run("128, 80", [97], 2, 128, 80)
            ok &= case(f"{form} causal", ragged, 2, 32, 64, form, dtype, causal=True, packed=True)
            ok &= case(f"{form} cross", [5, 1, 66], 2, 64, 64, form, dtype, key_lengths=[130, 4, 3])
            ok &= case(f"{form} cross causal", [5, 1, 66], 2, 64, 64, form, dtype, causal=True, key_lengths=[130, 4, 70])
            ok &= case(f"{form} 1500", [1500, 3], 1, 64, 64, form, dtype)
    for rate in (0.1, 0.5):
        qo = offsets([512, 400])
        kept = torch.cat([m.flatten() for d in masks(qo, qo, 12, rate, 3, torch.float32) for m in d]) > 0
        deviation = abs(kept.double().mean().item() - (1 - rate)) / math.sqrt(rate * (1 - rate) / kept.numel())
        good = deviation < 4
        ok &= good
        print(f"{'ok ' if good else 'BAD'} keep rate {kept.double().mean():.5f} at p={rate}: {deviation:.1f} deviations")
    empty = fused(torch.randn(3, 32), torch.randn(4, 32), torch.randn(4, 32), None, [0, 1, 3], [0, 0, 4], 2, 16, 16, False, False, 1.0)
    ok &= bool((empty[0] == 0).all())
    sys.exit(0 if ok else 1)


main()
