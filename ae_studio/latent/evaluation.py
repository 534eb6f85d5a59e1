"""Means of a model's terms over many images: the validation during training, and the test afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import torch
from torch import Tensor

from ae_studio.models.base import Autoencoder
from ae_studio.models.pixels import to_unit
from ae_studio.models.stream import OwnStream

EVALUATION_SEED = 20_060_728  # the posterior's noise is the same at every evaluation, so that epochs can be compared


class MeanTerms:
    """Means over images of terms that are means over batches; stays on the device until asked."""

    def __init__(self) -> None:
        self._sums: dict[str, Tensor] = {}
        self._images = 0

    def add(self, terms: Mapping[str, Tensor], images: int) -> None:
        self._images += images
        for name, value in terms.items():
            self._sums[name] = self._sums.get(name, 0) + value.detach().float() * images

    def values(self) -> dict[str, float]:
        return {name: value.item() / self._images for name, value in self._sums.items()}

    def values_of_all(self, total: Callable[[Tensor], Tensor]) -> dict[str, float]:
        """Of what every process of a run has seen; ``total`` adds up their sums and counts, float64 (terms + 1,)."""
        mine = torch.stack([*self._sums.values(), next(iter(self._sums.values())).new_tensor(self._images)]).double()
        *sums, images = total(mine).tolist()
        return {name: value / images for name, value in zip(self._sums, sums, strict=True)}


def fixed_noise() -> OwnStream:
    """The same random numbers at every evaluation; a training, beside it in another thread, draws its own."""
    return OwnStream(EVALUATION_SEED)


def evaluation_terms(model: Autoencoder[Any], images: Tensor, labels: Tensor) -> dict[str, Tensor]:
    """The model's loss terms, by the training's own formula, and the squared error per pixel of its reconstruction.

    ``images`` are uint8 (B, C, H, W), ``labels`` their classes (B,).
    """
    x = to_unit(images, next(model.parameters()).device)
    y = labels.to(x.device)
    terms = dict(model.terms_given(x, y))
    reconstruction = model.decode(model.encode_given(x, y))
    terms["mse_per_pixel"] = torch.mean((reconstruction - x) ** 2)
    return terms


@torch.no_grad()
def mean_terms(
    model: Autoencoder[Any], batches: Iterable[tuple[Tensor, Tensor]], check: Callable[[], None] = lambda: None
) -> dict[str, float]:
    """Means over all images, in evaluation mode, of batches of images and their classes.

    ``check`` is called before every batch and may raise.
    """
    was_training = model.training
    model.eval()
    means = MeanTerms()
    try:
        with fixed_noise():
            for images, labels in batches:
                check()
                means.add(evaluation_terms(model, images, labels), len(images))
    finally:
        model.train(was_training)
    return means.values()
