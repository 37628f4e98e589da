"""Makes ridge/expected.safetensors: a ridge regression drawn to a given start, by numpy's least-squares solver.

    python3 make_ridge.py        (needs numpy and safetensors)

Rows √k · I below X and √k · W₀ below Y make the penalty k ‖W − W₀‖² part of the least squares; the bias has none.
"""

from pathlib import Path

import numpy as np
from safetensors.numpy import save_file

rng = np.random.default_rng(7)
x = (rng.normal(size=(200, 6)) @ rng.normal(size=(6, 6)) + 0.5).astype(np.float32)
y = (x @ rng.normal(size=(6, 3)) + 1.5 + 0.3 * rng.normal(size=(200, 3))).astype(np.float32)
start_weight = rng.normal(size=(3, 6)).astype(np.float32)
start_bias = rng.normal(size=3).astype(np.float32)
tensors = {"x": x, "y": y, "start_weight": start_weight, "start_bias": start_bias}
for name, ridge in (("plain", 0.0), ("ridge", 0.3)):
    wide = x.astype(np.float64)
    root = np.sqrt(ridge * (wide**2).sum() / 6)
    design = np.vstack([np.hstack([wide, np.ones((200, 1))]), np.hstack([root * np.eye(6), np.zeros((6, 1))])])
    wanted = np.vstack([y.astype(np.float64), root * start_weight.T.astype(np.float64)])
    solution = np.linalg.lstsq(design, wanted, rcond=None)[0]
    error = np.linalg.norm(design[:200] @ solution - y) / np.linalg.norm(y)
    tensors[f"{name}_weight"] = solution[:6].T.astype(np.float32).copy()
    tensors[f"{name}_bias"] = solution[6].astype(np.float32).copy()
    tensors[f"{name}_error"] = np.array([error], dtype=np.float32)
save_file(tensors, str(Path(__file__).parent / "ridge" / "expected.safetensors"))
