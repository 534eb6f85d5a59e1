"""What a steady frame tells of its content, and how it gives it its room."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QSizePolicy,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from ae_studio.gui.steady import Steady, least_size


class Requests(QObject):
    """Counts how often a widget is asked to lay itself out."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        self.count += event.type() == QEvent.Type.LayoutRequest
        return False


@pytest.fixture
def panel() -> QWidget:
    """A label, whose text is cut where there is no room, below a slider."""
    panel = QWidget()
    layout = QVBoxLayout(panel)
    layout.addWidget(QSlider(Qt.Orientation.Horizontal, panel))
    label = QLabel("1.0 ms", panel, objectName="label")
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    layout.addWidget(label)
    return panel


def label_of(panel: QWidget) -> QLabel:
    label = panel.findChild(QLabel, "label")
    assert isinstance(label, QLabel)
    return label


def shown_in_a_window(qtbot: Any, content: QWidget) -> QMainWindow:
    window = QMainWindow()
    qtbot.addWidget(window)
    window.setCentralWidget(content)
    window.resize(400, 300)
    window.show()
    qtbot.waitExposed(window)
    return window


def settle() -> None:
    """Until the layouts that were asked for are made: each tells the one above in a turn of its own."""
    for _ in range(8):
        QApplication.sendPostedEvents()
        QApplication.processEvents()


@pytest.mark.parametrize("frame", [Steady, lambda content: content], ids=["steady", "plain"])
def test_another_number_reaches_the_main_window_only_without_a_frame(qtbot: Any, panel: QWidget, frame: Any) -> None:
    window = shown_in_a_window(qtbot, frame(panel))
    settle()
    requests = Requests(window)
    label_of(panel).setText("12.5 ms")
    settle()
    assert (requests.count > 0) == (frame is not Steady)


class Breaking(QWidget):
    """Higher where it is narrow."""

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(10, 60 if self.width() < 200 else 20)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        self.updateGeometry()


def test_a_content_that_needed_more_for_a_moment_has_that_told(qtbot: Any) -> None:
    """Whoever asked just then keeps the room for it, though the need is over when the frame's turn comes."""
    frame = Steady(Breaking())
    around = QWidget()
    layout = QVBoxLayout(around)
    layout.addWidget(frame)
    layout.addWidget(QLabel("below"), 1)
    window = shown_in_a_window(qtbot, around)
    settle()
    requests, size = Requests(around), frame.size()
    frame.resize(150, size.height())
    frame.resize(size)
    settle()
    assert requests.count > 0
    assert window.isVisible()


def test_what_needs_more_room_gets_it(qtbot: Any, panel: QWidget) -> None:
    frame = Steady(panel)
    window = shown_in_a_window(qtbot, frame)
    window.resize(window.minimumSizeHint())
    settle()
    before = window.minimumSizeHint().height()
    label_of(panel).setText("one line\nand another\nand a third")
    qtbot.waitUntil(lambda: window.minimumSizeHint().height() > before)
    assert frame.minimumSizeHint() == panel.minimumSizeHint()
    qtbot.waitUntil(lambda: panel.height() >= panel.minimumSizeHint().height())


def test_the_content_fills_the_frame_and_follows_it(qtbot: Any, panel: QWidget) -> None:
    frame = Steady(panel)
    window = shown_in_a_window(qtbot, frame)
    for size in (QSize(500, 200), QSize(300, 400)):
        window.resize(size)
        assert panel.size() == frame.size() == size


def test_a_frame_grows_where_something_in_its_content_does(qtbot: Any, panel: QWidget) -> None:
    row = QWidget()
    qtbot.addWidget(row)
    layout = QHBoxLayout(row)
    frame = Steady(panel, row)
    layout.addWidget(frame)
    layout.addWidget(QLabel("beside", row))
    row.resize(600, 80)
    row.show()
    assert frame.width() > 450
    assert frame.content is panel


def test_a_content_that_is_hidden_keeps_its_room(qtbot: Any, panel: QWidget) -> None:
    frame = Steady(panel)
    window = shown_in_a_window(qtbot, frame)
    needed = frame.minimumSizeHint()
    panel.hide()
    settle()
    assert window.centralWidget().minimumSizeHint() == needed


def test_what_changed_while_the_frame_was_hidden_counts_when_it_is_shown(qtbot: Any, panel: QWidget) -> None:
    frame = Steady(panel)
    window = shown_in_a_window(qtbot, frame)
    frame.hide()
    label_of(panel).setText("one line\nand another\nand a third\nand a fourth")
    frame.show()
    settle()
    assert window.minimumSizeHint().height() >= panel.minimumSizeHint().height()


@pytest.mark.parametrize("horizontal", list(QSizePolicy.Policy))
def test_the_smallest_size_is_the_one_that_a_layout_of_qt_would_give(qtbot: Any, horizontal: Any) -> None:
    outer = QWidget()
    qtbot.addWidget(outer)
    layout = QHBoxLayout(outer)
    layout.setContentsMargins(0, 0, 0, 0)
    label = QLabel("words that have a width", outer)
    label.setSizePolicy(horizontal, QSizePolicy.Policy.Preferred)
    layout.addWidget(label)
    assert least_size(label) == layout.minimumSize()
    label.setMinimumWidth(300)
    assert least_size(label) == layout.minimumSize()
