import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QComboBox, QLabel, QSlider, QToolButton

from ae_studio.gui.compare_images import ImagesTab
from ae_studio.gui.theme import DARK, LIGHT
from tests.gui.compared_runs import COUNT, IMAGES, compared

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def tab(qtbot):
    made = ImagesTab()
    qtbot.addWidget(made)
    made.set_theme(DARK)
    made.resize(900, 500)
    made.show()
    qtbot.waitExposed(made)
    show(made, qtbot, compared("a", shift=1), compared("b", shift=9), compared("c", shift=4))
    yield made
    made.hide()
    made.end()


def show(tab, qtbot, *runs):
    with qtbot.waitSignal(tab._feed.ready):
        tab.show_runs(runs)


def letters(tab):
    return tab.viewer.pair.left.letter, tab.viewer.pair.right.letter


def test_the_first_two_runs_are_laid_over_one_another(tab):
    assert letters(tab) == ("A", "B")
    np.testing.assert_array_equal(tab.viewer.pair.right.image, IMAGES[0] + 9)
    assert tab._pixel.longest == "Image 1, even of the first run's sample"


def test_a_click_in_the_grid_makes_an_image_large(tab, qtbot):
    qtbot.mouseClick(tab.grid, LEFT, pos=tab.grid.row_rect(2).center().toPoint())
    np.testing.assert_array_equal(tab.viewer.pair.left.image, IMAGES[2] + 1)
    qtbot.keyClick(tab.grid, Qt.Key.Key_Down)
    np.testing.assert_array_equal(tab.viewer.pair.left.image, IMAGES[3] + 1)
    qtbot.keyClick(tab.grid, Qt.Key.Key_End)
    assert tab.grid.current == COUNT - 1


def test_the_image_stays_when_a_run_goes_to_another_epoch(tab, qtbot):
    qtbot.mouseClick(tab.grid, LEFT, pos=tab.grid.row_rect(4).center().toPoint())
    show(tab, qtbot, compared("a", shift=2, epoch=1), compared("b"), compared("c"))
    np.testing.assert_array_equal(tab.viewer.pair.left.image, IMAGES[4] + 2)
    assert tab.viewer.pair.left.name == "epoch 1: a"


def test_any_run_or_the_original_can_stand_on_either_side(tab):
    tab.findChild(QComboBox, "pair_left_box").setCurrentText("Original")
    tab.findChild(QComboBox, "pair_right_box").setCurrentText("C")
    assert letters(tab) == ("original", "C")
    np.testing.assert_array_equal(tab.viewer.pair.left.image, IMAGES[0])


def test_x_changes_the_two_over_and_flips_while_they_blink(tab, qtbot):
    tab.viewer.setFocus()
    qtbot.keyClick(tab.viewer, Qt.Key.Key_X)
    assert letters(tab) == ("B", "A")
    qtbot.mouseClick(tab.findChild(QToolButton, "blink_button"), LEFT)
    tab.findChild(QSlider, "blink_rate_slider").setValue(0)
    qtbot.keyClick(tab.viewer, Qt.Key.Key_X)
    assert tab.viewer.flipped
    assert letters(tab) == ("B", "A")


def test_the_rate_is_offered_where_they_blink(tab, qtbot):
    rate = tab.findChild(QSlider, "blink_rate_slider")
    assert rate.isHidden()
    qtbot.mouseClick(tab.findChild(QToolButton, "blink_button"), LEFT)
    assert rate.isVisible()
    assert tab.viewer._timer.interval() == 500
    rate.setValue(4)
    assert tab.viewer._timer.interval() == 250
    qtbot.mouseClick(tab.findChild(QToolButton, "difference_button"), LEFT)
    assert tab.viewer.mode == "difference"
    assert not tab.viewer.blinking


def test_other_images_are_a_choice_away(tab, qtbot):
    box = tab.findChild(QComboBox, "images_order_box")
    with qtbot.waitSignal(tab._feed.ready):
        box.setCurrentIndex(2)
        box.activated.emit(2)
    assert sorted(tab._shown.indices.tolist()) == list(range(COUNT))


def test_a_run_of_other_images_is_said_and_the_others_are_shown(tab, qtbot):
    show(tab, qtbot, compared("a"), compared("b", images=np.zeros((COUNT, 6, 6), np.uint8)), compared("c"))
    note = tab.findChild(QLabel, "compare_warning")
    assert note.text() == "B learned from images of 6 × 6, grey, these have 4 × 4, grey."
    assert tab.viewer.pair.reason.startswith("B: learned from images of 6 × 6")
    tab.grid.grab()


def test_fewer_runs_leave_no_choice_of_one_that_is_gone(tab, qtbot):
    tab.findChild(QComboBox, "pair_right_box").setCurrentText("C")
    show(tab, qtbot, compared("a"), compared("b"))
    assert letters(tab) == ("A", "B")
    show(tab, qtbot, compared("a"))
    assert letters(tab) == ("original", "A")
    show(tab, qtbot, compared("a"), compared("b"))
    assert letters(tab) == ("A", "B")


def test_a_first_run_without_images_is_said(tab, qtbot):
    with qtbot.waitSignal(tab._feed.failed):
        tab.show_runs((compared("old", kept_images=False), compared("b")))
    assert tab.viewer.pair is None
    assert "put another run first" in tab.viewer._invitation


def test_both_themes_paint_all_of_it(tab, qtbot):
    tab.set_theme(LIGHT)
    tab.grab()
    assert tab.grid.grab().toImage().pixelColor(QPoint(12, 30)).isValid()
