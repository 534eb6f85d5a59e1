"""Burda, Grosse & Salakhutdinov 2016 (arXiv:1509.00519), table 1: VAE and IWAE of one stochastic layer on MNIST.

784-200-200-50, tanh, images binarised at each access, batch 20, Adam, 3,280 epochs in eight stages; the negative
log-likelihood of the test images by 5,000 samples, here of images binarised at that access (dynamic binarisation).
Meant for a GPU: on the CPU the eight stages would take days. A part of them is labelled as such and not judged.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import numpy as np
import torch
from torch import Tensor

from ae_studio.data.images import load
from ae_studio.models.build import build_model
from ae_studio.models.pixels import to_unit
from ae_studio.training.defaults import complete
from benchmarks.known_answers.answer import Answer, near, shown

PUBLISHED = {("vae", 1): 86.76, ("iwae", 5): 85.54, ("iwae", 50): 84.78}
STAGES = 8  # stage i has 3^i epochs at 1e-3 * 10^(-i/7)
BATCH = 20
TOLERANCE = 0.5  # nats: between two seeds, and between the authors' initialisation and torch's
SAMPLES, AT_ONCE = 5000, 500


def burdas_table(stages: int = 0) -> Iterator[Answer]:
    """All ``stages`` on a GPU; elsewhere nothing, unless so many of them are asked for."""
    gpu = torch.cuda.is_available()
    if not stages and not gpu:
        print("burda: left out, there is no CUDA device here; --stages 2 trains the first 4 epochs", file=sys.stderr)
        return
    stages = stages or STAGES
    device = torch.device("cuda" if gpu else "cpu")
    for (name, samples), published in PUBLISHED.items():
        nats = negative_log_likelihood(trained(name, samples, stages, device), device)
        what = f"Burda's {name.upper()}, k = {samples}: NLL, dynamic binarisation, 5,000 samples"
        if stages == STAGES:
            yield near(what, nats, published, TOLERANCE)
        else:
            epochs = sum(3**stage for stage in range(stages))
            yield shown(f"{what}, {epochs} of 3,280 epochs", nats, f"published {published} after all")


def trained(name: str, samples: int, stages: int, device: torch.device) -> Any:
    """The model after so many stages, by a bare loop: the images are drawn from their grey values at each access."""
    settings: dict[str, Any] = {"hidden": "200-200", "activation": "tanh"}
    settings |= {"samples": samples} if name == "iwae" else {}
    torch.manual_seed(0)
    model = build_model(complete({"model": name, "latent_dim": 50, "settings": settings}), (1, 28, 28)).to(device)
    data = load("mnist")
    images = torch.tensor(data.images[np.concatenate([data.train, data.validation])], device=device)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, eps=1e-4, fused=True)
    for stage in range(stages):
        for group in optimizer.param_groups:
            group["lr"] = 1e-3 * 10 ** (-stage / 7)
        for _ in range(3**stage):
            for chosen in torch.randperm(len(images), device=device).split(BATCH):
                loss = model.terms(drawn(images[chosen]))["loss"]
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
    return model.eval()


@torch.no_grad()
def negative_log_likelihood(model: Any, device: torch.device) -> float:
    """Of the test images, nats: -log mean_k of 5,000 importance weights (eq. 8 with k = 5,000)."""
    data = load("mnist")
    torch.manual_seed(1)
    total = 0.0
    parts = torch.tensor(data.images[data.test], device=device).split(20)
    for images in parts:
        x, y = drawn(images), torch.zeros(len(images), dtype=torch.int64, device=device)
        weights = torch.cat([model.log_weights(x, y, AT_ONCE) for _ in range(SAMPLES // AT_ONCE)])
        total -= float((torch.logsumexp(weights, dim=0) - np.log(SAMPLES)).sum())
    return total / len(data.test)


def drawn(images: Tensor) -> Tensor:
    """Black and white, a pixel white with the probability that its grey value says."""
    return torch.bernoulli(to_unit(images))
