"""The comparison of runs, made when it is first wanted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ae_studio.gui.theme import DARK, Theme

if TYPE_CHECKING:
    from ae_studio.gui.compare_window import CompareWindow
    from ae_studio.runs.compared import Entry


class Comparing(QObject):
    """Keeps the window: it has no parent, so that the main window can be in front of it.

    Signals:
        open_requested(folder): the path of a run to be shown in the main window.
    """

    open_requested = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = DARK
        self.window: CompareWindow | None = None

    def prepare(self) -> None:
        """Reads what it opens: behind the main window's first paint, which that would hold back, and in its thread."""
        import ae_studio.gui.compare_window  # noqa: F401

    def open(self, entries: Sequence[Entry]) -> None:
        """In front, with these runs, each at an epoch or at its last."""
        if self.window is None:
            from ae_studio.gui.compare_window import CompareWindow

            self.window = CompareWindow()
            self.window.set_theme(self._theme)
            self.window.open_requested.connect(self._open)
        self.window.compare(entries)
        self.window.open_window()

    def _open(self, path: Path) -> None:
        self.open_requested.emit(str(path))

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        if self.window is not None:
            self.window.set_theme(theme)

    def close(self) -> None:
        if self.window is not None:
            self.window.close()

    def end(self) -> None:
        """Waits for every thread."""
        if self.window is not None:
            self.window.end()
            self.window.deleteLater()
            self.window = None
