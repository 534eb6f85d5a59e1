"""A model with its own copy of the weights: training never blocks it, and what it shows stays as it was."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from ae_studio.events import Codes, Encoded, Images, Labels
from ae_studio.latent.decoder import FrozenDecoder
from ae_studio.models.base import Autoencoder
from ae_studio.models.jacobian import unit_directions, value_and_columns
from ae_studio.models.pixels import to_unit

CHUNK = 1000  # images encoded at once: bounds the memory of a convolution over a large sample
COLUMNS = 2048  # of Jacobians, decoded at once


class FrozenEncoder:
    """Images uint8 (n, H, W) or (n, H, W, 3) of classes (n,) to their codes. Always on the CPU, as the decoder is."""

    def __init__(self, model: Autoencoder[Any]) -> None:
        """``model`` is kept, so it must be a copy that nobody trains."""
        self._model = model

    @torch.inference_mode()
    def __call__(self, images: Images, labels: Labels) -> Encoded:
        x, y = as_input(images, self._model.image_shape), torch.tensor(np.asarray(labels, dtype=np.int64))
        parts = zip(torch.split(x, CHUNK), torch.split(y, CHUNK), strict=True)
        codes, spread = joined([self._model.code_and_spread(to_unit(part), classes) for part, classes in parts])
        return Encoded(codes.numpy(), None if spread is None else spread.numpy())


class FrozenDerivatives:
    """Codes (n, code size) to decoded images in [0, 1] (n, D) and the decoder's Jacobians (n, D, code size), or its
    derivatives (n, D, k) along some directions (n, k, code size)."""

    def __init__(self, decoder: FrozenDecoder) -> None:
        self._module = decoder.module

    def __call__(self, codes: Codes, along: Codes | None = None) -> tuple[Codes, Codes]:
        z = torch.tensor(np.asarray(codes, dtype=np.float32))
        v = unit_directions(z) if along is None else torch.tensor(along).float().transpose(0, 1)  # (k, n, d)
        at_once = max(1, COLUMNS // len(v))
        pieces = zip(torch.split(z, at_once), torch.split(v, at_once, dim=1), strict=True)
        parts = [value_and_columns(self._module, *piece) for piece in pieces]
        images = torch.cat([x.detach().flatten(1) for x, _ in parts])
        jacobians = torch.cat([columns.detach().flatten(2).permute(1, 2, 0) for _, columns in parts])
        return images.numpy(), jacobians.numpy()


@dataclass(frozen=True, slots=True)
class FrozenModel:
    """Encoder, decoder and its derivatives, of one copy of the weights."""

    encoder: FrozenEncoder
    decoder: FrozenDecoder
    derivatives: FrozenDerivatives

    @classmethod
    def of(cls, model: Autoencoder[Any]) -> FrozenModel:
        """``model`` goes on with its training."""
        return cls.keeping(copy.deepcopy(model).to("cpu", torch.float32))

    @classmethod
    def keeping(cls, model: Autoencoder[Any]) -> FrozenModel:
        """Of a model on the CPU that nobody else has."""
        decoder = FrozenDecoder(model.requires_grad_(False).eval(), copied=True)
        return cls(FrozenEncoder(model), decoder, FrozenDerivatives(decoder))


class Late:
    """A part of a frozen model whose weights are read when it is called for the first time. Raises then what ``read``
    raises."""

    def __init__(self, read: Callable[[], Callable[..., Any]]) -> None:
        self._read = read
        self._part: Callable[..., Any] | None = None

    def __call__(self, *arguments: Any) -> Any:
        if self._part is None:
            self._part = self._read()
        return self._part(*arguments)


def as_input(images: Images, image_shape: tuple[int, int, int]) -> Tensor:
    """uint8 (n, H, W) or (n, H, W, 3) to (n, C, H, W). Raises ValueError where that is not the model's own shape."""
    grey = images.ndim == 3
    x = torch.tensor(images[:, None] if grey else np.ascontiguousarray(images.transpose(0, 3, 1, 2)))
    if x.dtype != torch.uint8 or tuple(x.shape[1:]) != tuple(image_shape):
        raise ValueError(f"images must be uint8 of channels, height, width {image_shape}, got {tuple(x.shape[1:])}")
    return x


def joined(parts: list[tuple[Tensor, Tensor | None]]) -> tuple[Tensor, Tensor | None]:
    """Codes and spread of several batches, float32."""
    codes = torch.cat([z.float() for z, _ in parts])
    spread = [sigma.float() for _, sigma in parts if sigma is not None]
    return codes, torch.cat(spread) if spread else None
