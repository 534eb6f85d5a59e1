"""How good a model is on images it has not learned from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

from ae_studio.latent.evaluation import MeanTerms, fixed_noise
from ae_studio.models.base import Autoencoder
from ae_studio.models.pixels import to_unit
from ae_studio.models.vae import VAE, kl_to_standard_normal, sample_gaussian


@torch.no_grad()
def metrics(model: Autoencoder[Any], batches: Iterable[tuple[Tensor, Tensor]]) -> dict[str, float]:
    """Means over all images (uint8 batches, and their classes), in evaluation mode and with fixed posterior noise.

    ``mse_per_pixel``
        of the reconstruction from the posterior's mean.
    ``reconstruction_nats``
        Bernoulli cross-entropy, summed over an image's pixels, of the reconstruction from one posterior sample (from
        the code itself where there is no posterior), clipped to [0, 1].
    ``kl_nats``
        KL(q(z|x) || N(0, I)); only for models with a posterior.
    ``nats_per_image``
        the negative ELBO, which is the sum of the two; without a posterior the reconstruction alone.
    """
    model.eval()
    means = MeanTerms()
    with fixed_noise(next(model.parameters()).device):
        for images, labels in batches:
            means.add(_batch_metrics(model, images, labels), len(images))
    return means.values()


def _batch_metrics(model: Autoencoder[Any], images: Tensor, labels: Tensor) -> dict[str, Tensor]:
    x = to_unit(images, next(model.parameters()).device)
    y = labels.to(x.device)
    z = model.encode_given(x, y)  # (B, code_size)
    found = {"mse_per_pixel": F.mse_loss(model.decode(z), x)}
    kl = torch.zeros((), device=x.device)
    if isinstance(model, VAE):
        mu, logvar = model.posterior_given(x, y)
        z, kl = model.code_given(sample_gaussian(mu, logvar), y), kl_to_standard_normal(mu, logvar)
        found["kl_nats"] = kl
    reconstruction = model.decode(z).clamp(0, 1)
    found["reconstruction_nats"] = F.binary_cross_entropy(reconstruction, x, reduction="sum") / len(x)
    found["nats_per_image"] = found["reconstruction_nats"] + kl
    return found
