import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from ae_studio.gui.side_window import SideWindow


@pytest.fixture
def window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.setGeometry(100, 80, 700, 500)
    with qtbot.waitExposed(window):
        window.show()
    return window


def made(qtbot, first, parent=None):
    side = SideWindow("runs_window", "Runs", first, (200, 100), parent)
    qtbot.addWidget(side)
    return side


def test_it_comes_over_the_middle_of_the_window_and_leaves_it_free(qtbot, window):
    side = made(qtbot, (400, 300), QWidget(window))
    with qtbot.waitExposed(side):
        side.come()
    assert (side.width(), side.height()) == (400, 300)
    assert (side.geometry().center() - window.geometry().center()).manhattanLength() <= 10  # a frame
    assert not side.isModal()


def test_it_is_no_larger_than_the_window(qtbot, window):
    side = made(qtbot, (1240, 720), window)
    side.come()
    assert (side.width(), side.height()) == (int(0.94 * 700), int(0.94 * 500))


def test_it_comes_back_where_the_user_has_put_it(qtbot, window):
    side = made(qtbot, (400, 300), window)
    side.come()
    side.resize(333, 222)
    side.move(QPoint(5, 6))
    side.close()
    side.come()
    assert side.isVisible()
    assert (side.size().toTuple(), side.pos().toTuple()) == ((333, 222), (5, 6))


def test_without_a_window_it_comes_at_its_smallest_or_larger(qtbot):
    side = made(qtbot, (400, 300))
    side.resize(10, 10)
    side.come()
    assert (side.width(), side.height()) == (200, 100)
