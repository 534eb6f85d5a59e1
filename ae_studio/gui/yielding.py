"""Rows of controls that give way: where there is not the height for all of them, they are scrolled."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from ae_studio.gui.flow_layout import FlowLayout

Policy = QSizePolicy.Policy


class YieldingRows(QScrollArea):
    """Widgets side by side, in as many rows as the width makes; at least one row is seen, and never more room taken."""

    def __init__(self, gap: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setSizePolicy(Policy.Ignored, Policy.Maximum)
        self._rows = QWidget()
        self._flow = FlowLayout(self._rows, gap)
        self.setWidget(self._rows)
        self._rows.setAutoFillBackground(False)  # Qt turns it on

    def add(self, widget: QWidget) -> None:
        self._flow.addWidget(widget)

    def sizeHint(self) -> QSize:
        return QSize(self._flow.minimumSize().width(), self._flow.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        return self._flow.minimumSize()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()
