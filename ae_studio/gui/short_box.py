"""A box to choose from that may be shorter than its longest entry."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QWidget

from ae_studio.gui.named import named


def short_box(name: str, accessible: str, letters: int, parent: QWidget) -> QComboBox:
    """So many ``letters`` wide at least; ``accessible`` is what a screen reader says."""
    box = named(QComboBox(parent), name)
    box.setAccessibleName(accessible)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(letters)
    return box
