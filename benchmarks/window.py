"""The window, measured from inside its own process: ``python -m benchmarks.window speed`` prints one JSON object.

Settings and runs of the user are left alone: the window here has an organisation and a runs folder of its own.
"""

from __future__ import annotations

import json
import math
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np
from PySide6.QtCore import QEvent, QEventLoop, QPoint, QPointF, QSettings, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from ae_studio.torch_setup import compute_on_all_threads
from benchmarks.engine import CASES, MLP_VAE, median_pair

ROUNDS = 5  # pairs of measurements: two cores that other processes share make single ones lie
DRAG_S = 10.0
GAPS_S = 15.0
MOVE_MS = 1000 / 120
TICK_MS = 4


class WindowBench:
    """A visible window with its engine loaded."""

    def __init__(self) -> None:
        from ae_studio.gui.app import SWITCH_INTERVAL_S, make_app
        from ae_studio.gui.main_window import MainWindow

        sys.setswitchinterval(SWITCH_INTERVAL_S)
        self.app = make_app()
        self.app.setOrganizationName("AE Studio benchmarks")
        QSettings().clear()
        self.window = MainWindow()
        self.window.show()
        self.window.load()
        self.wait_for(self.window.session.engine_ready)

    def wait_for(self, signal: Any) -> None:
        loop = QEventLoop()
        signal.connect(loop.quit)
        loop.exec()

    def spend(self, seconds: float) -> None:
        loop = QEventLoop()
        QTimer.singleShot(round(1000 * seconds), loop.quit)
        loop.exec()

    def begin(self, values: Mapping[str, Any], watch: Callable[[Any], None] | None = None) -> None:
        from ae_studio.training.defaults import complete

        self.window.setup_panel.set_config(complete({**values, "epochs": 1000}))
        self.window.steering.train()
        thread = self.window.session._thread
        assert thread is not None
        if watch is not None:  # in the training's own thread, so that the window's delays are not measured
            thread.event_happened.connect(watch, Qt.ConnectionType.DirectConnection)

    def end(self) -> None:
        if self.window.session.training:
            self.window.session.stop()
            self.wait_for(self.window.session.run_ended)

    def close(self) -> None:
        QSettings().clear()
        self.window.close()

    def speed(self, values: Mapping[str, Any], steps: int) -> float:
        """Images per second while the window is visible and shows everything."""
        from benchmarks.engine import StepTimer

        timer = StepTimer(steps, int(values["batch_size"]), self.window.session.stop)
        self.begin(values, timer)
        self.wait_for(self.window.session.run_ended)
        return timer.images_per_second

    def drag_latencies(self, seconds: float) -> list[float]:
        """Milliseconds from each mouse move, 120 a second, to the paint that shows its digit or a newer one's."""
        drag = Drag(self.window)
        drag.start()
        self.spend(seconds)
        drag.end()
        self.spend(0.2)
        return [1000 * latency for latency in drag.latencies]

    def event_loop_gaps(self, seconds: float) -> list[float]:
        """Milliseconds between two ticks of a 4 ms timer."""
        ticks: list[float] = []
        timer = QTimer()
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.timeout.connect(lambda: ticks.append(time.perf_counter()))
        timer.start(TICK_MS)
        self.spend(seconds)
        timer.stop()
        return [1000 * (after - before) for before, after in pairwise(ticks)]


