"""What was changed while a run was trained, and the offer to make the run again with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from ae_studio.gui.named import named

MOST = 30  # lines


class ChangesList(QWidget):
    """Hidden for a run without changes.

    Signals:
        repeat_requested()
    """

    repeat_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "run_changes")
        heading = named(QLabel("CHANGED WHILE IT TRAINED", self), "section_title")
        self._text = named(QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText), "run_changes_text")
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._repeat = named(QPushButton("Repeat with its changes", self), "repeat_run_button")
        self._repeat.setAccessibleName("Repeat with its changes")
        self._repeat.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(6)
        for widget in (heading, self._text):
            column.addWidget(widget)
        column.addWidget(self._repeat, 0, Qt.AlignmentFlag.AlignLeft)
        self._repeat.clicked.connect(self.repeat_requested)
        self.allow("")
        self.hide()

    def show_changes(self, lines: Sequence[str]) -> None:
        more = [f"and {len(lines) - MOST} more"] if len(lines) > MOST else []
        self._text.setText("\n".join([*lines[:MOST], *more]))
        self.setVisible(bool(lines))

    def allow(self, why_not: str) -> None:
        self._repeat.setEnabled(not why_not)
        self._repeat.setToolTip(
            why_not or "Train a new run with its settings, and make the same changes at the same steps"
        )
