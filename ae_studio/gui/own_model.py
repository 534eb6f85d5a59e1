"""Under the model's box: a model of one's own from a Python file, and the same again once it was edited."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from ae_studio.gui.named import named
from ae_studio.models.own_file import names_a_file

OPEN = "Opens a Python file with a model of your own. CONTRIBUTING.md has one of 40 lines to begin with"
LOADING = "The engine is still loading"


class OwnModel(QWidget):
    """Two buttons; the first has a menu where installed packages offer models too.

    Signals:
        open_requested(): a file is to be chosen.
        reload_requested(path): the chosen model's file, as it is now.
        installed_chosen(name): a model of an installed package.
    """

    open_requested = Signal()
    reload_requested = Signal(str)
    installed_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._path = ""
        self._ready = False
        self._locked = ""
        self._open_button = named(QPushButton("Open a Python file…", self, flat=True), "own_model_button")
        self._open_button.setAccessibleName("Open a Python file with a model of your own")
        self._reload_button = named(QPushButton("Reload", self, flat=True), "reload_model_button")
        self._reload_button.setAccessibleName("Reload the model's Python file")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 0, 10, 0)
        layout.setSpacing(14)
        layout.addWidget(self._open_button)
        layout.addWidget(self._reload_button)
        layout.addStretch(1)
        self._open_button.clicked.connect(self._ask_for_file)
        self._reload_button.clicked.connect(self._ask_for_reload)
        self.show_choice("")

    def offer(self, installed: Sequence[str]) -> None:
        """Once the engine is there, which a model needs; ``installed`` are the names that packages offer."""
        self._ready = True
        if installed:
            menu = QMenu(self)
            menu.addAction("Open a Python file…", self._ask_for_file)
            menu.addSeparator()
            for name in installed:
                menu.addAction(QAction(name, menu))
            menu.triggered.connect(self._choose_installed)
            self._open_button.setMenu(menu)
        self.lock(self._locked)

    def show_choice(self, model: str) -> None:
        """The chosen family: a file can be read again."""
        self._path = model if names_a_file(model) else ""
        self._reload_button.setVisible(bool(self._path))
        self.lock(self._locked)

    def lock(self, reason: str) -> None:
        """An empty reason unlocks it."""
        self._locked = reason
        why_not = reason or ("" if self._ready else LOADING)
        for button in (self._open_button, self._reload_button):
            button.setEnabled(not why_not)
        self._open_button.setToolTip(why_not or OPEN)
        self._reload_button.setToolTip(why_not or f"Runs {Path(self._path).name} again, as it is now")

    def _ask_for_file(self) -> None:
        self.open_requested.emit()

    def _ask_for_reload(self) -> None:
        self.reload_requested.emit(self._path)

    def _choose_installed(self, action: QAction) -> None:
        if not action.isSeparator() and action.text() != "Open a Python file…":
            self.installed_chosen.emit(action.text())
