"""Says in the form that a run's settings were changed while it was trained, and offers the other ones."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from ae_studio.gui.named import named


class ChangesNote(QFrame):
    """Hidden while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "changes_note")
        self._act: Callable[[], None] = self.clear
        self._text = named(QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText), "changes_note_text")
        self._button = named(QPushButton(self, flat=True), "changes_note_button")
        self._button.setAccessibleName("Take the other settings")
        self._button.setAutoDefault(False)
        self._close = named(QToolButton(self), "changes_note_close_button", text="×", toolTip="Close")
        self._close.setAccessibleName("Close the note")
        top = QHBoxLayout()
        top.addWidget(self._text, 1)
        top.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 6, 6, 6)
        layout.setSpacing(4)
        layout.addLayout(top)
        layout.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft)
        self._button.clicked.connect(self._take)
        self._close.clicked.connect(self.clear)
        self.hide()

    @property
    def text(self) -> str:
        return self._text.text() if not self.isHidden() else ""

    def show_note(self, text: str, offer: str, act: Callable[[], None], more: str = "") -> None:
        """``offer`` is the button's text, ``act`` what it does; ``more`` is the text's tooltip."""
        self._text.setText(text)
        self._text.setToolTip(more)
        self._button.setText(offer)
        self._button.setAccessibleName(offer)
        self._button.setAccessibleName(offer)
        self._act = act
        self.show()

    def clear(self) -> None:
        self.hide()

    def _take(self) -> None:
        act = self._act
        self.clear()
        act()
