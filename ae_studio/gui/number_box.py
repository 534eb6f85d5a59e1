"""A box for a number that may be very small, and matters by its ratio to others."""

from __future__ import annotations

import math
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QValidator
from PySide6.QtWidgets import QDoubleSpinBox, QWidget

from ae_studio.config import FieldSpec

STEPS = (1.0, 2.0, 5.0)  # of a decade, for numbers that matter by their ratio


class NumberBox(QDoubleSpinBox):
    """A number that may be very small: 0.001 or 1e-3; arrows go through 1, 2, 5, 10, …; with Ctrl they double it."""

    def __init__(self, spec: FieldSpec, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lowest = spec.low or 0.0
        self._open = spec.low_open
        self.setDecimals(10)
        self.setRange(spec.low if spec.low is not None else -1e12, spec.high if spec.high is not None else 1e12)

    def textFromValue(self, value: float) -> str:
        return f"{value:.6g}"

    def valueFromText(self, text: str) -> float:
        try:
            return float(text.removesuffix(self.suffix()).replace(",", "."))
        except ValueError:
            return self.value()

    def validate(self, text: str, position: int) -> Any:
        try:
            value = float(text.removesuffix(self.suffix()).replace(",", "."))
        except ValueError:
            return QValidator.State.Intermediate, text, position
        inside = self.minimum() <= value <= self.maximum() and not (self._open and value == self._lowest)
        return (QValidator.State.Acceptable if inside else QValidator.State.Intermediate), text, position

    def stepBy(self, steps: int) -> None:
        value = self.value()
        for _ in range(abs(steps)):
            value = _next_up(value) if steps > 0 else _next_down(value)
        if not (self._open and value <= self._lowest):
            self.setValue(value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl with an arrow up doubles the number, with one down halves it."""
        factor = {Qt.Key.Key_Up: 2.0, Qt.Key.Key_Down: 0.5}.get(Qt.Key(event.key()))
        if factor and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.setValue(factor * self.value())
            self.selectAll()
        else:
            super().keyPressEvent(event)


def _next_up(value: float) -> float:
    if value <= 0:
        return 1e-4
    decade = 10.0 ** math.floor(math.log10(value) + 1e-9)
    return next(
        (round(step * decade, 12) for step in (*STEPS, 10.0) if step * decade > value * (1 + 1e-9)), 10 * decade
    )


def _next_down(value: float) -> float:
    if value <= 1e-4:
        return 0.0
    decade = 10.0 ** math.floor(math.log10(value) - 1e-9)
    return next(round(step * decade, 12) for step in (5.0, 2.0, 1.0) if step * decade < value * (1 - 1e-9))
