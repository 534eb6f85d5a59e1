"""What the plots of several runs have in common: quiet axes in the theme's colours, keys, and a read-out."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QWidget

from ae_studio.gui.named import named
from ae_studio.gui.theme import DARK, Theme, tabular

LEFT_AXIS = 56  # pixels, the same at every range so that the plot does not jump


class QuietPlot(pg.PlotWidget):  # type: ignore[misc]  # pyqtgraph comes without types
    """Without pyqtgraph's own menu and buttons. ``name`` is its object name, ``title`` what a screen reader says."""

    def __init__(self, name: str, title: str, parent: QWidget | None = None, *, left_axis: int = LEFT_AXIS) -> None:
        super().__init__(parent)
        named(self, name).setAccessibleName(title)
        self._theme = DARK
        self._read_out = named(QLabel(self), "read_out", visible=False)
        self._read_out.setFont(tabular(self._read_out.font()))
        self._read_out.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setMenuEnabled(False)
        self.hideButtons()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.getAxis("left").setWidth(left_axis)
        for side in ("left", "bottom"):
            self.getAxis(side).enableAutoSIPrefix(False)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.setBackground(QColor(theme.panel))
        for side in ("left", "bottom"):
            axis = self.getAxis(side)
            axis.setPen(pg.mkPen(QColor(theme.line)))
            axis.setTextPen(pg.mkPen(QColor(theme.dim)))
