"""Lightning's checkpoints, read without ever running what stands in them."""

from __future__ import annotations

import pickle
import zipfile
from pathlib import Path
from typing import Any

import torch

from ae_studio.config import ConfigError

OWN_KEY = "ae_studio"  # what the training module adds


def read_checkpoint(path: Path) -> dict[str, Any]:
    """The checkpoint's values. Raises :class:`ConfigError` where it is missing, damaged, or holds more than values."""
    if not path.is_file():
        raise ConfigError(f"{path}: there is no such checkpoint, so this run cannot go on; train it anew")
    if not zipfile.is_zipfile(path):  # the older format is a bare pickle
        raise ConfigError(f"{path}: is damaged or no checkpoint; it was not opened")
    try:
        checkpoint = torch.load(path, map_location="cpu", weights_only=True)
    except pickle.UnpicklingError:
        raise ConfigError(f"{path}: holds a pickle that could run code; it was not opened") from None
    except (RuntimeError, EOFError, OSError, ValueError, KeyError) as error:
        first_line = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise ConfigError(f"{path}: is damaged or no checkpoint ({first_line})") from None
    if not isinstance(checkpoint, dict) or OWN_KEY not in checkpoint or "epoch" not in checkpoint:
        raise ConfigError(f"{path}: is no checkpoint of AE Studio")
    return checkpoint


def epochs_in(checkpoint: dict[str, Any]) -> int:
    """Whole epochs that the checkpoint has behind it."""
    return int(checkpoint["epoch"]) + 1
