"""A look at the model: what it makes, right now, of images that never change."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor
from torch.distributions import Independent, Normal, kl_divergence

from ae_studio.events import Codebook, Codes, Look
from ae_studio.latent.frozen import CHUNK, FrozenModel, joined
from ae_studio.latent.sampler import FrozenSampler
from ae_studio.models.base import Autoencoder
from ae_studio.models.pixels import to_pixels, to_unit

Labelled = tuple[Tensor, Tensor]
"""Images uint8 (n, C, H, W) and their classes (n,)."""


def encode(model: Autoencoder[Any], images: Tensor, labels: Tensor) -> tuple[Tensor, Tensor | None]:
    """uint8 images (n, C, H, W) of these classes (n,) to codes (n, code_size), and the spread of their posteriors
    (n, latent_dim) where that is a Gaussian; float32, by the model as it stands.
    """
    device = next(model.parameters()).device
    parts = zip(torch.split(images, CHUNK), torch.split(labels.to(device), CHUNK), strict=True)
    return joined([model.code_and_spread(to_unit(part, device), y) for part, y in parts])


def take_look(model: Autoencoder[Any], sample: Labelled, probes: Labelled, epoch: int, step: int) -> Look:
    """Codes of ``sample``, reconstructions of ``probes``, a frozen model, and what can be drawn from.

    Leaves the model, its mode and every random stream as they were; always computes in float32.
    """
    device = next(model.parameters()).device
    was_training = model.training
    model.eval()
    try:
        with torch.no_grad(), torch.autocast(device.type, enabled=False):
            z, spread = encode(model, *sample)
            codes = read_only(z)
            frozen = FrozenModel.of(model)
            sampler = FrozenSampler(model, codes)
            return Look(
                epoch=epoch,
                step=step,
                codes=codes,
                reconstructions=to_pixels(model.decode(encode(model, *probes)[0])),
                decoder=frozen.decoder,
                sampler=sampler,
                codebook=codebook_of(model, z),
                encoder=frozen.encoder,
                derivatives=frozen.derivatives,
                spread=None if spread is None else read_only(spread),
                kl=kl_of_dimensions(model, z, spread),
                prior=sampler.prior,
            )
    finally:
        model.train(was_training)


def kl_of_dimensions(model: Autoencoder[Any], z: Tensor, spread: Tensor | None) -> Codes | None:
    """KL of each latent dimension, nats, mean over these codes (n, code_size): where q and p are normal, else None."""
    prior = model.prior()
    p = getattr(prior, "latents", prior)  # of codes that hold more than the latent dimensions
    if spread is None or not isinstance(p, Independent) or not isinstance(p.base_dist, Normal):
        return None
    q = Normal(z[:, : spread.shape[1]], spread.clamp(min=1e-30))
    return read_only(kl_divergence(q, p.base_dist).mean(dim=0))


def codebook_of(model: Autoencoder[Any], z: Tensor) -> Codebook | None:
    """The model's codebook, and how much these codes (n, code_size) use of it; None where it has none."""
    found = model.codebook(z)
    return Codebook(read_only(found[0]), read_only(found[1])) if found else None


def read_only(values: Tensor) -> Codes:
    """Numbers that may cross a thread, with memory of their own."""
    array: Codes = values.detach().float().cpu().numpy().copy()
    array.flags.writeable = False
    return array