class Drag:
    """A hand that moves in a circle over the canvas, and a stop-watch for each of its moves."""

    def __init__(self, window: Any) -> None:
        self._canvas = window.latent_panel.canvas
        self._hand = window.hand
        self._sent: list[float] = []
        self._of_code: dict[bytes, int] = {}
        self._shown = -1
        self._measured = 0
        self.latencies: list[float] = []
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._move)
        window.hand.handle_moved.connect(self._note_code)
        window.hand.handle_decoded.connect(self._note_decoded)
        window.decoded_panel.digit_view.painted.connect(self._note_paint)

    def start(self) -> None:
        self._send(QEvent.Type.MouseButtonPress, Qt.MouseButton.LeftButton)
        self._timer.start(round(MOVE_MS))

    def end(self) -> None:
        self._timer.stop()
        self._send(QEvent.Type.MouseButtonRelease, Qt.MouseButton.LeftButton)

    def _move(self) -> None:
        self._sent.append(time.perf_counter())
        self._send(QEvent.Type.MouseMove, Qt.MouseButton.NoButton)

    def _send(self, kind: QEvent.Type, button: Qt.MouseButton) -> None:
        angle = len(self._sent) / 40
        width, height = self._canvas.width(), self._canvas.height()
        at = QPointF(width * (0.5 + 0.3 * math.cos(angle)), height * (0.5 + 0.3 * math.sin(angle)))
        to_global = QPointF(self._canvas.mapToGlobal(QPoint(0, 0))) + at
        event = QMouseEvent(kind, at, to_global, button, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(self._canvas, event)

    def _note_code(self, code: Any, x: float, y: float) -> None:
        self._of_code[code.tobytes()] = len(self._sent) - 1

    def _note_decoded(self, decoded: Any) -> None:
        self._shown = max(self._shown, self._of_code.get(decoded.code.tobytes(), -1))

    def _note_paint(self) -> None:
        now = time.perf_counter()
        while self._measured <= self._shown:
            self.latencies.append(now - self._sent[self._measured])
            self._measured += 1


def in_a_thread(work: Callable[[], float]) -> float:
    """The work's result. In a thread that ends behind it: helpers that it left would slow the next measurement."""
    with ThreadPoolExecutor(1, initializer=compute_on_all_threads) as pool:
        return pool.submit(work).result()


def quantile(values: list[float], share: float) -> float:
    return float(np.quantile(values, share))


def speed() -> dict[str, float]:
    """Training with the window visible, and a hand-written loop in turns with it; the median pair of each case."""
    from ae_studio.paths import data_root
    from benchmarks.baselines import bare_loop, mnist_images

    found: dict[str, float] = {}
    bench = WindowBench()
    images = mnist_images(data_root())
    for case in CASES:
        pairs = []
        for _ in range(ROUNDS):
            loop = partial(bare_loop, case.bare(), images, case.steps)
            bare = in_a_thread(partial(loop, batch_size=case.values["batch_size"], lr=case.values["lr"]))
            pairs.append((bench.speed(case.values, case.steps), bare))
        ours, bare = median_pair(pairs)
        found |= {f"{case.name}_window": ours, f"{case.name}_bare": bare}
    bench.close()
    return found


def hand() -> dict[str, float]:
    """Milliseconds: mouse move to painted digit, idle and while training; gaps of the event loop while training."""
    bench = WindowBench()
    bench.begin(MLP_VAE)
    bench.wait_for(bench.window.session.epoch_done)
    bench.end()
    bench.spend(0.5)
    idle = bench.drag_latencies(DRAG_S)
    bench.begin(MLP_VAE)
    bench.wait_for(bench.window.session.steps_done)
    bench.spend(1.0)
    busy = bench.drag_latencies(DRAG_S)
    gaps = bench.event_loop_gaps(GAPS_S)
    bench.end()
    bench.close()
    return {
        "idle_p50": quantile(idle, 0.5),
        "idle_p99": quantile(idle, 0.99),
        "busy_p50": quantile(busy, 0.5),
        "busy_p99": quantile(busy, 0.99),
        "gap_p999": quantile(gaps, 0.999),
        "gap_max": max(gaps),
    }


def memory() -> dict[str, float]:
    """Resident megabytes of a window that trains on MNIST and is used meanwhile."""
    from benchmarks.memory import resident_megabytes

    bench = WindowBench()
    bench.begin(MLP_VAE)
    bench.wait_for(bench.window.session.epoch_done)
    bench.drag_latencies(2.0)
    bench.wait_for(bench.window.session.epoch_done)
    found = {"window_mb": resident_megabytes()}
    bench.end()
    bench.close()
    return found


MEASUREMENTS = {"speed": speed, "hand": hand, "memory": memory}

if __name__ == "__main__":
    os.environ["AE_STUDIO_RUNS"] = tempfile.mkdtemp(prefix="ae-studio-benchmark-")
    try:
        print(json.dumps(MEASUREMENTS[sys.argv[1]]()))
    finally:
        shutil.rmtree(os.environ["AE_STUDIO_RUNS"], ignore_errors=True)
