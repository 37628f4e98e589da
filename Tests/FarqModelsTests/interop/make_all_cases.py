#!/usr/bin/env python3
"""Writes what every possible hybrid gives by the plain restatement: python3 make_all_cases.py FOLDER

Every variant and pairing × layers and heads × 25 % and 50 % of 4, 8 and 12 × every placement, in the form of
Fixtures/variants. Too many bytes to keep: the test makes them when it runs.
"""

import json
import pathlib
import sys

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "Fixtures"))

import torch
from safetensors.torch import load_file

import make_fixtures as fixtures

VARIANTS = (("diff", "pair"), ("diff", "split"), ("diff-v2", None), ("dex", None), ("notebook", "split"))


def placements(count, total):
    """A list too: from the last layer downwards, with gaps."""
    listed = list(range(total - 1, -1, -2))[:count]
    return ("first", "last", "spread", "alternate", ",".join(map(str, listed)))


def cases():
    for variant, pairing in VARIANTS:
        initial = 0.8 if variant == "notebook" else "depth"
        for geometry in fixtures.GEOMETRIES:
            for ratio in (0.25, 0.5):
                count = round(ratio * geometry)
                for placement in placements(count, geometry):
                    yield geometry, variant, pairing, "layers", ratio, placement, initial
                if pairing == "pair" and count % 2:
                    continue  # pairs need an even number of heads
                yield geometry, variant, pairing, "heads", ratio, "first", initial


def main(folder):
    baselines = {}
    for geometry in fixtures.GEOMETRIES:
        tensors = load_file(HERE.parent / f"Fixtures/geometry-{geometry}/model.safetensors")
        baselines[geometry] = {k: v for k, v in tensors.items() if not k.endswith("position_ids")}
    for number, case in enumerate(cases()):
        words = [str(word) for word in case[:6] if word is not None]
        fixtures.write_case(
            folder / f"{number:03}-{'-'.join(words[1:])}-of-{words[0]}.safetensors", case, baselines[case[0]],
            seed=1000 + number, keeps_all=True)


if __name__ == "__main__":
    torch.set_num_threads(1)
    main(pathlib.Path(sys.argv[1]))
