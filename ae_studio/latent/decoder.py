"""A decoder with its own copy of the weights: training never blocks it, and what it shows stays as it was."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import numpy as np
import torch

from ae_studio.events import Codes, Images
from ae_studio.models.base import Autoencoder
from ae_studio.models.pixels import to_pixels


class FrozenDecoder:
    """Codes (n, code size) float32 to n images, uint8. Always on the CPU: on the training GPU it would queue behind
    the training's kernels."""

    def __init__(self, model: Autoencoder[Any]) -> None:
        module = copy.deepcopy(model.decoder_module()).to("cpu", torch.float32)
        self._module = module.requires_grad_(False).eval()
        self._size = model.code_size

    @torch.inference_mode()
    def __call__(self, codes: Codes) -> Images:
        z = torch.tensor(np.asarray(codes, dtype=np.float32))
        if z.ndim != 2 or z.shape[1] != self._size:
            raise ValueError(f"codes must have shape (n, {self._size}), got {tuple(z.shape)}")
        return to_pixels(self._module(z))


class LateDecoder:
    """A frozen decoder whose weights are read when it decodes for the first time. Raises then what ``read`` raises."""

    def __init__(self, read: Callable[[], Autoencoder[Any]]) -> None:
        self._read = read
        self._decoder: FrozenDecoder | None = None

    def __call__(self, codes: Codes) -> Images:
        if self._decoder is None:
            self._decoder = FrozenDecoder(self._read())
        return self._decoder(codes)
