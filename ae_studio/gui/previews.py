"""A look into a data set, in a window of its own: one at a time."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ae_studio.gui.errands import Errands
from ae_studio.gui.preview_dialog import PreviewDialog
from ae_studio.gui.setup_panel import SetupPanel
from ae_studio.gui.theme import DARK, Theme

USUAL_FRACTION = 0.1  # for validation, where the settings that say it are wrong


class Previews(QObject):
    """Asks for what a data set holds, and shows it when it comes."""

    def __init__(self, errands: Errands, setup: SetupPanel, window: QWidget) -> None:
        super().__init__(window)
        self._errands = errands
        self._setup = setup
        self._window = window
        self._theme = DARK
        self.dialog: PreviewDialog | None = None  # while it is open

    def ask(self, data: str) -> None:
        """The data set's parts are those that a training with these settings would make."""
        config = self._setup.config()
        self._errands.preview_data(data, config.validation_fraction if config else USUAL_FRACTION)

    def show_preview(self, preview: Any) -> None:
        """An :class:`ae_studio.data.preview.Preview`, in the place of the one that is open."""
        self.close()
        self.dialog = PreviewDialog(preview, self._theme, self._window)
        self.dialog.finished.connect(self._forget)
        self.dialog.show()

    def close(self) -> None:
        if self.dialog is not None:
            self.dialog.close()

    def set_theme(self, theme: Theme) -> None:
        """Of the next one."""
        self._theme = theme

    def _forget(self) -> None:
        self.dialog = None  # Qt deletes it once it is closed
