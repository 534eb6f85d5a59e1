"""Mouse events that arrive at once, whatever the platform makes of a pointer that it does not have."""

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.MouseButton.NoButton


def move(widget, place, buttons=NONE):
    """To a pixel of the widget, with these buttons held."""
    here = QPointF(place)
    globally = QPointF(widget.mapToGlobal(here))
    event = QMouseEvent(QEvent.Type.MouseMove, here, globally, NONE, buttons, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(widget, event)


def drag(widget, *places):
    """The left button is pressed at the first of these pixels and released at the last."""
    QTest.mousePress(widget, LEFT, pos=places[0])
    for place in places[1:]:
        move(widget, place, LEFT)
    QTest.mouseRelease(widget, LEFT, pos=places[-1])
