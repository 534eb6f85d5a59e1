import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor

from ae_studio.gui.error_threshold import ErrorThreshold
from ae_studio.gui.theme import DARK

ERRORS = np.linspace(0.1, 1.1, 101, dtype=np.float32)


@pytest.fixture
def widget(qtbot):
    made = ErrorThreshold()
    qtbot.addWidget(made)
    made.resize(200, 60)
    made.set_theme(DARK)
    made.show_errors(ERRORS)
    made.show()
    return made


def test_a_drag_puts_the_threshold_under_the_mouse(qtbot, widget):
    qtbot.mousePress(widget, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    assert widget.threshold == pytest.approx(0.2, abs=0.02)
    qtbot.mouseMove(widget, QPoint(100, 20))
    assert widget.threshold == pytest.approx(0.6, abs=0.02)
    assert widget.count == int((widget.threshold <= ERRORS).sum())
    qtbot.mouseRelease(widget, Qt.MouseButton.LeftButton, pos=QPoint(100, 20))
    widget.take_side(above=False)
    assert widget.count == int((widget.threshold >= ERRORS).sum())


def test_keys_move_it_by_an_image_at_least(qtbot, widget):
    before = widget.threshold
    with qtbot.waitSignal(widget.threshold_changed):
        qtbot.keyClick(widget, Qt.Key.Key_Right)
    assert widget.threshold > before
    qtbot.keyClick(widget, Qt.Key.Key_Left)
    assert widget.threshold == pytest.approx(before, abs=0.011)
    qtbot.keyClick(widget, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert widget.threshold == pytest.approx(before - 0.1, abs=0.03)


def test_it_stays_within_the_errors(qtbot, widget):
    for x in (-50, 900):
        qtbot.mousePress(widget, Qt.MouseButton.LeftButton, pos=QPoint(100, 20))
        qtbot.mouseMove(widget, QPoint(x, 20))
        qtbot.mouseRelease(widget, Qt.MouseButton.LeftButton, pos=QPoint(x, 20))
        assert ERRORS.min() <= widget.threshold <= ERRORS.max()
        assert widget.count >= 1


def test_as_large_a_share_is_chosen_when_training_makes_all_errors_smaller(widget):
    before = widget.count
    widget.show_errors(ERRORS / 7)
    assert widget.count == before
    assert widget.threshold < 0.2


def test_the_chosen_side_has_the_accents_colour(widget):
    widget._put(100)
    picture, accent = widget.grab().toImage(), QColor(DARK.accent)
    bottom = widget.height() - 17
    assert any(picture.pixelColor(x, bottom) == accent for x in range(150, 200))
    assert not any(picture.pixelColor(x, bottom) == accent for x in range(90))


def test_without_errors_there_is_nothing_to_move(qtbot, widget):
    widget.show_errors(None)
    assert not widget.isEnabled()
    assert (widget.threshold, widget.count) == (0.0, 0)
    widget.grab()


def test_equal_errors_are_all_at_the_threshold(qtbot, widget):
    widget.show_errors(np.full(10, 0.25, dtype=np.float32))
    widget.grab()
    assert (widget.threshold, widget.count) == (0.25, 10)
