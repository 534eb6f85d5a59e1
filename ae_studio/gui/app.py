"""Opens the window."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from ae_studio import __version__
from ae_studio.gui.icons import app_icon
from ae_studio.gui.main_window import MainWindow

SWITCH_INTERVAL_S = 0.0005  # the window must get the interpreter soon while a training runs; Python's default is 5 ms


def run_window(run: Path | None = None) -> int:
    """Shows the window, on a run if one is given; returns when it is closed."""
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    app = make_app()
    window = MainWindow()
    first_paint = FirstPaint(window)
    first_paint.done.connect(window.load)
    window.show()
    if run is not None:
        window.open_when_ready(run)
    return app.exec()


class FirstPaint(QObject):
    """Waits until a widget has been painted once: what takes seconds to load must not hold back the window.

    Signals:
        done()
    """

    done = Signal()

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self.done.emit)  # once everything inside it has been painted too
        return False


def make_app() -> QApplication:
    """The application object with its names, under which settings are kept."""
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("AE Studio")
    app.setOrganizationName("AE Studio")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("ae-studio")
    app.setWindowIcon(app_icon())
    return app
