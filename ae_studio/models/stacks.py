"""The networks on either side of the code. The decoder mirrors the encoder; sizes follow the data's images."""

from __future__ import annotations

import math
from itertools import pairwise

import torch.nn.functional as F
from torch import Tensor, nn

from ae_studio.models.settings import StackSettings, parse_widths

ImageShape = tuple[int, int, int]
"""Channels, height, width."""

ACTIVATIONS: dict[str, type[nn.Module]] = {"relu": nn.ReLU, "elu": nn.ELU, "tanh": nn.Tanh, "none": nn.Identity}
CONV_WIDTH = 256  # the one dense layer between the convolutions and the code


class BatchNorm(nn.BatchNorm1d):
    """Batch norm of (B, features) that, while training too, takes a single image by the running statistics."""

    def forward(self, x: Tensor) -> Tensor:
        if self.training and len(x) == 1:
            return F.batch_norm(x, self.running_mean, self.running_var, self.weight, self.bias, eps=self.eps)
        return super().forward(x)


def make_encoder(shape: ImageShape, settings: StackSettings, features: int, *, batch_norm: bool = False) -> nn.Module:
    """Images (B, C, H, W) to (B, features); ``batch_norm`` behind the activations of the fully connected network."""
    if settings.network == "conv":
        return _conv_encoder(shape, parse_widths(settings.channels), features)
    widths = [math.prod(shape), *_widths(settings), features]
    return nn.Sequential(nn.Flatten(), *_dense(widths, settings.activation, batch_norm))


def make_decoder(shape: ImageShape, settings: StackSettings, latent_dim: int, *, batch_norm: bool = False) -> nn.Module:
    """Codes (B, latent_dim) to logits (B, C, H, W); ``batch_norm`` likewise."""
    if settings.network == "conv":
        return _conv_decoder(shape, parse_widths(settings.channels), latent_dim)
    widths = [latent_dim, *reversed(_widths(settings)), math.prod(shape)]
    return nn.Sequential(*_dense(widths, settings.activation, batch_norm), nn.Unflatten(1, shape))


def _widths(settings: StackSettings) -> tuple[int, ...]:
    return parse_widths(settings.hidden) if settings.network == "mlp" else ()


def _dense(widths: list[int], activation: str, batch_norm: bool) -> list[nn.Module]:
    """Linear layers with the activation, and perhaps a batch norm, between them, none after the last."""
    layers: list[nn.Module] = [nn.Linear(widths[0], widths[1])]
    for n_in, n_out in pairwise(widths[1:]):
        layers += [ACTIVATIONS[activation](), *([BatchNorm(n_in)] if batch_norm else []), nn.Linear(n_in, n_out)]
    return [layer for layer in layers if not isinstance(layer, nn.Identity)]


def _conv_encoder(shape: ImageShape, channels: tuple[int, ...], features: int) -> nn.Module:
    sizes = _stage_sizes(shape, len(channels))
    layers: list[nn.Module] = []
    for n_in, n_out in zip((shape[0], *channels[:-1]), channels, strict=True):
        layers += [nn.Conv2d(n_in, n_out, kernel_size=3, stride=2, padding=1), nn.ReLU()]
    flat = channels[-1] * math.prod(sizes[-1])
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(flat, CONV_WIDTH), nn.ReLU(), nn.Linear(CONV_WIDTH, features))


def _conv_decoder(shape: ImageShape, channels: tuple[int, ...], latent_dim: int) -> nn.Module:
    sizes = _stage_sizes(shape, len(channels))
    start = (channels[-1], *sizes[-1])
    layers: list[nn.Module] = [nn.Linear(latent_dim, CONV_WIDTH), nn.ReLU()]
    layers += [nn.Linear(CONV_WIDTH, math.prod(start)), nn.ReLU(), nn.Unflatten(1, start)]
    outs = (shape[0], *channels[:-1])
    for stage in reversed(range(len(channels))):
        layers += [_upsample(channels[stage], outs[stage], sizes[stage]), nn.ReLU()]
    return nn.Sequential(*layers[:-1])


def _stage_sizes(shape: ImageShape, stages: int) -> list[tuple[int, int]]:
    """Height and width before each stage and after the last: (28, 28), (14, 14), (7, 7)."""
    sizes = [(shape[1], shape[2])]
    for _ in range(stages):
        height, width = sizes[-1]
        sizes.append(((height + 1) // 2, (width + 1) // 2))
    return sizes


def _upsample(n_in: int, n_out: int, size: tuple[int, int]) -> nn.Module:
    """Transposed convolution that doubles to exactly ``size``.

    Kernel 4 gives an even side and kernel 3 an odd one; kernel 4 with stride 2 leaves no checkerboard
    (Odena et al. 2016, "Deconvolution and checkerboard artifacts").
    """
    kernel = tuple(4 if side % 2 == 0 else 3 for side in size)
    return nn.ConvTranspose2d(n_in, n_out, kernel, stride=2, padding=1)  # type: ignore[arg-type]


def parameter_count(module: nn.Module) -> int:
    return sum(parameter.numel() for parameter in module.parameters())
