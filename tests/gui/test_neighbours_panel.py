import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel

from ae_studio.gui.fitting_label import FittingLabel
from ae_studio.gui.image_row import Cell
from ae_studio.gui.neighbours_panel import NeighboursPanel
from ae_studio.gui.theme import DARK, LIGHT

IMAGE = np.full((8, 8), 255, dtype=np.uint8)


def cells(*indices, alone=()):
    return [Cell(i, IMAGE, i % 3, "abc"[i % 3], 0.5 * n, i in alone) for n, i in enumerate(indices)]


@pytest.fixture
def panel(qtbot):
    made = NeighboursPanel()
    qtbot.addWidget(made)
    made.resize(460, 200)
    made.set_theme(DARK)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def full(panel):
    panel.show_neighbours(
        IMAGE, "a, image 4", cells(7, 8, 9, alone=(9,)), cells(8, 7, 5, alone=(5,)), "2 of 3 the same", 3
    )
    return panel


def test_before_a_run_it_says_what_will_be_here(panel):
    message = panel.findChild(QLabel, "neighbours_message")
    assert message.isVisible()
    assert "nearest" in message.text()


def test_both_rows_and_the_share_are_shown(full):
    assert [cell.index for cell in full.by_pixels.cells] == [7, 8, 9]
    assert [cell.index for cell in full.by_codes.cells] == [8, 7, 5]
    assert full.by_pixels.isVisible()
    assert full.by_codes.isVisible()
    assert full.header.findChild(FittingLabel).longest.startswith("2 of 3 the same")
    assert full.findChild(QLabel, "neighbours_caption").text() == "a, image 4"


def test_a_click_tells_which_data_point(full, qtbot):
    with qtbot.waitSignal(full.neighbour_chosen) as chosen:
        qtbot.mouseClick(full.by_codes, Qt.MouseButton.LeftButton, pos=full.by_codes.rect_of(2).center().toPoint())
    assert chosen.args == [5]


def test_hovering_tells_which_data_point(full, qtbot):
    with qtbot.waitSignal(full.neighbour_pointed_at) as pointed:
        qtbot.mouseMove(full.by_pixels, full.by_pixels.rect_of(1).center().toPoint())
    assert pointed.args == [8]


def test_how_many_is_chosen_by_keys(full, qtbot):
    box = full.findChild(QComboBox, "neighbours_count_box")
    assert full.count == 10
    box.setFocus()
    with qtbot.waitSignal(full.count_changed) as changed:
        qtbot.keyClick(box, Qt.Key.Key_Down)
    assert changed.args == [20]
    assert full.count == 20


def test_a_reason_takes_the_place_of_the_rows(full):
    full.show_nothing("no images here")
    assert full.findChild(QLabel, "neighbours_message").text() == "no images here"
    assert not full.by_pixels.isVisible()
    assert full.header.findChild(FittingLabel).longest == ""


def test_what_is_gone_is_not_pointed_at(full, qtbot):
    qtbot.mouseMove(full.by_pixels, full.by_pixels.rect_of(2).center().toPoint())
    with qtbot.waitSignal(full.neighbour_pointed_at) as pointed:
        full.show_nothing()
    assert pointed.args == [None]


def test_it_has_both_themes(full):
    dark = full.by_codes.grab().toImage()
    full.set_theme(LIGHT)
    assert full.by_codes.grab().toImage() != dark
