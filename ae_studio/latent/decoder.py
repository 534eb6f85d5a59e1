"""A decoder with its own copy of the weights: training never blocks it, and what it shows stays as it was."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np
import torch

from ae_studio.events import Codes, Images
from ae_studio.models.base import Autoencoder
from ae_studio.models.pixels import to_pixels


class FrozenDecoder:
    """Codes (n, code size) float32 to n images, uint8. Always on the CPU: on the training GPU it would queue behind
    the training's kernels."""

    def __init__(self, model: Autoencoder[Any], *, copied: bool = False) -> None:
        """``copied``: the model is a copy already, on the CPU, that nobody trains."""
        module = model.decoder_module()
        if not copied:
            module = copy.deepcopy(module).to("cpu", torch.float32)
        # Channels last: a convolution over many codes at once takes half the time, one over a single code the same.
        self.module = module.requires_grad_(False).eval().to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        self._size = model.code_size

    @torch.inference_mode()
    def __call__(self, codes: Codes) -> Images:
        z = torch.tensor(np.asarray(codes, dtype=np.float32))
        if z.ndim != 2 or z.shape[1] != self._size:
            raise ValueError(f"codes must have shape (n, {self._size}), got {tuple(z.shape)}")
        return to_pixels(self.module(z))
