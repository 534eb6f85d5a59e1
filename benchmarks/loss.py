"""The loss plot with very many steps: ``python -m benchmarks.loss measure`` prints one JSON object.

Every frame is asked for by a mouse event of its own and counted when it is painted.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from ae_studio.events import LatentSpace, StepsDone
from ae_studio.gui.loss_panel import LossPanel
from ae_studio.gui.loss_plot import LossPlot
from ae_studio.runs.history import History
from benchmarks.canvas import Paints

STEPS = 10_000_000
EPOCHS = 100
TERMS = ("loss", "reconstruction", "kl", "mmd")
SIZE = (820, 300)  # pixels: beside the panels of a large window
FRAMES = 120
ROUNDS = 3
REACH = 80  # pixels that a pan goes to and fro
LIVE = 30  # events a second that a training tells
LIVE_STEPS = 100  # of a quick model in one of them

Move = Callable[[LossPlot, int], None]


def history(count: int) -> History:
    """Curves that fall, with noise and rare spikes; the KL warmed up over the first half."""
    rng = np.random.default_rng(0)
    steps = np.arange(1, count + 1)
    fall = (100 / (1 + 50 * steps / count)).astype(np.float32)
    terms = {}
    for place, name in enumerate(TERMS):
        values: npt.NDArray[np.float32] = (
            fall * (1 + 0.1 * rng.standard_normal(count, dtype=np.float32)) / np.float32(1 + place)
        )
        values[rng.integers(0, count, 50)] *= 3
        terms[name] = values
    per_epoch = max(1, count // EPOCHS)
    epochs = range(1, EPOCHS + 1)
    rows = {epoch: {name: float(values[epoch * per_epoch - 1]) for name, values in terms.items()} for epoch in epochs}
    weights = {name: (np.array([1]), np.array([1.0])) for name in TERMS[1:]}
    weights["kl"] = (np.array([1, count // 2]), np.array([0.0, 4.0]))
    return History(steps, terms, rows, rows, per_epoch, weights=weights)


def panel_of(count: int) -> LossPanel:
    """A visible panel with all terms of so many steps, smoothed."""
    panel = LossPanel()
    panel.resize(*SIZE)
    panel.set_space(LatentSpace(2))
    panel.load(history(count), "nats per image")
    panel.show()
    panel.end()
    QApplication.processEvents()
    panel._hidden.clear()
    panel.header._smoothing.setValue(3)
    return panel


def frames_per_second(plot: LossPlot, move: Move) -> float:
    """Of so many moves, one after the other as soon as the last is on the screen."""
    paints = Paints(plot.viewport())
    began = time.perf_counter()
    for index in range(FRAMES):
        before = paints.count
        move(plot, index)
        while paints.count == before:
            QApplication.processEvents()
    return FRAMES / (time.perf_counter() - began)


def zoom(plot: LossPlot, index: int) -> None:
    """Thirty notches of the wheel nearer, and as many back."""
    at = QPointF(0.6 * plot.width(), 0.5 * plot.height())
    event = QWheelEvent(
        at,
        QPointF(plot.mapToGlobal(at.toPoint())),
        QPoint(),
        QPoint(0, 120 if index % 60 < 30 else -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(plot.viewport(), event)


def pan(plot: LossPlot, index: int) -> None:
    """A drag to and fro."""
    middle = QPointF(0.5 * plot.width(), 0.5 * plot.height())
    if index == 0:
        _mouse(plot, QEvent.Type.MouseButtonPress, middle)
    angle = 2 * np.pi * (index + 1) / 40
    _mouse(plot, QEvent.Type.MouseMove, middle + QPointF(REACH * np.cos(angle), 10 * np.sin(angle)))
    if index == FRAMES - 1:
        _mouse(plot, QEvent.Type.MouseButtonRelease, middle)


def _mouse(plot: LossPlot, kind: QEvent.Type, at: QPointF) -> None:
    button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else Qt.MouseButton.LeftButton
    event = QMouseEvent(
        kind,
        at,
        QPointF(plot.mapToGlobal(at.toPoint())),
        button,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(plot.viewport(), event)


def live_share(panel: LossPanel, count: int) -> float:
    """Per cent of a thread's time that a training's steps take on top of so many: to take them in, and to redraw."""
    taken = 0.0
    panel.add_steps(StepsDone(EPOCHS + 1, np.array([count + 1]), dict.fromkeys(TERMS, np.ones(1, np.float32)), 0.0))
    count += 1  # which made room for many: that takes its time, but once
    for index in range(LIVE):
        steps = np.arange(count + index * LIVE_STEPS + 1, count + (index + 1) * LIVE_STEPS + 1)
        values = np.full(LIVE_STEPS, 3.0, dtype=np.float32)
        began = time.perf_counter()
        panel.add_steps(StepsDone(EPOCHS + 1, steps, dict.fromkeys(TERMS, values), 0.0, {"kl": (4.0, 4.0)}))
        taken += time.perf_counter() - began
    began = time.perf_counter()
    panel._redraw()
    panel.repaint()
    redraw = (time.perf_counter() - began) * 1000 / panel._timer.interval()
    return 100 * (taken + redraw)


def measure() -> dict[str, float]:
    """Frames a second with all terms smoothed, of the raw and of the weighted ones; the median of a few rounds."""
    from ae_studio.gui.app import make_app

    _app = make_app()
    count = int(os.environ.get("LOSS_STEPS", STEPS))
    panel = panel_of(count)
    found: dict[str, float] = {}
    for view in range(2):
        panel.header._box.setCurrentIndex(view)
        panel.end()
        plot = panel._made_plot()
        for name, move in (("zoom", zoom), ("pan", pan)):
            speed = float(np.median([frames_per_second(plot, move) for _ in range(ROUNDS)]))
            found[name] = min(speed, found.get(name, speed))
    panel._made_plot().show_all()
    found["live"] = live_share(panel, count)
    panel.close()
    return found


if __name__ == "__main__":
    print(json.dumps({"measure": measure}[sys.argv[1]]()))
