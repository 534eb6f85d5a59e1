"""Opens the window."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from ae_studio import __version__
from ae_studio.gui.icons import app_icon
from ae_studio.gui.main_window import MainWindow

SWITCH_INTERVAL_S = 0.0005  # the window must get the interpreter soon while a training runs; Python's default is 5 ms


def run_window(run: Path | None = None) -> int:
    """Shows the window, on a run if one is given; returns when it is closed."""
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    app = make_app()
    window = MainWindow()
    window.show()
    # Behind the first paint: what takes seconds to load must not hold back the window.
    QTimer.singleShot(0, window.load)
    if run is not None:
        window.open_when_ready(run)
    return app.exec()


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
