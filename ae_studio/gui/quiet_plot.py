"""What the plots of several runs have in common: quiet axes, keys, and a read-out."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from ae_studio.gui.named import named
from ae_studio.gui.quiet_axes import QuietAxes
from ae_studio.gui.theme import tabular

LEFT_AXIS = 56  # pixels


class QuietPlot(QuietAxes):
    """``name`` is its object name, ``title`` what a screen reader says."""

    def __init__(self, name: str, title: str, parent: QWidget | None = None, *, left_axis: int = LEFT_AXIS) -> None:
        super().__init__(parent, left_axis=left_axis)
        named(self, name).setAccessibleName(title)
        self._read_out = named(QLabel(self), "read_out", visible=False)
        self._read_out.setFont(tabular(self._read_out.font()))
        self._read_out.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for side in ("left", "bottom"):
            self.getAxis(side).enableAutoSIPrefix(False)
