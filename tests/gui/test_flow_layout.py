import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from ae_studio.gui.flow_layout import FlowLayout


@pytest.fixture
def flow(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    layout = FlowLayout(parent, gap=2)
    for _ in range(5):
        child = QWidget(parent)
        child.setFixedSize(40, 20)
        layout.addWidget(child)
    yield layout
    del parent  # it owns the layout


def places(flow):
    return [(flow.itemAt(i).geometry().x(), flow.itemAt(i).geometry().y()) for i in range(flow.count())]


def test_items_stand_in_a_row_where_there_is_room(flow):
    flow.setGeometry(QRect(0, 0, 300, 20))
    assert places(flow) == [(0, 0), (42, 0), (84, 0), (126, 0), (168, 0)]


def test_the_row_breaks_where_the_width_ends(flow):
    flow.setGeometry(QRect(10, 5, 130, 200))
    assert places(flow) == [(10, 5), (52, 5), (94, 5), (10, 27), (52, 27)]


@pytest.mark.parametrize(("width", "height"), [(300, 20), (130, 42), (40, 108), (1, 108)])
def test_the_height_follows_from_the_width(flow, width, height):
    assert flow.hasHeightForWidth()
    assert flow.heightForWidth(width) == height


def test_it_needs_no_more_than_its_widest_item(flow):
    assert flow.minimumSize().width() == 40
    assert flow.itemAt(99) is None
    assert flow.takeAt(99) is None
