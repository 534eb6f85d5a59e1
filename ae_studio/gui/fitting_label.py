"""A line of text that says as much as there is room for."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


class FittingLabel(QLabel):
    """Of several wordings, the longest that has room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._wordings: tuple[str, ...] = ("",)

    def show_longest(self, wordings: tuple[str, ...]) -> None:
        """The longest comes first."""
        self._wordings = wordings
        self._choose()

    @property
    def longest(self) -> str:
        """What would be said if there were room."""
        return self._wordings[0]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._choose()

    def _choose(self) -> None:
        for wording in self._wordings:
            self.setText(wording)
            if self.sizeHint().width() <= self.width():
                return
