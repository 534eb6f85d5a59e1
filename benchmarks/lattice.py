"""The map of the latent space, measured in a real window: ``python -m benchmarks.lattice measure`` prints JSON.

How long a lattice takes to be new after the view has changed, whether the window stands still meanwhile, and whether
the hand is as quick over it as without.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
import time
from itertools import pairwise
from typing import Any

import numpy as np
from PySide6.QtCore import QEventLoop, Qt, QTimer

from benchmarks.engine import MLP_VAE
from benchmarks.window import TICK_MS, WindowBench

CONV_VAE = {**MLP_VAE, "settings": {"network": "conv"}}
CELLS = 15  # each way
CELL_PIXELS = 40
STEP = 0.5  # of the plane, between two cells
REFRESHES = 40
PAUSE_S = 0.15  # between two of them: looks come four times a second
DRAG_S = 10.0


class LatticeBench(WindowBench):
    """A window whose canvas shows 15 x 15 images."""

    def __init__(self) -> None:
        super().__init__()
        self.canvas = self.window.latent_panel.canvas

    def show(self, *layers: str) -> None:
        for key in ("lattice", "density"):
            self.window.layers.set_on(key, key in layers)

    def make_square(self) -> None:
        from ae_studio.gui.view_window import ViewWindow

        self.canvas.setFixedSize(CELLS * CELL_PIXELS, CELLS * CELL_PIXELS)
        self.spend(0.5)
        half = CELLS * STEP / 2
        self.canvas.set_view(ViewWindow(0.0, 0.0, half, half))
        self.spend(0.5)

    def refreshes(self) -> tuple[list[float], list[float], int]:
        """Milliseconds from a pan by one cell to the paint of its new lattice; gaps of the event loop; images in it."""
        ticks: list[float] = []
        timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=TICK_MS)
        timer.timeout.connect(lambda: ticks.append(time.perf_counter()))
        timer.start()
        times, images = [], 0
        for number in range(REFRESHES):
            began = time.perf_counter()
            self.canvas.set_view(self.canvas._glide.window.moved(STEP * (1 if number % 2 else -1), 0.0))
            images = len(self._next_lattice().strength)
            self.canvas.repaint()
            times.append(1000 * (time.perf_counter() - began))
            self.spend(PAUSE_S)
        timer.stop()
        return times, [1000 * (after - before) for before, after in pairwise(ticks)], images

    def _next_lattice(self) -> Any:
        found: list[Any] = []
        loop = QEventLoop()

        def take(key: str, drawing: Any) -> None:
            if key == "lattice":
                found.append(drawing)
                loop.quit()

        self.window.layers.drawing_changed.connect(take)
        loop.exec()
        self.window.layers.drawing_changed.disconnect(take)
        return found[0]


def measure() -> dict[str, float]:
    bench = LatticeBench()
    bench.begin(CONV_VAE)
    bench.wait_for(bench.window.session.look_shown)
    bench.end()
    bench.show("lattice")
    bench.make_square()
    times, gaps, images = bench.refreshes()
    bench.canvas.setMinimumSize(240, 96)
    bench.canvas.setMaximumSize(16_777_215, 16_777_215)
    bench.begin(MLP_VAE)
    bench.wait_for(bench.window.session.epoch_done)
    bench.end()
    bench.show("lattice", "density")
    bench.spend(1.0)
    idle = bench.drag_latencies(DRAG_S)
    bench.begin(MLP_VAE)
    bench.wait_for(bench.window.session.steps_done)
    bench.spend(1.0)
    busy = bench.drag_latencies(DRAG_S)
    bench.end()
    bench.close()
    return {
        "images": images,
        "refresh_ms": float(np.median(times)),
        "refresh_p90": float(np.quantile(times, 0.9)),
        "gap_max": max(gaps),
        "idle_p99": float(np.quantile(idle, 0.99)),
        "busy_p99": float(np.quantile(busy, 0.99)),
    }


if __name__ == "__main__":
    os.environ["AE_STUDIO_RUNS"] = tempfile.mkdtemp(prefix="ae-studio-benchmark-")
    try:
        print(json.dumps({"measure": measure}[sys.argv[1]]()))
    finally:
        shutil.rmtree(os.environ["AE_STUDIO_RUNS"], ignore_errors=True)
