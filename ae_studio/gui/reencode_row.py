"""A button that sends the decoded image back through the encoder, and what came of it in words."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ae_studio.gui.buttons import allow
from ae_studio.gui.named import named

NOTHING_YET = "Train a model or open a run first"
HINT = "Encode what is decoded here: an arrow shows where the model takes it (R)"
REPEAT_HINT = "Do so whenever the handle moves"


class ReencodeRow(QWidget):
    """One line of controls, and one of words that is there even when it is empty: nothing jumps.

    Signals:
        requested(): at the handle, now.
        repeat_toggled(on): whenever it moves.
    """

    requested = Signal()
    repeat_toggled = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reencode_row")
        self._button = named(QPushButton("Re-encode", self), "reencode_button")
        self._button.setShortcut("R")
        self._button.setAccessibleName("Encode what is decoded here")
        self._repeat = named(QCheckBox("while dragging", self), "reencode_repeat_box")
        self._repeat.setAccessibleName("Re-encode while dragging")
        self._words = named(QLabel(self), "reencode_words")
        controls = QHBoxLayout()
        controls.setSpacing(10)
        controls.addWidget(self._button)
        controls.addWidget(self._repeat)
        controls.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(controls)
        layout.addWidget(self._words)
        self._words.setMinimumHeight(self._words.fontMetrics().height())
        self._button.clicked.connect(self._request)
        self._repeat.toggled.connect(self.repeat_toggled)
        self.allow(NOTHING_YET)

    def allow(self, reason: str) -> None:
        """Greyed for a reason, or usable where that is empty."""
        for widget, hint in ((self._button, HINT), (self._repeat, REPEAT_HINT)):
            allow(widget, reason, hint)

    def show_words(self, words: str) -> None:
        """What came of it; empty when that does not hold any more."""
        self._words.setText(words)

    def _request(self) -> None:
        self.requested.emit()
