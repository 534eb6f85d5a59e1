"""Four linked latent spaces under one drag: ``python -m benchmarks.linked measure`` prints one JSON object.

A frame is one move of the mouse, until the handles and all four decoded images are painted. The runs are VAEs with
784-512-256-2 units and random weights, which decode as trained ones do, with 2,000 codes each.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

import numpy as np
from PySide6.QtCore import QEvent, QEventLoop, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

RUNS, CODES = 4, 2000
SIZE = 1200, 800  # pixels
MOVES = 1000
WARM = 20  # moves that are not counted
PAUSE_S = 1 / 120  # between two moves, as a mouse of 120 Hz makes them


def scenes() -> list[Any]:
    """Codes of the same images, each cloud turned in a way of its own."""
    import torch

    from ae_studio.events import LatentSpace, Look
    from ae_studio.latent.decoder import FrozenDecoder
    from ae_studio.latent.scene import Scene
    from ae_studio.models.build import build_model
    from ae_studio.training.defaults import complete

    random = np.random.default_rng(0)
    labels = np.arange(CODES) % 10
    centres = random.normal(size=(10, 2)) * 2
    codes = (centres[labels] + random.normal(size=(CODES, 2)) * 0.4).astype(np.float32)
    images = random.integers(0, 256, (CODES, 28, 28)).astype(np.uint8)
    names = tuple("0123456789")
    found = []
    for seed in range(RUNS):
        torch.manual_seed(seed)
        model = build_model(complete({"data": "mnist", "model": "vae", "latent_dim": 2}), (1, 28, 28), names)
        turn, _ = np.linalg.qr(random.normal(size=(2, 2)))
        look = Look(1, 1, (codes @ turn).astype(np.float32), images[:4], FrozenDecoder(model))
        found.append(Scene(LatentSpace(2), labels, names, images, look))
    return found


def measure() -> dict[str, float]:
    """Milliseconds of a frame: the median, and 99 of 100."""
    from ae_studio.gui.app import SWITCH_INTERVAL_S, make_app
    from ae_studio.gui.compare_spaces import SpacesTab
    from ae_studio.gui.theme import DARK

    sys.setswitchinterval(SWITCH_INTERVAL_S)
    app = make_app()
    tab = SpacesTab()
    tab.resize(*SIZE)
    tab.set_theme(DARK)
    for view in tab.views:
        view.show()
    tab.show()
    tab.hand.show(scenes(), ["mnist"] * RUNS)
    while tab.hand.runs is None:
        app.processEvents()
    painted: set[int] = set()
    for view in tab.views:
        view._decoded.painted.connect(lambda index=view.index: painted.add(index))
    canvas = tab.views[1].canvas
    _settle(app, 0.5)
    _mouse(canvas, QEvent.Type.MouseButtonPress, QPointF(60, 60))
    taken = []
    for move in range(MOVES + WARM):
        painted.clear()
        began = time.perf_counter()
        _mouse(canvas, QEvent.Type.MouseMove, QPointF(60 + move % 120, 60 + move % 83))
        while len(painted) < RUNS:  # asleep meanwhile, as an application is: a loop would keep the decoders waiting
            app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        taken.append(1000 * (time.perf_counter() - began))
        _settle(app, max(0.0, PAUSE_S - taken[-1] / 1000))
    tab.close()
    tab.end()
    counted = taken[WARM:]
    return {"median": float(np.median(counted)), "p99": float(np.quantile(counted, 0.99))}


def _settle(app: QApplication, seconds: float) -> None:
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        app.processEvents()
        time.sleep(0.0005)


def _mouse(canvas: Any, kind: QEvent.Type, at: QPointF) -> None:
    left = Qt.MouseButton.LeftButton
    button = left if kind == QEvent.Type.MouseButtonPress else Qt.MouseButton.NoButton
    event = QMouseEvent(kind, at, canvas.mapToGlobal(at), button, left, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(canvas, event)


if __name__ == "__main__":
    if sys.argv[1:] != ["measure"]:
        raise SystemExit(__doc__)
    print(json.dumps(measure()))
