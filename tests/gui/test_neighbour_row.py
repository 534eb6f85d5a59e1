import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QToolButton

from ae_studio.gui.neighbour_row import NeighbourRow
from ae_studio.gui.theme import DARK, LIGHT


@pytest.fixture
def row(qtbot):
    made = NeighbourRow(3)
    qtbot.addWidget(made)
    made.set_theme(DARK)
    made.resize(276, 70)
    made.show()
    return made


def button(row, number):
    return row.findChild(QToolButton, f"neighbour_{number}_button")


def show(row, count=3):
    images = np.full((count, 8, 8), 255, np.uint8)
    row.show_neighbours(images, ["four", "nine", "two"][:count], [41, 7, 12][:count], [0.25, 0.5, 1.0][:count])


def middle(row, number):
    return button(row, number).icon().pixmap(40).toImage().pixelColor(20, 20)


def test_neighbours_are_shown_with_class_and_distance(row):
    show(row)
    assert [button(row, number).text() for number in (1, 2, 3)] == ["four", "nine", "two"]
    assert button(row, 1).toolTip() == "Image 41 of the sample, four: its code is 0.25 away"
    assert middle(row, 1) == QColor(DARK.image_ink)


def test_a_click_or_a_key_chooses_one(qtbot, row):
    show(row)
    with qtbot.waitSignal(row.chosen) as told:
        qtbot.mouseClick(button(row, 2), Qt.MouseButton.LeftButton)
    assert told.args == [7]
    with qtbot.waitSignal(row.chosen) as told:
        qtbot.keyClick(button(row, 3), Qt.Key.Key_Space)
    assert told.args == [12]


def test_fewer_neighbours_leave_places_empty(row):
    show(row)
    show(row, count=1)
    assert [button(row, number).isEnabled() for number in (1, 2, 3)] == [True, False, False]
    assert middle(row, 2) == QColor(DARK.image_ground)
    assert not button(row, 2).text()


def test_empty_places_are_not_greyed_and_follow_the_theme(row):
    row.clear()
    row.set_theme(LIGHT)
    grabbed = button(row, 1).grab().toImage()
    assert grabbed.pixelColor(grabbed.width() // 2, 20) == QColor(LIGHT.image_ground)
