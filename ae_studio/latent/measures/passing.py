"""One pass over the test split: what is known of every image afterwards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from ae_studio.latent.evaluation import fixed_noise
from ae_studio.models.base import Autoencoder
from ae_studio.models.pixels import to_unit
from ae_studio.models.vae import VAE


@dataclass(frozen=True, slots=True)
class Pass:
    """Of n images, each (n,): ``squared_error`` per pixel, ``nats`` of the Bernoulli cross-entropy, their ``labels``;
    ``kl`` (n, parts), None without a posterior; ``code_variance`` (code_size,) over all of them.
    """

    squared_error: np.ndarray
    nats: np.ndarray
    labels: np.ndarray
    kl: np.ndarray | None
    code_variance: np.ndarray


@torch.no_grad()
def pass_over(model: Autoencoder[Any], batches: Iterable[tuple[Tensor, Tensor]]) -> Pass:
    """Of uint8 images (B, C, H, W) and classes (B,), in evaluation mode and with fixed posterior noise.

    The squared error is of the reconstruction from the posterior's mean; the cross-entropy, summed over an image's
    pixels, of that from one sample of the posterior (from the code itself where there is none), clipped to [0, 1].
    """
    rows: list[list[Tensor]] = []
    count, total, squares = 0, torch.zeros(model.code_size).double(), torch.zeros(model.code_size).double()
    with fixed_noise():
        for images, labels in batches:
            x = to_unit(images, next(model.parameters()).device)
            y = labels.to(x.device)
            z = model.encode_given(x, y).float()  # (B, code_size)
            squared = F.mse_loss(model.decode(z), x, reduction="none").flatten(1).mean(1)
            drawn = model.decode(sampled(model, x, y, z)).float().clamp(0, 1)
            nats = F.binary_cross_entropy(drawn, x, reduction="none").flatten(1).sum(1)
            kl = model.kl_given(x, y)
            rows.append([squared, nats, y, kl] if kl is not None else [squared, nats, y])
            count, total, squares = count + len(x), total + z.double().sum(0), squares + z.double().square().sum(0)
    columns = [torch.cat(parts).cpu().numpy() for parts in zip(*rows, strict=True)]
    variance = (squares / count - (total / count).square()).clamp_min(0)
    return Pass(columns[0], columns[1], columns[2], columns[3] if len(columns) > 3 else None, variance.numpy())


def sampled(model: Autoencoder[Any], x: Tensor, y: Tensor, z: Tensor) -> Tensor:
    """A code drawn from the posterior; the code itself without one."""
    if not isinstance(model, VAE):
        return z
    codes, _ = model.draw_given(x, y, 1)
    return codes[0]
