"""Memory of what nobody can do without: ``python -m benchmarks.memory`` prints megabytes of imports and data."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def resident_megabytes() -> float:
    """Memory of this process, resident, on Linux; elsewhere the most it ever had."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
    except OSError:
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def bare_megabytes() -> float:
    """torch, Lightning and PySide6 imported, and MNIST's training and test images as bytes."""
    from PySide6 import QtGui, QtWidgets  # noqa: F401

    from ae_studio.lightning import pl  # noqa: F401
    from ae_studio.paths import data_root
    from benchmarks.baselines import mnist_images

    images = [mnist_images(data_root(), "train"), mnist_images(data_root(), "t10k")]
    megabytes = resident_megabytes()
    assert sum(map(len, images)) == 70_000
    return megabytes


if __name__ == "__main__":
    print(bare_megabytes())
