"""A step of the epoch slider, measured in a real window: ``python -m benchmarks.epochs measure`` prints JSON.

From the slider's change until the canvas, the image under the handle and the reconstructions of that epoch are all
painted: while its handle is dragged, so that points do not glide but are where they belong at once. The layers that
are computed anew, the lattice with its 400 decoded images among them, follow and are timed by themselves.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QEvent, QEventLoop, QObject, QPoint, Qt, QTimer
from PySide6.QtTest import QTest

from benchmarks.engine import MLP_VAE
from benchmarks.window import WindowBench

EPOCHS = 12
BATCH = 2048  # the time to train them is not what is measured
STEPS = 200
PAUSE_S = 0.06  # between two steps: time enough to read ahead, as a dragging hand leaves it
LATEST_S = 5.0
LAYERS = ("lattice", "density")


class Painted(QObject):
    """Notes when each of some widgets was painted last."""

    def __init__(self, **widgets: Any) -> None:
        super().__init__()
        self.at = dict.fromkeys(widgets, 0.0)
        self._names = {id(widget): name for name, widget in widgets.items()}
        self._kept = tuple(widgets.values())
        for widget in widgets.values():
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        if event.type() == QEvent.Type.Paint:
            self.at[self._names[id(watched)]] = time.perf_counter()
        return False


class EpochsBench(WindowBench):
    """A window with a run whose epochs are all kept."""

    def __init__(self, run: Path) -> None:
        super().__init__()
        window = self.window
        window.open_run(str(run))
        self.wait_for(window.session.look_shown)
        self.spend(1.0)
        self.slider = window.epoch_bar._slider
        canvas, digit, grid = (
            window.latent_panel.canvas,
            window.decoded_panel.digit_view,
            window.reconstruction_panel.grid,
        )
        self._painted = Painted(canvas=canvas, digit=digit, grid=grid)
        self._shown_at: dict[str, float] = {}
        self._epoch = -1
        self._all_shown_at = 0.0
        window.times.look_shown.connect(self._note_look)
        window.hand.handle_decoded.connect(lambda decoded: self._note("digit"))
        window.layers.drawing_changed.connect(self._note_drawing)
        self._layers: tuple[str, ...] = ()

    def show(self, *layers: str) -> None:
        self._layers = layers
        for key in LAYERS:
            self.window.layers.set_on(key, key in layers)
        self.spend(0.5)

    def forget(self) -> None:
        """As if the run had just been opened: nothing of it is in memory, and nothing is read ahead."""
        moments = self.window.times._moments
        assert moments is not None
        moments._kept.clear()

    def steps(self, *, cold: bool) -> list[tuple[float, float]]:
        """Milliseconds of each, to and fro over all epochs: until it is shown, and until its layers are too."""
        middle = QPoint(self.slider.width() // 2, self.slider.height() // 2)
        QTest.mousePress(self.slider, Qt.MouseButton.LeftButton, pos=middle)  # as a hand holds it
        self.spend(0.5)
        epochs = [*range(EPOCHS + 1), *range(EPOCHS - 1, 0, -1)]
        found = []
        for number in range(STEPS):
            epoch = epochs[number % len(epochs)]
            if epoch == self.slider.value():
                continue
            if cold:
                self.forget()
            found.append(self._step(epoch))
            self.spend(PAUSE_S)
        QTest.mouseRelease(self.slider, Qt.MouseButton.LeftButton, pos=middle)
        return found

    def _step(self, epoch: int) -> tuple[float, float]:
        self._shown_at, self._epoch, self._all_shown_at = {}, epoch, 0.0
        began = time.perf_counter()
        self.slider.setValue(epoch)
        loop = QEventLoop()
        timer = QTimer(interval=1, timerType=Qt.TimerType.PreciseTimer)
        timer.timeout.connect(lambda: loop.quit() if self._is_painted() else None)
        QTimer.singleShot(round(1000 * LATEST_S), loop.quit)
        timer.start()
        loop.exec()
        timer.stop()
        if not self._is_painted():
            raise RuntimeError(f"epoch {epoch} was not shown within {LATEST_S} s")
        return 1000 * (self._all_shown_at - began), 1000 * (max(self._painted.at.values()) - began)

    def _note_look(self, look: Any) -> None:
        if look.epoch == self._epoch:
            self._note("canvas")
            self._note("grid")

    def _note_drawing(self, key: str, drawing: Any) -> None:
        if key in self._layers and drawing is not None:
            self._note(key)

    def _note(self, name: str) -> None:
        if name in ("canvas", "grid") or "canvas" in self._shown_at:
            self._shown_at.setdefault(name, time.perf_counter())

    def _is_painted(self) -> bool:
        """With its layers, which the canvas paints."""
        at, told = self._painted.at, self._shown_at
        if not self._all_shown_at and all(name in told and at[name] >= told[name] for name in at):
            self._all_shown_at = max(at.values())
        layers = (at["canvas"] >= told.get(layer, np.inf) for layer in self._layers)
        return self._all_shown_at > 0 and all(layers)


def trained_run(folder: Path) -> Path:
    """The default MLP's VAE on MNIST, with a dozen epochs."""
    from ae_studio.training.defaults import complete
    from ae_studio.training.train import train

    run = folder / "epochs"
    train(complete({**MLP_VAE, "epochs": EPOCHS, "batch_size": BATCH}), lambda event: None, out=run)
    return run


def measure() -> dict[str, float]:
    """Milliseconds, half and 99 of 100 of the steps."""
    bench = EpochsBench(trained_run(Path(os.environ["AE_STUDIO_RUNS"])))
    found: dict[str, float] = {}
    for name, layers in (("plain", ()), ("layers", LAYERS)):
        bench.show(*layers)
        for cold in (False, True):
            taken = np.array(bench.steps(cold=cold))
            for share in (0.5, 0.99):
                key = f"{name}_{'cold' if cold else 'ahead'}_p{round(100 * share)}"
                found[key], found[f"{key}_layers"] = np.quantile(taken, share, axis=0).tolist()
    bench.close()
    return found


if __name__ == "__main__":
    os.environ["AE_STUDIO_RUNS"] = tempfile.mkdtemp(prefix="ae-studio-benchmark-")
    try:
        print(json.dumps({"measure": measure}[sys.argv[1]]()))
    finally:
        shutil.rmtree(os.environ["AE_STUDIO_RUNS"], ignore_errors=True)
