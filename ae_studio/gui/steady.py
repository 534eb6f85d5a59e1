"""A frame that keeps from what is around it that something in it has changed, unless it then needs more or less room.

A label that shows another number tells everything above it that it may need another place. In a main window all docks
are then laid out and partly painted anew, which takes some milliseconds, many times a second.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

Policy = QSizePolicy.Policy


class Steady(QWidget):
    """Is filled by one widget, whose smallest size is its own. It has no layout of Qt's: that would tell everything.

    A content that is hidden keeps its room.
    """

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.content = content
        self._told = QSize(-1, -1)
        content.setParent(self)
        self.setSizePolicy(policy_of(content))

    def sizeHint(self) -> QSize:
        return self.content.sizeHint().expandedTo(self.minimumSizeHint())

    def minimumSizeHint(self) -> QSize:
        return least_size(self.content)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fill()
            self._tell()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A content that needs another height at this width has it told, whatever was told in between."""
        before = least_size(self.content)
        self._fill()
        if least_size(self.content) != before:
            self.updateGeometry()

    def showEvent(self, event: QShowEvent) -> None:
        """What changes while it is hidden is not told."""
        self._tell()
        super().showEvent(event)

    def _fill(self) -> None:
        self.content.setGeometry(QRect(0, 0, self.width(), self.height()))

    def _tell(self) -> None:
        needed = self.minimumSizeHint()
        if needed != self._told:
            self._told = needed
            self.updateGeometry()


def policy_of(widget: QWidget) -> QSizePolicy:
    """The widget's own; it grows where something in it does, which its own policy does not say."""
    policy, layout = widget.sizePolicy(), widget.layout()
    growing = policy.expandingDirections() if layout is None else layout.expandingDirections()
    if growing & Qt.Orientation.Horizontal and policy.horizontalPolicy() != Policy.Ignored:
        policy.setHorizontalPolicy(Policy.Expanding)
    if growing & Qt.Orientation.Vertical and policy.verticalPolicy() != Policy.Ignored:
        policy.setVerticalPolicy(Policy.Expanding)
    return policy


def least_size(widget: QWidget) -> QSize:
    """The smallest that a layout would give it."""
    policy, least, wished = widget.sizePolicy(), widget.minimumSizeHint(), widget.sizeHint()
    width = _least(policy.horizontalPolicy(), least.width(), wished.width())
    height = _least(policy.verticalPolicy(), least.height(), wished.height())
    return QSize(width, height).boundedTo(widget.maximumSize()).expandedTo(widget.minimumSize())


def _least(policy: QSizePolicy.Policy, least: int, wished: int) -> int:
    if policy == Policy.Ignored:
        return 0
    shrinks = policy.value & QSizePolicy.PolicyFlag.ShrinkFlag.value
    return max(0, least if shrinks else max(least, wished))
