"""The bfloat16 linear layer, sparse embedding and AdamW against torch's. Usage: check_training.py libfarq.so"""

import sys
import time

import torch
import torch.nn.functional as F

torch.ops.load_library(sys.argv[1])
torch.manual_seed(1)
farq = torch.ops.farq
SETTINGS = dict(lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01)


def error(a, b):
    return ((a.double() - b.double()).abs().max() / b.double().abs().max().clamp_min(1e-9)).item()


def report(name, limit, *errors):
    ok = max(errors) < limit
    print("ok " if ok else "BAD", f"{name:44}", *[f"{e:.1e}" for e in errors])
    return ok


def linear():
    ok = True
    for rows, i, o in ((517, 768, 3072), (1, 100, 37), (4096, 768, 768)):
        x = torch.randn(rows, i).bfloat16().requires_grad_()
        w = (torch.randn(o, i) * 0.02).requires_grad_()
        b = torch.randn(o, requires_grad=True)
        y = farq.linear(x, w, b)
        dy = torch.randn_like(y)
        grads = torch.autograd.grad(y, [x, w, b], dy)
        assert grads[1].dtype == grads[2].dtype == torch.float32
        d = [t.detach().double().requires_grad_() for t in (x, w.bfloat16(), b.bfloat16())]
        ref = F.linear(*d)
        expected = torch.autograd.grad(ref, d, dy.double())
        ok &= report(f"linear {rows}x{i}x{o} y dx", 1e-2, error(y, ref), error(grads[0], expected[0]))
        print("    weight and bias gradients", *[f"{error(g, e):.1e}" for g, e in zip(grads[1:], expected[1:])])
    return ok


def adamw():
    words, size = 5000, 96
    start = [torch.randn(words, size), torch.randn(300, 257), torch.randn(7), torch.randn(70000)]
    ours = [t.clone().requires_grad_() for t in start]
    theirs = [t.clone().requires_grad_() for t in start]
    exact = [t.double().requires_grad_() for t in start]
    optimizers = [torch.optim.AdamW(theirs, **SETTINGS), torch.optim.AdamW(exact, **SETTINGS)]
    m, v = ([torch.zeros_like(t) for t in start] for _ in range(2))
    for step in range(30):
        ids = torch.randint(0, words // (1 + step % 3), (40, 8))
        losses = []
        for k, p in enumerate((ours, theirs, exact)):
            for t in p:
                t.grad = None
            rows = farq.embedding(p[0], ids) if k == 0 else p[0][ids]
            g = torch.Generator().manual_seed(step)
            loss = (rows.tanh() * torch.randn(rows.shape, generator=g).to(rows.dtype)).sum()
            for t in p[1:]:
                loss = loss + (t * torch.randn(t.shape, generator=g).to(t.dtype)).sin().sum()
            loss.backward()
            losses.append(loss)
        assert ours[0].grad.is_sparse
        norm = farq.gradient_norm(ours)
        reference = torch.nn.utils.clip_grad_norm_(exact, 1.0).item()
        torch.nn.utils.clip_grad_norm_(theirs, 1.0)
        assert abs(norm / reference - 1) < 1e-5, (norm, reference)
        farq.adamw(ours, m, v, step, 1e-3, 0.9, 0.999, 1e-8, 0.01, min(1, 1 / (norm + 1e-6)))
        for o in optimizers:
            o.step()
    ok = report("adamw after 30 steps, ours", 1e-5, *[error(a, b) for a, b in zip(ours, exact)])
    report("  torch's float32 AdamW, for comparison", 1, *[error(a, b) for a, b in zip(theirs, exact)])
    return ok


def timing():
    shapes = [(64000, 768)] + [(768, 768)] * 48 + [(3072, 768), (768, 3072)] * 12 + [(768,)] * 100
    params = [torch.randn(s).mul_(0.02).requires_grad_() for s in shapes]
    m, v = ([torch.zeros_like(t) for t in params] for _ in range(2))
    dense = [torch.randn(p.shape) * 1e-3 for p in params]
    ids = torch.randint(0, 64000, (4096,)).unique()
    sparse = [torch.sparse_coo_tensor(ids[None], torch.randn(len(ids), 768) * 1e-3, shapes[0], is_coalesced=True, check_invariants=False)] + dense[1:]
    steps = [torch.tensor(3.0) for _ in params]

    def give(grads):
        for p, g in zip(params, grads):
            p.grad = g

    def theirs():
        torch._foreach_norm(dense)
        with torch.no_grad():
            torch._fused_adamw_(params, dense, m, v, [], steps, lr=1e-3, beta1=0.9, beta2=0.999, weight_decay=0.01, eps=1e-8, amsgrad=False, maximize=False)

    def ours(grads):
        give(grads)
        farq.gradient_norm(params)
        farq.adamw(params, m, v, 3, 1e-3, 0.9, 0.999, 1e-8, 0.01, 0.5)

    cases = {"torch norm + fused adamw": theirs, "ours, dense": lambda: ours(dense), "ours, sparse words": lambda: ours(sparse)}
    best = {}
    for _ in range(6):
        for name, f in cases.items():
            a = time.perf_counter()
            f()
            best[name] = min(best.get(name, 9), time.perf_counter() - a)
    print(f"{sum(p.numel() for p in params) / 1e6:.0f} M parameters,", len(ids), "rows touched")
    for name, t in best.items():
        print(f"  {name:34} {t * 1e3:6.1f} ms")
    params = []
    for rows, i, o in ((4096, 768, 768), (4096, 768, 3072), (4096, 3072, 768)):
        x, w = torch.randn(rows, i).bfloat16().requires_grad_(), (torch.randn(o, i) * 0.02).requires_grad_()
        b, dy = torch.zeros(o, requires_grad=True), torch.randn(rows, o).bfloat16()

        def autocast():
            with torch.autocast("cpu", torch.bfloat16):
                y = F.linear(x, w, b)
            torch.autograd.grad(y, [x, w, b], dy)

        cases = {"autocast": autocast, "ours": lambda: torch.autograd.grad(farq.linear(x, w, b), [x, w, b], dy)}
        best = {}
        for _ in range(6):
            for name, f in cases.items():
                a = time.perf_counter()
                f()
                best[name] = min(best.get(name, 9), time.perf_counter() - a)
        flops = 6 * rows * i * o
        print(f"linear {rows}x{i}x{o} both ways:", {k: f"{t * 1e3:.1f} ms, {flops / t / 1e9:.0f} GF" for k, t in best.items()})


ok = linear() & adamw()
timing()
sys.exit(0 if ok else 1)
