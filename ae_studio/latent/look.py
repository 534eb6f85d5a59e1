"""A look at the model: what it makes, right now, of images that never change."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

from ae_studio.events import Codes, Look
from ae_studio.latent.decoder import FrozenDecoder
from ae_studio.models.base import Autoencoder
from ae_studio.models.pixels import to_pixels, to_unit

CHUNK = 1000  # images encoded at once: bounds the memory of a convolution over a large sample


def encode(model: Autoencoder[Any], images: Tensor) -> Codes:
    """uint8 images (n, C, H, W) to read-only codes (n, latent_dim), float32, by the model as it stands."""
    device = next(model.parameters()).device
    parts = [model.encode(to_unit(part, device)).float().cpu() for part in torch.split(images, CHUNK)]
    codes: Codes = torch.cat(parts).numpy()
    codes.flags.writeable = False
    return codes


def take_look(model: Autoencoder[Any], sample: Tensor, probes: Tensor, epoch: int, step: int) -> Look:
    """Codes of ``sample``, reconstructions of ``probes`` (uint8 (n, C, H, W) both) and a frozen decoder.

    Leaves the model, its mode and every random stream as they were; always computes in float32.
    """
    device = next(model.parameters()).device
    was_training = model.training
    model.eval()
    try:
        with torch.no_grad(), torch.autocast(device.type, enabled=False):
            codes = encode(model, sample)
            reconstructions = to_pixels(model.decode(model.encode(to_unit(probes, device))))
            return Look(epoch, step, codes, reconstructions, FrozenDecoder(model))
    finally:
        model.train(was_training)
