"""Where to compute, and in which precision."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import torch

from ae_studio.config import ConfigError, RunConfig


@dataclass(frozen=True, slots=True)
class Place:
    """Where a run computes. ``accelerator`` and ``precision`` are Lightning's words, the others are for people."""

    accelerator: str
    device: torch.device
    precision: str
    device_name: str
    precision_name: str


def unavailable_devices() -> dict[str, str]:
    """Why a device cannot be used, for each that cannot."""
    reasons = {}
    if not _cuda_works():
        reasons["cuda"] = (
            "this torch is a CPU build" if torch.version.cuda is None else "torch finds no usable NVIDIA GPU"
        )
    if not torch.backends.mps.is_available():
        reasons["mps"] = "needs a Mac with an Apple GPU"
    return reasons


def gpu_count() -> int:
    """How many GPUs CUDA lets this process use."""
    return torch.cuda.device_count() if _cuda_works() else 0


def choose_place(config: RunConfig, local_rank: int = 0) -> Place:
    """The configured device, or the best there is. Raises :class:`ConfigError` if the one asked for is not there."""
    missing = unavailable_devices()
    if config.device in missing:
        usable = ", ".join(["auto", "cpu", *(name for name in ("cuda", "mps") if name not in missing)])
        raise ConfigError(f"device {config.device!r} cannot be used: {missing[config.device]}. Usable here: {usable}")
    name = config.device
    if name == "auto":
        name = next((candidate for candidate in ("cuda", "mps") if candidate not in missing), "cpu")
    _check_count(config, name)
    bf16 = _use_bf16(config, name)
    return Place(
        accelerator="gpu" if name == "cuda" else name,
        device=torch.device(name, local_rank) if name == "cuda" else torch.device(name),
        precision="bf16-mixed" if bf16 else "32-true",
        device_name=_device_name(name),
        precision_name="bf16" if bf16 else "float32",
    )


def _check_count(config: RunConfig, device: str) -> None:
    """Processes on the CPU share its cores; each of the others needs a device of its own."""
    if device == "cpu" or config.devices == 1:
        return
    there = torch.cuda.device_count() if device == "cuda" else 1
    if config.devices > there:
        raise ConfigError(f"devices must be at most {there}, as many as {device} has here, got {config.devices}")


def _use_bf16(config: RunConfig, device: str) -> bool:
    """Asked for, or faster without a loss of quality: on GPUs with bf16 units, and for convolutions on such CPUs."""
    if config.precision != "auto":
        return config.precision == "bf16"
    if device == "cuda":
        return torch.cuda.is_bf16_supported(including_emulation=False)
    return device == "cpu" and config.settings.get("network") == "conv" and _cpu_has_bf16()


@cache
def _cuda_works() -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a broken driver is reported in words, not as a warning
        return torch.cuda.is_available()


@cache
def _cpu_has_bf16() -> bool:
    try:
        flags = Path("/proc/cpuinfo").read_text()
    except OSError:
        return False
    return "avx512_bf16" in flags or "amx_bf16" in flags


def _device_name(device: str) -> str:
    if device == "cuda":
        return torch.cuda.get_device_name(0)
    return "Apple GPU" if device == "mps" else "CPU"
