"""Widgets below each other that always get the height they need."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLayoutItem, QWidget

from ae_studio.gui.items_layout import ItemsLayout


class Column(QWidget):
    """Its smallest height is that at its present width: a main window does not ask how high a width makes it.

    Texts and rows of buttons that break into more lines take the room from what stands around the column, and do not
    push each other out of sight.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = ColumnLayout(self)

    def add(self, widget: QWidget) -> None:
        self._layout.addWidget(widget)

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()


class ColumnLayout(ItemsLayout):
    """Gives each widget its least height, then what is left: to all but the last as they wish, the rest to the last.

    Qt's own box takes a height that follows from a width for the least one too, and would press everything.
    """

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal | Qt.Orientation.Vertical

    def sizeHint(self) -> QSize:
        hints = [item.sizeHint() for item in self._shown()]
        return QSize(max((hint.width() for hint in hints), default=0), sum(hint.height() for hint in hints))

    def minimumSize(self) -> QSize:
        shown = self._shown()
        width = max((item.minimumSize().width() for item in shown), default=0)
        present = self.geometry().width()  # 0 before there is one
        return QSize(width, sum(_least(item, present) if present else item.minimumSize().height() for item in shown))

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        shown, width = self._shown(), rect.width()
        heights = [_least(item, width) for item in shown]
        left = max(0, rect.height() - sum(heights))
        for index, item in enumerate(shown):
            more = max(0, min(left, _wished(item, width) - heights[index])) if item is not shown[-1] else left
            left -= more
            heights[index] += more
        y = rect.y()
        for item, height in zip(shown, heights, strict=True):
            item.setGeometry(QRect(rect.x(), y, width, height))
            y += height

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]


def _least(item: QLayoutItem, width: int) -> int:
    return item.minimumHeightForWidth(width) if item.hasHeightForWidth() else item.minimumSize().height()


def _wished(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
