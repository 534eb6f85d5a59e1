"""What a tour says at its present stop, above the canvas."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from ae_studio.gui.icons import icon
from ae_studio.gui.named import named
from ae_studio.gui.theme import Theme


class TourBar(QFrame):
    """Text, where in the tour one is, and the way on.

    Signals:
        next_requested(), end_requested()
    """

    next_requested = Signal()
    end_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tour_bar")
        self._title = named(QLabel(self), "tour_title")
        self._text = named(QLabel(self, wordWrap=True), "tour_text")
        self._next_button = named(QPushButton("Next", self), "tour_next_button")
        self._end_button = named(QToolButton(self), "tour_end_button", toolTip="End the tour", autoRaise=True)
        self._end_button.setAccessibleName("End the tour")
        self._end_button.setIconSize(QSize(10, 10))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(12)
        row.addWidget(self._title)
        row.addWidget(self._text, 1)
        row.addWidget(self._next_button)
        row.addWidget(self._end_button)
        self._next_button.clicked.connect(self.next_requested)
        self._end_button.clicked.connect(self.end_requested)
        self.hide()

    def show_stop(self, tour: Any, number: int, why_not: str) -> None:
        """A stop of an :class:`ae_studio.training.tours.Tour`; ``why_not``: one cannot go on from it yet."""
        count = len(tour.stops)
        self._title.setText(f"{tour.title}  {number + 1}/{count}")
        self._text.setText(tour.stops[number].text)
        self._next_button.setText("Done" if number + 1 == count else "Next")
        self._next_button.setEnabled(not why_not)
        self._next_button.setToolTip(why_not or "To the next stop of the tour")
        self.show()
        self.setAccessibleName(f"{self._title.text()}: {self._text.text()}")
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def set_theme(self, theme: Theme) -> None:
        self._end_button.setIcon(icon("close", theme.dim))
