"""The engine's door: tensors in [0, 1] become uint8 images, and uint8 images become tensors."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from ae_studio.events import Images


def to_unit(images: Tensor, device: torch.device | str | None = None) -> Tensor:
    """uint8 (B, C, H, W) to float32 in [0, 1] on the device; the copy across is made of bytes."""
    return images.to(device=device, non_blocking=True).float().div_(255)


def to_pixels(x: Tensor) -> Images:
    """Floats (B, C, H, W), clipped to [0, 1], to read-only uint8 (B, H, W), or (B, H, W, 3) for colour."""
    pixels = x.detach().float().clamp(0, 1).mul(255).round_().to(torch.uint8).cpu()
    return channels_last(pixels.numpy())


def channels_last(images: np.ndarray) -> Images:
    """uint8 (B, C, H, W) to (B, H, W), or (B, H, W, 3) for colour; read-only."""
    shown = images[:, 0] if images.shape[1] == 1 else np.ascontiguousarray(images.transpose(0, 2, 3, 1))
    shown = shown.view()
    shown.flags.writeable = False
    return shown
