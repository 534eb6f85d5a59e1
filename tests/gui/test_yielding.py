import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ae_studio.gui.yielding import YieldingRows


@pytest.fixture
def rows(qtbot):
    """Four widgets of 80 pixels, above a view that takes all the room there is."""
    parent = QWidget()
    qtbot.addWidget(parent)
    made = YieldingRows(6, parent)
    for _ in range(4):
        widget = QWidget()
        widget.setFixedSize(80, 24)
        made.add(widget)
    layout = QVBoxLayout(parent)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    layout.addWidget(made)
    view = QWidget()
    view.setMinimumHeight(40)
    layout.addWidget(view, 1)
    parent.resize(400, 200)
    parent.show()
    made.kept = parent  # which would take it along
    return made


def resize(rows, width, height):
    rows.window().resize(width, height)
    rows.window().layout().activate()


def test_one_row_where_the_width_is_enough(rows):
    assert rows.height() == 24
    assert not rows.verticalScrollBar().isVisible()


def test_more_rows_where_it_is_not_and_no_more_room_than_they_need(rows):
    resize(rows, 180, 200)
    assert rows.height() == 54
    assert rows.verticalScrollBar().maximum() == 0
    resize(rows, 400, 200)
    assert rows.height() == 24


def test_where_the_height_is_short_they_are_scrolled(rows):
    resize(rows, 180, 70)
    assert 24 <= rows.height() < 54
    assert rows.verticalScrollBar().maximum() > 0
    assert rows.window().height() == 70
