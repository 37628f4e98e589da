"""Attention: time of the fused operator against torch's, interleaved, best of all rounds. Usage: time_attention.py libfarq.so [rounds]"""

import sys
import time

import torch
import torch.nn.functional as F

torch.ops.load_library(sys.argv[1])
ROUNDS = int(sys.argv[2]) if len(sys.argv) > 2 else 4
B, H, S, D = 8, 12, 512, 64
OFFSETS = [S * i for i in range(B + 1)]


def fused(packed, lam, heads, size, value_size, shared, dropout):
    return torch.ops.farq.attention(packed, None, None, lam, OFFSETS, [], heads, size, value_size, shared, False, size**-0.5, dropout, 3)


def cases(dtype):
    q, k, v = (torch.randn(B, H, S, D, dtype=dtype, requires_grad=True) for _ in range(3))
    do = torch.randn(B, H, S, D, dtype=dtype)
    qkv = torch.randn(B * S, 3 * H * D, dtype=dtype, requires_grad=True)
    qqkv = torch.randn(B * S, 4 * H * D, dtype=dtype, requires_grad=True)
    rows = torch.randn(B * S, H * D, dtype=dtype)
    lam = torch.full((1, H), 0.5, requires_grad=True)
    token_lam = torch.full((B * S, H), 0.5, requires_grad=True)
    yield "torch math p=0.1", lambda: F.scaled_dot_product_attention(q, k, v, dropout_p=0.1), [q, k, v], do
    yield "torch flash p=0", lambda: F.scaled_dot_product_attention(q, k, v), [q, k, v], do
    yield "fused p=0", lambda: fused(qkv, None, H, D, D, False, 0.0), [qkv], rows
    yield "fused p=0.1", lambda: fused(qkv, None, H, D, D, False, 0.1), [qkv], rows
    yield "fused pair p=0.1", lambda: fused(qkv, lam[:, : H // 2], H // 2, D, 2 * D, False, 0.1), [qkv, lam], rows
    yield "fused split p=0.1", lambda: fused(qkv, lam, H, D // 2, D, False, 0.1), [qkv, lam], rows
    yield "fused diff-v2 p=0.1", lambda: fused(qqkv, token_lam, H, D, D, True, 0.1), [qqkv, token_lam], rows


for dtype in (torch.float32, torch.bfloat16):
    best = {}
    list_ = list(cases(dtype))
    for _ in range(ROUNDS):
        for name, forward, inputs, gradient in list_:
            start = time.perf_counter()
            o = forward()
            middle = time.perf_counter()
            torch.autograd.grad(o, inputs, gradient)
            end = time.perf_counter()
            one = best.setdefault(name, [9e9, 9e9])
            one[0] = min(one[0], middle - start)
            one[1] = min(one[1], end - start)
    print(str(dtype)[6:], f"[{B},{H},{S},{D}]", torch.ops.farq.kernels(0), torch.get_num_threads(), "threads")
    for name, (f, t) in best.items():
        base = best["fused p=0.1"][1]
        print(f"  {name:22} forward {f * 1e3:6.1f} ms  both {t * 1e3:6.1f} ms  = {t / base:.2f} x fused p=0.1")
