"""``ae-studio --self-test``: the main job once, end to end, in a real window, on a scratch folder.

For bundles and fresh installations. A line a step; the user's runs and settings are never touched.
"""

from __future__ import annotations

import os
import tempfile
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QEvent, QEventLoop, QPointF, QSettings, Qt, QTimer, SignalInstance
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QPushButton

from ae_studio.gui.app import FirstPaint, make_app
from ae_studio.gui.main_window import MainWindow
from ae_studio.training.defaults import complete

EPOCHS = 2
PATIENCE_S = 180  # for the slowest step: torch from a cold disk


class SelfTestFailed(Exception):
    """A step that did not do what it should. The message says what was seen."""


def run_self_test() -> int:
    """0 where every step worked, else 1. Prints a line a step, and the traceback of what failed."""
    with tempfile.TemporaryDirectory(prefix="ae-studio-self-test-", ignore_cleanup_errors=True) as folder:
        os.environ["AE_STUDIO_RUNS"] = str(Path(folder) / "runs")
        QSettings.setDefaultFormat(QSettings.Format.IniFormat)
        QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, folder)
        make_app()
        return SelfTest().run()


class SelfTest:
    """The steps, in their order; each returns what was seen, in a few words."""

    def __init__(self) -> None:
        self._window = MainWindow()
        self._wait_for = partial(_wait_for, failed=self._window.session.errand_failed)
        self._codes = np.zeros((0, 2), dtype=np.float32)
        self._image = np.zeros((0, 0), dtype=np.uint8)

    def run(self) -> int:
        steps = (self.open, self.load, self.train, self.drag, self.save, self.reopen, self.close)
        try:
            for number, step in enumerate(steps, start=1):
                print(f"{number}/{len(steps)} {step.__name__:<7} ", end="", flush=True)
                print(f"ok: {step()}", flush=True)
        except Exception as error:
            print(f"FAILED: {error}", flush=True)
            if not isinstance(error, SelfTestFailed):
                traceback.print_exc()
            self._window.end()
            return 1
        return 0

    def open(self) -> str:
        painted = FirstPaint(self._window).done
        self._wait_for(painted, self._window.show)
        return f"a window of {self._window.width()} × {self._window.height()}"

    def load(self) -> str:
        self._wait_for(self._window.session.engine_ready, self._window.load)
        return "torch and Lightning"

    def train(self) -> str:
        self._window.setup_panel.set_config(complete({"data": "digits", "epochs": EPOCHS, "device": "cpu"}))
        ended = self._wait_for(self._window.session.run_ended, self._button("train_button").click)
        _check(ended.outcome == "finished", ended.reason)
        validation = self._window.loss_panel.losses("validation")
        _check(len(validation) == EPOCHS + 1, f"{len(validation)} epochs were told, not {EPOCHS + 1}")
        _check(validation[-1] < validation[0], f"the loss went from {validation[0]:.4g} to {validation[-1]:.4g}")
        return f"{EPOCHS} epochs of digits, validation loss {validation[0]:.4g} to {validation[-1]:.4g}"

    def drag(self) -> str:
        canvas, hand = self._window.latent_panel.canvas, self._window.hand
        centre, corner = (QPointF(canvas.width() * share, canvas.height() * share) for share in (0.5, 0.25))
        before = self._wait_for(hand.handle_decoded, lambda: _mouse(canvas, QEvent.Type.MouseButtonPress, centre))
        after = self._wait_for(hand.handle_decoded, lambda: _mouse(canvas, QEvent.Type.MouseMove, corner))
        _mouse(canvas, QEvent.Type.MouseButtonRelease, corner)
        _check(not np.array_equal(before.image, after.image), "the image did not follow the hand")
        self._codes, self._image = hand.explorer.codes, after.image
        return f"another image at z = {after.code[0]:.2f}, {after.code[1]:.2f}, in {after.milliseconds:.1f} ms"

    def save(self) -> str:
        paths = self._wait_for(self._window.session.pictures_saved, self._button("pictures_button").click)
        _check(all(path.stat().st_size > 0 for path in paths), "a picture is empty")
        return f"{len(paths)} pictures"

    def reopen(self) -> str:
        window, hand = self._window, self._window.hand
        run, handle = window.session.run_path, hand.explorer.handle.copy()
        opened = self._wait_for(window.session.run_opened, lambda: window.open_run(str(run)))
        _check(not opened.problems, "; ".join(opened.problems))
        decoded = self._wait_for(
            hand.handle_decoded, lambda: hand.put(handle), lambda decoded: np.array_equal(decoded.code, handle)
        )
        _check(np.allclose(hand.explorer.codes, self._codes, atol=1e-5), "the codes are not those of the training")
        _check(np.array_equal(decoded.image, self._image), "the same code decodes to another image")
        return f"{len(opened.epochs)} epochs, the same codes and the same image"

    def close(self) -> str:
        _check(self._window.close(), "the window did not close")
        return "every thread has ended"

    def _button(self, name: str) -> QPushButton:
        button = self._window.findChild(QPushButton, name)
        if button is None or not button.isEnabled():
            raise SelfTestFailed(f"{name} cannot be pressed" + (f": {button.toolTip()}" if button else ""))
        return button


def _wait_for(
    signal: SignalInstance,
    begin: Callable[[], Any],
    wanted: Callable[[Any], bool] = lambda value: True,
    failed: SignalInstance | None = None,
) -> Any:
    """Begins something, and waits for the signal that says it is done; returns the signal's first value.

    ``wanted`` passes over signals of what was under way before; ``failed`` (kind, message, details) ends the waiting.
    """
    loop, told, failures = QEventLoop(), [], []

    def take(*values: Any) -> None:
        if wanted(values[0] if values else None):
            told.append(values[0] if values else None)
            loop.quit()

    def give_up(kind: str, message: str, details: str) -> None:
        failures.append(f"{kind}: {message}")
        loop.quit()

    timer = QTimer(singleShot=True, interval=1000 * PATIENCE_S)
    timer.timeout.connect(loop.quit)
    signal.connect(take)
    if failed is not None:
        failed.connect(give_up)
    begin()
    if not told and not failures:
        timer.start()
        loop.exec()
        timer.stop()
    signal.disconnect(take)
    if failed is not None:
        failed.disconnect(give_up)
    if failures:
        raise SelfTestFailed(failures[0])
    if not told:
        raise SelfTestFailed(f"nothing happened for {PATIENCE_S} s")
    return told[0]


def _mouse(widget: Any, kind: QEvent.Type, place: QPointF) -> None:
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    button = none if kind == QEvent.Type.MouseMove else left
    held = none if kind == QEvent.Type.MouseButtonRelease else left
    to_global = QPointF(widget.mapToGlobal(place.toPoint()))
    event = QMouseEvent(kind, place, to_global, button, held, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(widget, event)


def _check(right: bool, otherwise: str) -> None:
    if not right:
        raise SelfTestFailed(otherwise)
