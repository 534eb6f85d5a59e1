"""A look at the model: what it makes, right now, of images that never change."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

from ae_studio.events import Codebook, Codes, Look
from ae_studio.latent.decoder import FrozenDecoder
from ae_studio.latent.sampler import FrozenSampler
from ae_studio.models.base import Autoencoder
from ae_studio.models.pixels import to_pixels, to_unit

CHUNK = 1000  # images encoded at once: bounds the memory of a convolution over a large sample


Labelled = tuple[Tensor, Tensor]
"""Images uint8 (n, C, H, W) and their classes (n,)."""


def encode(model: Autoencoder[Any], images: Tensor, labels: Tensor) -> Tensor:
    """uint8 images (n, C, H, W) of these classes (n,) to codes (n, code_size), float32, by the model as it stands."""
    device = next(model.parameters()).device
    parts = zip(torch.split(images, CHUNK), torch.split(labels.to(device), CHUNK), strict=True)
    return torch.cat([model.encode_given(to_unit(part, device), y).float() for part, y in parts])


def take_look(model: Autoencoder[Any], sample: Labelled, probes: Labelled, epoch: int, step: int) -> Look:
    """Codes of ``sample``, reconstructions of ``probes``, a frozen decoder, and what can be drawn from.

    Leaves the model, its mode and every random stream as they were; always computes in float32.
    """
    device = next(model.parameters()).device
    was_training = model.training
    model.eval()
    try:
        with torch.no_grad(), torch.autocast(device.type, enabled=False):
            z = encode(model, *sample)
            codes = read_only(z)
            return Look(
                epoch=epoch,
                step=step,
                codes=codes,
                reconstructions=to_pixels(model.decode(encode(model, *probes))),
                decoder=FrozenDecoder(model),
                sampler=FrozenSampler(model, codes),
                codebook=codebook_of(model, z),
            )
    finally:
        model.train(was_training)


def codebook_of(model: Autoencoder[Any], z: Tensor) -> Codebook | None:
    """The model's codebook, and how much these codes (n, code_size) use of it; None where it has none."""
    found = model.codebook(z)
    return Codebook(read_only(found[0]), read_only(found[1])) if found else None


def read_only(values: Tensor) -> Codes:
    """Numbers that may cross a thread, with memory of their own."""
    array: Codes = values.detach().float().cpu().numpy().copy()
    array.flags.writeable = False
    return array
