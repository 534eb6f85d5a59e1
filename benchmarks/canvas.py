"""The canvas with very many points: ``python -m benchmarks.canvas measure`` prints one JSON object.

Every frame is asked for by a mouse event of its own and counted when it is painted.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from ae_studio.gui.latent_canvas import LatentCanvas

COUNTS = (70_000, 1_000_000)
SIZES = ((820, 480), (1280, 800))  # pixels: beside the panels of a laptop's window, and of a large one
CLASSES = 10
FRAMES = 120
ROUNDS = 3
HOVERS = 1000
REACH = 60  # pixels that a pan goes to and fro

Move = Callable[[LatentCanvas, int], None]


class Paints(QObject):
    """Counts the pictures that a widget has painted."""

    def __init__(self, widget: QObject) -> None:
        super().__init__()
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        self.count += event.type() == QEvent.Type.Paint
        return False


def canvas_of(count: int, size: tuple[int, int]) -> LatentCanvas:
    """A visible canvas with so many points: a heap for each class, the wider the later."""
    rng = np.random.default_rng(0)
    classes = rng.integers(0, CLASSES, count)
    centres = 2 * rng.normal(size=(CLASSES, 2))
    points = centres[classes] + (0.3 + 0.1 * classes[:, None]) * rng.normal(size=(count, 2))
    canvas = LatentCanvas()
    canvas.resize(*size)
    canvas.start(classes, CLASSES)
    canvas.show()
    canvas.show_points(points.astype(np.float32), glide=False)
    canvas.show_handle(0.0, 0.0)
    QApplication.processEvents()
    return canvas


def frames_per_second(canvas: LatentCanvas, move: Move) -> float:
    """Of so many moves, one after the other as soon as the last is on the screen."""
    paints = Paints(canvas)
    began = time.perf_counter()
    for index in range(FRAMES):
        before = paints.count
        move(canvas, index)
        while paints.count == before:
            QApplication.processEvents()
    return FRAMES / (time.perf_counter() - began)


def pan(canvas: LatentCanvas, index: int) -> None:
    """A right drag to and fro."""
    middle = QPointF(canvas.width() / 2, canvas.height() / 2)
    if index == 0:
        _mouse(canvas, QEvent.Type.MouseButtonPress, middle, Qt.MouseButton.RightButton)
    angle = 2 * np.pi * (index + 1) / 40
    _mouse(canvas, QEvent.Type.MouseMove, middle + QPointF(REACH * np.cos(angle), REACH * np.sin(angle)))
    if index == FRAMES - 1:
        _mouse(canvas, QEvent.Type.MouseButtonRelease, middle, Qt.MouseButton.RightButton)


def zoom(canvas: LatentCanvas, index: int) -> None:
    """Twenty notches of the wheel nearer, and as many back."""
    notch = 120 if index % 40 < 20 else -120
    at = QPointF(canvas.width() / 2, canvas.height() / 2)
    event = QWheelEvent(
        at,
        QPointF(canvas.mapToGlobal(QPoint(0, 0))) + at,
        QPoint(),
        QPoint(0, notch),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas, event)


def hover_milliseconds(canvas: LatentCanvas) -> float:
    """To find the nearest point, of shown classes, to the mouse; 99 of 100."""
    rng = np.random.default_rng(1)
    canvas.hide_classes({3})
    taken = []
    for x, y in _places(rng, canvas):
        began = time.perf_counter()
        canvas.point_at(QPointF(x, y))
        taken.append(1000 * (time.perf_counter() - began))
    return float(np.quantile(taken[1:], 0.99))  # the first one makes the index, which the window does in another thread


def _places(rng: np.random.Generator, canvas: LatentCanvas) -> Iterator[tuple[float, float]]:
    for _ in range(HOVERS):
        yield float(rng.uniform(0, canvas.width())), float(rng.uniform(0, canvas.height()))


def _mouse(
    canvas: LatentCanvas, kind: QEvent.Type, at: QPointF, button: Qt.MouseButton = Qt.MouseButton.NoButton
) -> None:
    to_global = QPointF(canvas.mapToGlobal(QPoint(0, 0))) + at
    held = Qt.MouseButton.RightButton
    QApplication.sendEvent(canvas, QMouseEvent(kind, at, to_global, button, held, Qt.KeyboardModifier.NoModifier))


def measure() -> dict[str, float]:
    """Frames a second, of the slower of the two sizes, and the hover of a million; the median of a few rounds."""
    from ae_studio.gui.app import make_app

    _app = make_app()
    found: dict[str, float] = {}
    for count in COUNTS:
        for size in SIZES:
            canvas = canvas_of(count, size)
            for name, move in (("pan", pan), ("zoom", zoom)):
                speed = float(np.median([frames_per_second(canvas, move) for _ in range(ROUNDS)]))
                key = f"{name}_{count}"
                found[key] = min(speed, found.get(key, speed))
                found[f"{key}_{size[0]}"] = speed
            if count == COUNTS[-1]:
                hover = hover_milliseconds(canvas)
                found["hover"] = max(hover, found.get("hover", hover))
            canvas.close()
    return found


if __name__ == "__main__":
    print(json.dumps({"measure": measure}[sys.argv[1]]()))
