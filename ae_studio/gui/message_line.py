"""A line above a list: what went wrong, or what was done."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from ae_studio.gui.named import named


class MessageLine(QLabel):
    """Takes room only while there is something to tell."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        named(self, "library_message")
        self.hide()

    def tell(self, message: str) -> None:
        """Empty: nothing any more."""
        self.setText(message)
        self.setVisible(bool(message))
