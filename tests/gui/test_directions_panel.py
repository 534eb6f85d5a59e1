import time

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from ae_studio.gui.direction_row import DirectionRow
from ae_studio.gui.directions_panel import FIRST, DirectionsPanel
from ae_studio.gui.theme import LIGHT
from ae_studio.latent.directions import Direction


def directions(count, dim=None):
    basis = np.eye(dim or count, dtype=np.float32)
    return tuple(Direction(f"r{n + 1}", basis[n], -1.0, 1.0, 0.25, f"variance {count - n}") for n in range(count))


@pytest.fixture
def panel(qtbot):
    made = DirectionsPanel()
    qtbot.addWidget(made)
    made.resize(300, 600)
    made.show()
    return made


def rows(panel):
    return [row for row in panel.findChildren(DirectionRow) if row.isVisible()]


def values(panel):
    return [row.findChild(QLabel, "direction_value").text() for row in rows(panel)]


def test_every_direction_has_a_slider_with_the_handles_value_off_the_plane(panel):
    panel.show_code(np.array([1.25, 0.25, -0.75], np.float32))
    panel.show_directions(directions(3))
    assert values(panel) == ["+1.00", "0.00", "−1.00"]
    panel.show_code(np.array([0, 0, 0], np.float32))
    assert values(panel) == ["−0.25"] * 3


def test_of_very_many_the_most_important_come_first_and_all_on_demand(qtbot, panel):
    panel.show_directions(directions(30))
    assert len(rows(panel)) == FIRST
    button = panel.findChild(QPushButton, "all_directions_button")
    assert button.text() == "Show all 30"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert len(rows(panel)) < 30  # some at a time: the window does not stand still
    qtbot.waitUntil(lambda: len(rows(panel)) == 30)
    assert button.text() == "Show fewer"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert len(rows(panel)) == FIRST
    panel.show_directions(directions(FIRST))
    assert not button.isVisible()


def test_following_a_drag_with_all_of_very_many_in_sight_stays_fast(qtbot, panel):
    panel.show_directions(directions(254, 256))
    qtbot.mouseClick(panel.findChild(QPushButton, "all_directions_button"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(rows(panel)) == 254)
    code = np.zeros(256, np.float32)
    panel.show_code(code)
    code[255] = 1  # along the plane alone: no slider moves
    began = time.perf_counter()
    for _ in range(20):
        panel.show_code(code)
    assert (time.perf_counter() - began) / 20 < 0.008


def test_where_there_are_none_it_says_why(panel):
    panel.show_directions(directions(3))
    panel.show_directions((), "The canvas shows every direction")
    message = panel.findChild(QLabel, "directions_message")
    assert message.isVisible()
    assert message.text() == "The canvas shows every direction"
    assert rows(panel) == []
    assert not panel.findChild(QPushButton, "reset_directions_button").isVisible()


def test_resets_are_asked_for_one_or_all(qtbot, panel):
    panel.show_code(np.ones(4, np.float32))
    panel.show_directions(directions(4))
    asked = []
    panel.reset_requested.connect(asked.append)
    qtbot.mouseClick(rows(panel)[2].reset_button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(panel.findChild(QPushButton, "reset_directions_button"), Qt.MouseButton.LeftButton)
    assert asked == [(2,), (0, 1, 2, 3)]


def test_while_a_slider_is_held_its_directions_stay_and_the_new_ones_come_behind(qtbot, panel):
    panel.show_code(np.zeros(4, np.float32))
    panel.show_directions(directions(4))
    slider = rows(panel)[0].slider
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=slider.rect().center())
    newer = directions(3)
    panel.show_directions(newer)
    assert len(panel.directions) == 4
    qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=slider.rect().center())
    assert panel.directions == newer
    assert len(rows(panel)) == 3


def test_it_asks_for_what_it_missed_when_it_comes_into_sight(qtbot, panel):
    panel.hide()
    with qtbot.waitSignal(panel.wanted):
        panel.show()


def test_rows_that_come_later_have_the_theme_too(panel):
    panel.set_theme(LIGHT)
    panel.show_directions(directions(3))
    assert not rows(panel)[0].reset_button.icon().isNull()
