"""Images in a mapped file beside the same images in memory, and ten million of them: ``python -m benchmarks.mapped``.

``speed VALUES`` prints images/s from the map and from memory for each case, ``resident`` the most megabytes that a
process ever had while it trained on 7.8 GB of images. Both as a line of JSON.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from benchmarks.mnist import use_mnist

FEW = 200_000  # images in the comparison: 157 MB, all of them cached
MANY = 10_000_000
ROOM = 10 << 30  # bytes that must be free for the many
ROUNDS = 5
SECONDS = 20  # of training on the many


@contextmanager
def image_file(count: int) -> Iterator[Path]:
    """MNIST's training images, again and again, in a ``.npy`` file that is gone afterwards."""
    from ae_studio.paths import data_root
    from benchmarks.baselines import mnist_images

    images = mnist_images(data_root())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "images.npy"
        values = np.lib.format.open_memmap(path, "w+", np.uint8, (count, 28, 28))
        for start in range(0, count, len(images)):
            part = values[start : start + len(images)]
            part[:] = images[: len(part)]
        values.flush()
        del values, part
        yield path


def is_room() -> bool:
    return shutil.disk_usage(tempfile.gettempdir()).free >= ROOM


def speed() -> dict[str, tuple[float, float]]:
    """Images/s (mapped, in memory) of each case, the pair of the median ratio."""
    from ae_studio.data import npy
    from benchmarks.engine import CASES, engine_speed, median_pair

    found = {}
    with image_file(FEW) as path:
        for case in CASES:
            values = {**case.values, "data": str(path), "validation_fraction": 0.01}
            pairs = []
            for _ in range(ROUNDS):
                rates = []
                for npy.MAX_IN_MEMORY in (0, 1 << 40):
                    rates.append(engine_speed(values, case.steps))
                pairs.append((rates[0], rates[1]))
            found[case.name] = median_pair(pairs)
    return found


def resident() -> dict[str, float]:
    """The most megabytes this process had, and the images that it trained on meanwhile. In a process of its own."""
    with image_file(MANY) as path:
        command = [sys.executable, "-m", "benchmarks.mapped", "train", str(path)]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def train_on(path: str) -> dict[str, float]:
    from ae_studio.events import Event, RunEnded, StepsDone
    from ae_studio.training.control import RunControl
    from ae_studio.training.defaults import complete
    from ae_studio.training.train import train
    from benchmarks.engine import TALK_LINEAR

    steps = 0
    control = RunControl()
    clock = threading.Timer(SECONDS, control.stop)

    def watch(event: Event) -> None:
        nonlocal steps
        if isinstance(event, StepsDone):
            if not clock.is_alive() and not steps:
                clock.start()
            steps = int(event.steps[-1])
        if isinstance(event, RunEnded) and event.outcome == "failed":
            raise RuntimeError(event.reason)

    config = complete({**TALK_LINEAR, "data": path, "validation_fraction": 0.01})
    with tempfile.TemporaryDirectory() as folder:
        train(config, watch, control, out=Path(folder) / "run")
    clock.cancel()
    return {"resident_mb": peak_megabytes(), "images": steps * config.batch_size}


def peak_megabytes() -> float:
    """The most memory that this process ever had, pages of mapped files included; on Linux."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024 / 1e6
    raise RuntimeError("no VmHWM in /proc/self/status")


def main(arguments: list[str]) -> None:
    use_mnist()
    measure = {"speed": speed, "resident": resident}
    print(json.dumps(train_on(arguments[1]) if arguments[0] == "train" else measure[arguments[0]]()))


if __name__ == "__main__":
    main(sys.argv[1:])
