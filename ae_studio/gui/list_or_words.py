"""A list, and the words that stand in its place while it has nothing to show."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from ae_studio.gui.named import named

MARGIN = 24  # pixels around the words


class ListOrWords(QStackedWidget):
    """Shows words until it is told that there is a list. ``way_out`` stands below them where a button can help."""

    def __init__(self, the_list: QWidget, words: str, parent: QWidget, way_out: QPushButton | None = None) -> None:
        super().__init__(parent)
        self._words = named(QLabel(words, self, wordWrap=True, textFormat=Qt.TextFormat.PlainText), "library_empty")
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.addStretch(1)
        column.addWidget(self._words)
        if way_out is not None:
            column.addWidget(way_out, 0, Qt.AlignmentFlag.AlignCenter)
        column.addStretch(1)
        self.addWidget(the_list)
        self.addWidget(page)
        self.setCurrentIndex(1)

    def show_list(self, there: bool) -> None:
        """Where there is none, the words that were said last."""
        self.setCurrentIndex(0 if there else 1)

    def say(self, words: str) -> None:
        """Seen as soon as there is no list."""
        self._words.setText(words)
