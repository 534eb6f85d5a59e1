"""Training speed on an NVIDIA GPU: against the hand-written loop on it, against the CPU, and how busy it is.

``python -m benchmarks.gpu`` prints the rows as JSON. What it measured goes, with the GPU's name, into RESULTS.md.
"""

from __future__ import annotations

import json
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from ae_studio.data.batches import as_tensor
from ae_studio.data.images import load
from ae_studio.events import EpochDone, Event, RunEnded
from ae_studio.models.build import build_model
from ae_studio.models.pixels import to_unit
from ae_studio.training.defaults import complete
from ae_studio.training.train import train
from benchmarks.engine import MLP_VAE, median_pair
from benchmarks.mnist import use_mnist

NETWORKS = ("mlp", "conv")
BATCH_SIZES = (128, 2048)
ROUNDS = 5
WARM_UP_STEPS = 30  # kernels are chosen, memory is allocated
EPOCHS = 6  # the first of them warms up
CPU_EPOCHS = 2


def values(network: str, batch_size: int, device: str) -> dict[str, Any]:
    epochs = CPU_EPOCHS if device == "cpu" else EPOCHS
    settings = {"network": network}
    return {**MLP_VAE, "batch_size": batch_size, "device": device, "epochs": epochs, "settings": settings}


def engine_speed(network: str, batch_size: int, device: str) -> float:
    """Images/s through ``train()``, the median of its epochs behind the first: on a GPU an epoch may take 0.1 s."""
    rates = []

    def take(event: Event) -> None:
        if isinstance(event, EpochDone) and event.epoch > 1:
            rates.append(event.images_per_second)
        if isinstance(event, RunEnded) and event.outcome == "failed":
            raise RuntimeError(event.reason)

    with tempfile.TemporaryDirectory() as folder:
        train(complete(values(network, batch_size, device)), take, out=Path(folder) / "run")
    return statistics.median(rates)


def bare_loop(network: str, batch_size: int, device: torch.device) -> float:
    """Images/s of the same model in the loop that an expert writes: bytes on the device, an index operation a batch."""
    steps = _bare_steps(network, batch_size, device)
    for _ in range(WARM_UP_STEPS):
        next(steps)
    _wait(device)
    began = time.perf_counter()
    count = 54_000 // batch_size  # whole batches of an epoch
    for _ in range(count):
        next(steps)
    _wait(device)
    return count * batch_size / (time.perf_counter() - began)


def _bare_steps(network: str, batch_size: int, device: torch.device) -> Iterator[None]:
    config = complete(values(network, batch_size, device.type))
    data = load(config.data)
    images = as_tensor(data.images).to(device)
    model = build_model(config, data.image_shape).to(device)
    adam = torch.optim.Adam(model.parameters(), lr=config.lr, fused=True)
    while True:
        order: Tensor = torch.randperm(len(data.train)).to(device)
        for batch in torch.split(order[: len(order) // batch_size * batch_size], batch_size):
            loss = model.terms(to_unit(images.index_select(0, batch), device))["loss"]
            adam.zero_grad()
            loss.backward()
            adam.step()
            yield


def kernel_share(network: str, batch_size: int) -> float:
    """Seconds of kernels over seconds on the wall, of whole runs through ``train()``: 1 where the GPU never waits.

    Of two runs of different length, so that start, end and the first choice of kernels do not count.
    """
    (few_kernels, few_wall), (kernels, wall) = (_busy(network, batch_size, epochs) for epochs in (1, EPOCHS))
    return (kernels - few_kernels) / (wall - few_wall)


def _busy(network: str, batch_size: int, epochs: int) -> tuple[float, float]:
    """Seconds of kernels and on the wall, of a run."""
    from torch.profiler import ProfilerActivity, profile

    config = complete({**values(network, batch_size, "cuda"), "epochs": epochs})
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder, profile(activities=[ProfilerActivity.CUDA]) as seen:
        train(config, lambda event: None, out=Path(folder) / "run")
    return sum(event.self_device_time_total for event in seen.key_averages()) / 1e6, time.perf_counter() - began


def _wait(device: torch.device) -> None:
    if device.type == "cuda":
        torch.cuda.synchronize(device)


def measure(device: str = "cuda") -> list[dict[str, Any]]:
    """A record a network and batch size: images/s through ``train()``, of the bare loop, and on the CPU."""
    return [_record(network, batch_size, device) for network in NETWORKS for batch_size in BATCH_SIZES]


def _record(network: str, batch_size: int, device: str) -> dict[str, Any]:
    pairs = [
        (engine_speed(network, batch_size, device), bare_loop(network, batch_size, torch.device(device)))
        for _ in range(ROUNDS)
    ]
    ours, bare = median_pair(pairs)
    return {
        "network": network,
        "batch_size": batch_size,
        "ours": ours,
        "bare": bare,
        "cpu": engine_speed(network, batch_size, "cpu"),
        "kernel_share": kernel_share(network, batch_size) if device == "cuda" else 0.0,
    }


if __name__ == "__main__":
    use_mnist()
    print(json.dumps(measure()))
