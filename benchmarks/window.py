"""The window, measured from inside its own process: ``python -m benchmarks.window`` prints one JSON object."""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QEventLoop, QPoint, QPointF, QSettings, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

ROUNDS = 3
DRAG_S = 8.0
MOVE_MS = 1000 / 120
TICK_MS = 4


class WindowBench:
    """A visible window with its engine loaded."""

    def __init__(self, root: Path) -> None:
        from ae_studio.gui.app import SWITCH_INTERVAL_S, make_app
        from ae_studio.gui.main_window import MainWindow

        sys.setswitchinterval(SWITCH_INTERVAL_S)
        self.root = root
        self.app = make_app()
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
        self.window._train()
        thread = self.window.session._thread
        assert thread is not None
        if watch is not None:  # in the training's own thread, so that the window's delays are not measured
            thread.event_happened.connect(watch, Qt.ConnectionType.DirectConnection)

    def end(self) -> None:
        if self.window.session.training:
            self.window.session.stop()
            self.wait_for(self.window.session.run_ended)

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
        import math

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


def resident_megabytes() -> float:
    """Memory of this process, resident, on Linux; elsewhere the most it ever had."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
    except OSError:
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def quantile(values: list[float], share: float) -> float:
    import numpy as np

    return float(np.quantile(values, share))


def measure() -> dict[str, float]:
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        os.environ["AE_STUDIO_RUNS"] = folder
        bench = WindowBench(Path(folder))
        from ae_studio.paths import data_root
        from benchmarks.baselines import Linear, MlpVae, bare_loop, mnist_images
        from benchmarks.engine import MLP_VAE, TALK_LINEAR

        images = mnist_images(data_root())
        cases = {"vae": (MLP_VAE, MlpVae, 300, 1e-3), "linear": (TALK_LINEAR, Linear, 700, 1e-2)}
        for name, (values, model, steps, lr) in cases.items():
            pairs = []
            for _ in range(ROUNDS):
                bare = bare_loop(model(), images, steps, batch_size=values["batch_size"], lr=lr)
                pairs.append((bench.speed(values, steps), bare))
            ours, bare = sorted(pairs, key=lambda pair: pair[0] / pair[1])[ROUNDS // 2]
            found |= {f"{name}_window": ours, f"{name}_bare": bare}
        del images
        bench.spend(0.5)
        idle = bench.drag_latencies(DRAG_S)
        bench.begin(MLP_VAE)
        bench.wait_for(bench.window.session.steps_done)
        bench.spend(1.0)
        busy = bench.drag_latencies(DRAG_S)
        gaps = bench.event_loop_gaps(DRAG_S)
        found["memory_mb"] = resident_megabytes()
        bench.end()
        found |= {"drag_idle_p50": statistics.median(idle), "drag_idle_p99": quantile(idle, 0.99)}
        found |= {"drag_busy_p50": statistics.median(busy), "drag_busy_p99": quantile(busy, 0.99)}
        found |= {"gap_p999": quantile(gaps, 0.999), "gap_max": max(gaps), "moves": len(idle), "moves_busy": len(busy)}
        bench.window._closing = True
        bench.window.close()
    return found


if __name__ == "__main__":
    print(json.dumps(measure()))
