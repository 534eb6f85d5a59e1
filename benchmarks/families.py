"""Every family: through ``train()``, by a loop written by hand over the same loss, and against the plain VAE.

Every family on the same MLP 784-512-256 where it has one, of the latent dimensions and the batch that are its own.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

import numpy as np
import torch

from ae_studio.config import field_specs
from ae_studio.data.images import load
from ae_studio.models.base import minimised
from ae_studio.models.build import build_model
from ae_studio.models.catalog import MODELS
from ae_studio.models.pixels import to_unit
from ae_studio.torch_setup import compute_on_all_threads
from ae_studio.training.defaults import complete
from benchmarks.baselines import WARM_UP_STEPS
from benchmarks.engine import engine_speed, median_pair
from benchmarks.mnist import use_mnist

STEPS, MOST_STEPS = 300, 2000
SECONDS = 0.6  # that each side is to take at least: a core's pace changes from second to second
ROUNDS = 3
MOST_ROUNDS = 11  # of families whose steps are so short that rounds cost nothing
SAME = {"hidden": "512-256", "batch_norm": False}  # where a family has such a setting


def values_of(name: str) -> dict[str, Any]:
    specs = field_specs(MODELS[name].settings)
    settings = {key: value for key, value in SAME.items() if key in specs}
    return {"data": "mnist", "model": name, "precision": "32", "device": "cpu", "batch_size": 128, "settings": settings}


def by_hand(name: str, steps: int = STEPS) -> float:
    """Images per second of the family's own terms in a bare loop: one index operation, backward, fused Adam."""
    config, data = complete(values_of(name)), load("mnist")
    torch.manual_seed(0)
    model = build_model(config, data.image_shape, data.class_names)
    first = to_unit(torch.tensor(np.array(data.images[data.train[:2048]])))
    model.begin(first, len(data.train))
    optimizer = torch.optim.Adam(model.parameter_groups(config.lr, config.weight_decay), lr=config.lr, fused=True)
    images, labels = torch.tensor(data.images), torch.tensor(data.labels)
    order = torch.tensor(data.train)[torch.randperm(len(data.train))]
    batches = [order[start : start + config.batch_size] for start in range(0, len(order), config.batch_size)]
    compute_on_all_threads()
    began = 0.0
    for step in range(WARM_UP_STEPS + steps):
        if step == WARM_UP_STEPS:
            began = time.perf_counter()
        chosen = batches[step % len(batches)]
        terms = model.terms_given(to_unit(images.index_select(0, chosen)), labels.index_select(0, chosen))
        optimizer.zero_grad()
        minimised(terms).backward()
        optimizer.step()
    return steps * config.batch_size / (time.perf_counter() - began)


def measure(name: str) -> dict[str, float | str]:
    """Images per second, ours and by hand, of the pair with the median ratio."""
    values, pairs = values_of(name), []
    wished = int(SECONDS * by_hand(name, STEPS // 3) / values["batch_size"])
    steps = min(MOST_STEPS, max(STEPS, wished))
    for _ in range(MOST_ROUNDS if steps == MOST_STEPS else ROUNDS):
        bare = by_hand(name, steps)
        pairs.append((engine_speed(values, steps), bare))
    ours, bare = median_pair(pairs)
    return {"name": name, "ours": ours, "bare": bare}


def topological_term() -> float:
    """Milliseconds of the term alone, forward, distances and both trees, for a batch of 128: the median of many."""
    from ae_studio.models.topological import TopologicalAutoencoder, topological_loss

    model = build_model(complete(values_of("topological")), (1, 28, 28))
    assert isinstance(model, TopologicalAutoencoder)
    compute_on_all_threads()
    torch.manual_seed(0)
    x, z = torch.rand(128, 1, 28, 28), torch.randn(128, 2, requires_grad=True)
    times = []
    for _ in range(200):
        began = time.perf_counter()
        topological_loss(*model.distances(x, z))
        times.append(1000 * (time.perf_counter() - began))
    return float(np.median(times))


def main() -> int:
    use_mnist()
    if sys.argv[1:] == ["term"]:
        print(json.dumps(topological_term()))
        return 0
    names = sys.argv[1:] or list(MODELS)
    print(json.dumps([measure(name) for name in names]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
