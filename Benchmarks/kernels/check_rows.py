"""Dropout + residual + layer norm, and bias + GELU: against the plain formulae. Usage: check_rows.py libfarq.so"""

import sys
import time

import torch
import torch.nn.functional as F

torch.ops.load_library(sys.argv[1])
torch.manual_seed(1)
farq = torch.ops.farq


def error(a, b):
    return ((a.double() - b.double()).abs().max() / b.double().abs().max().clamp_min(1e-2)).item()


def report(name, dtype, o, ref, grads, expected):
    forward, backward = error(o, ref), [error(g, e) for g, e in zip(grads, expected)]
    limit = (1e-5, 1e-4) if dtype == torch.float32 else (1e-2, 1e-2)
    ok = forward < limit[0] and max(backward) < limit[1]
    print(f"{'ok ' if ok else 'BAD'} {name:34} {str(dtype)[6:]:9} forward {forward:.1e}  gradients", *[f"{b:.1e}" for b in backward])
    return ok


def norm(rows, size, dtype, dropout, with_bias):
    x, r = (torch.randn(rows, size).to(dtype).requires_grad_() for _ in range(2))
    w, s, b = (torch.randn(size, requires_grad=True) for _ in range(3))
    bias = b if with_bias else None
    inputs = [x, r, w, s] + ([b] if with_bias else [])
    o = farq.residual_norm(x, bias, r, w, s, 1e-12, dropout, 5)
    do = torch.randn_like(o)
    grads = torch.autograd.grad(o, inputs, do)
    with torch.no_grad():
        assert torch.equal(o, farq.residual_norm(x, bias, r, w, s, 1e-12, dropout, 5))
        # the mask: a row of ones, dropped here and there, under a residual of faint noise
        ones = torch.full((rows, size), 1.0)
        big = (torch.randn(rows, size) * 1e-3).float()
        out = farq.residual_norm(ones, None, big, torch.ones(size), torch.zeros(size), 1e-12, dropout, 5)
        if dropout:  # the two groups lie 1 / (1 - p) apart, the noise is a thousandth
            kept = out > (out.min(1, keepdim=True)[0] + out.max(1, keepdim=True)[0]) / 2
            whole = (out - F.layer_norm(big, (size,), eps=1e-12)).abs().amax(1, keepdim=True) < 1e-2
            kept |= whole  # nothing dropped in the row: only the noise is left
    doubles = [t.detach().double().requires_grad_() for t in inputs]
    z = doubles[0] + (doubles[4] if with_bias else 0)
    if dropout:
        z = z * kept.double() / (1 - dropout)
    ref = F.layer_norm(doubles[1] + z, (size,), doubles[2], doubles[3], 1e-12)
    ok = report(f"norm {rows}x{size} p={dropout} bias={with_bias}", dtype, o, ref, grads, torch.autograd.grad(ref, doubles, do.double()))
    if dropout and rows * size > 100000:
        rate = kept.double().mean().item()
        deviation = abs(rate - 1 + dropout) / (dropout * (1 - dropout) / rows / size) ** 0.5
        print(f"    keep rate {rate:.5f}: {deviation:.1f} deviations")
        ok &= deviation < 4
    return ok


def gelu(rows, size, dtype, tanh, with_bias):
    x = (torch.randn(rows, size) * 3).to(dtype).requires_grad_()
    b = torch.randn(size, requires_grad=True)
    inputs = [x] + ([b] if with_bias else [])
    o = farq.bias_gelu(x, b if with_bias else None, tanh)
    do = torch.randn_like(o)
    grads = torch.autograd.grad(o, inputs, do)
    doubles = [t.detach().double().requires_grad_() for t in inputs]
    ref = F.gelu(doubles[0] + (doubles[1] if with_bias else 0), approximate="tanh" if tanh else "none")
    return report(f"gelu {rows}x{size} tanh={tanh} bias={with_bias}", dtype, o, ref, grads, torch.autograd.grad(ref, doubles, do.double()))


def timing():
    for dtype in (torch.float32, torch.bfloat16):
        x, r = (torch.randn(4096, 768).to(dtype).requires_grad_() for _ in range(2))
        w, s, b = (torch.ones(768, requires_grad=True) for _ in range(3))
        y = torch.randn(4096, 3072).to(dtype).requires_grad_()
        b3, (ws, ss, bs, b3s) = torch.ones(3072, requires_grad=True), (t.detach().to(dtype).requires_grad_() for t in (w, s, b, torch.ones(3072)))
        cases = {
            "norm torch": (lambda: F.layer_norm(r + F.dropout(x + bs, 0.1), (768,), ws, ss, 1e-12), [x, r, ws, ss, bs]),
            "norm fused": (lambda: farq.residual_norm(x, b, r, w, s, 1e-12, 0.1, 5), [x, r, w, s, b]),
            "gelu torch": (lambda: F.gelu(y + b3s), [y, b3s]),
            "gelu fused": (lambda: farq.bias_gelu(y, b3, False), [y, b3]),
        }
        best = {}
        for _ in range(8):
            for name, (f, inputs) in cases.items():
                a = time.perf_counter()
                o = f()
                m = time.perf_counter()
                torch.autograd.grad(o, inputs, o.detach())
                e = time.perf_counter()
                o = None
                one = best.setdefault(name, [9, 9])
                one[0], one[1] = min(one[0], m - a), min(one[1], e - a)
        print(str(dtype)[6:], {k: f"{f * 1e3:.1f} + {(t - f) * 1e3:.1f} ms" for k, (f, t) in best.items()})


def main():
    ok = True
    for dtype in (torch.float32, torch.bfloat16):
        for rows, size in ((1, 768), (517, 768), (37, 100), (3, 17)):
            for with_bias in (False, True):
                for dropout in (0.0, 0.1):
                    ok &= norm(rows, size, dtype, dropout, with_bias)
                for tanh in (False, True):
                    ok &= gelu(rows, size, dtype, tanh, with_bias)
    timing()
    sys.exit(0 if ok else 1)


main()
