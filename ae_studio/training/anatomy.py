"""A training step from the inside: what of it is told to who asked for it, without changing it."""

from __future__ import annotations

import copy
import math
from collections.abc import Sequence
from contextlib import suppress
from types import TracebackType
from typing import Any, Literal

import numpy as np
import torch
from torch import Tensor, nn

from ae_studio.events import Codes, Images, LayerStep, StepSeen
from ae_studio.latent.look import read_only
from ae_studio.models.base import Autoencoder, StackedAutoencoder, Terms, pixel_means
from ae_studio.models.layers import named_layers
from ae_studio.models.pixels import channels_last, to_pixels
from ae_studio.training.randomness import random_state, set_random_state

SHOWN = 8  # images of a batch: as many as can be told apart on a projector
SAME = 1e-2  # of the codes' size: a code and what is decoded for it differ by less where they only differ by rounding


class Anatomy:
    """``with Anatomy(model) as anatomy:`` a step is carried out, which calls :meth:`begin` before it computes anything
    and :meth:`take_gradients` before they are clipped; behind it :meth:`seen` tells it.

    What has to be computed beside the step is computed by a copy of the model, in the step's mode and precision, from
    the step's random stream, which is put back: the step sees nothing of it. What is decoded is caught where the
    model's ``decoder`` is called first; where there is none, or only inside of torch.func, the copy decodes the codes.
    """

    _images: Tensor
    _labels: Tensor
    _before: Autoencoder[Any]
    _codes: Tensor
    _spread: Tensor | None

    def __init__(self, model: Autoencoder[Any]) -> None:
        self._model = model
        self._hook: Any = None
        self._samples: Codes | None = None
        self._output: Tensor | None = None
        self._gradients: dict[str, float] = {}
        self._gradient = 0.0

    def __enter__(self) -> Anatomy:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._hook is not None:
            self._hook.remove()

    def begin(self, images: Tensor, x: Tensor, labels: Tensor) -> None:
        """uint8 images (B, C, H, W), the same in [0, 1] on the model's device, and their classes (B,)."""
        self._images, self._labels = images, labels
        self._before = copy.deepcopy(self._model)
        stream = random_state(x.device)
        try:
            with torch.no_grad():
                self._codes, self._spread = self._before.code_and_spread(x, labels)  # of all: a batch norm sees them
        finally:
            set_random_state(stream, x.device)
        decoder = getattr(self._model, "decoder", None)
        if isinstance(decoder, nn.Module):
            self._hook = decoder.register_forward_hook(self._catch)

    def _catch(self, module: nn.Module, inputs: tuple[Any, ...], output: Any) -> None:
        """What is decoded first, of several samples of an image the first."""
        batch, size = len(self._images), self._model.code_size
        if self._samples is not None or not inputs or not isinstance(output, Tensor):
            return
        z = inputs[0]
        if not isinstance(z, Tensor) or z.ndim != 2 or z.shape[1] != size or len(z) % batch or len(output) != len(z):
            return  # not codes of this batch
        each = len(z) // batch
        with suppress(RuntimeError):  # inside of torch.func tensors have no numbers yet
            self._samples = read_only(z[: SHOWN * each : each])
            self._output = output[: SHOWN * each : each].detach().clone()

    def take_gradients(self) -> None:
        """They are there, and not yet clipped."""
        theirs = {id(each) for each in self._model.opponent.parameters()} if self._model.opponent else set()
        own = [each for each in self._model.parameters() if id(each) not in theirs]
        self._gradient = _norm([each.grad for each in own])
        self._gradients = {
            name: _norm([each.grad for each in parameters]) for name, parameters in named_layers(self._model).items()
        }

    def seen(self, epoch: int, step: int, terms: Terms, clip: float, learning_rate: float) -> StepSeen:
        """The step is done; it was the ``step``-th of the run, in this epoch."""
        codes = read_only(self._codes[:SHOWN])
        samples, decoded = self._decoded()
        labels = self._labels[:SHOWN].cpu().numpy().astype(np.int64)
        labels.flags.writeable = False
        return StepSeen(
            epoch=epoch,
            step=step,
            images=channels_last(self._images[:SHOWN].cpu().numpy().copy()),
            labels=labels,
            batch_size=len(self._images),
            codes=codes,
            spread=None if self._spread is None else read_only(self._spread[:SHOWN]),
            samples=samples,
            decoded=decoded,
            noise=self._noise(codes, samples),
            terms={name: float(value.detach()) for name, value in terms.items()},
            weights=dict(self._model.weights()),
            gradient=self._gradient,
            clip=clip,
            learning_rate=learning_rate,
            layers=self._layers(),
        )

    def _decoded(self) -> tuple[Codes, Images]:
        """The codes (n, code size) that were decoded, and to what."""
        model = self._model
        if self._samples is not None and self._output is not None and isinstance(model, StackedAutoencoder):
            return self._samples, to_pixels(pixel_means(self._output, model.likelihood))
        samples = read_only(self._codes[:SHOWN]) if self._samples is None else self._samples
        z = torch.tensor(samples, device=self._codes.device)
        stream = random_state(z.device)
        try:
            with torch.no_grad():
                return samples, to_pixels(self._before.decode(z))
        finally:
            set_random_state(stream, z.device)

    def _noise(self, codes: Codes, samples: Codes) -> Literal["none", "posterior", "image"]:
        """Where what is decoded is another code than the image's, why."""
        if np.abs(samples - codes).max(initial=0) <= SAME * max(1e-6, float(np.abs(codes).max(initial=0))):
            return "none"
        has_posterior = type(self._model).kl_given is not Autoencoder.kl_given
        return "posterior" if self._spread is not None or has_posterior else "image"

    def _layers(self) -> tuple[LayerStep, ...]:
        before = named_layers(self._before)
        return tuple(
            LayerStep(
                name=name,
                weights=sum(each.numel() for each in parameters),
                gradient=self._gradients[name],
                size=_norm(before[name]),
                update=_norm([now - was for now, was in zip(parameters, before[name], strict=True)]),
            )
            for name, parameters in named_layers(self._model).items()
        )


def _norm(tensors: Sequence[Tensor | None]) -> float:
    """The Euclidean norm of all their numbers together; None stands for zeros."""
    return math.sqrt(sum(float(each.detach().float().square().sum()) for each in tensors if each is not None))
