import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QHelpEvent
from PySide6.QtWidgets import QToolTip

from ae_studio.gui.film_strip import FilmStrip, Frames
from ae_studio.gui.theme import DARK

GREYS = np.stack([np.full((8, 8), grey, dtype=np.uint8) for grey in (0, 120, 255)])


def frames(nearest=GREYS[::-1]):
    return Frames(GREYS, nearest, np.array([1.0, 0.5, 0.0]), (0, 1, 2), ("first", "second", "third"))


@pytest.fixture
def strip(qtbot):
    made = FilmStrip()
    qtbot.addWidget(made)
    made.resize(300, 150)
    made.set_theme(DARK)
    made.show_frames(frames())
    made.show()
    qtbot.waitExposed(made)
    made.setFocus()
    return made


def middle(strip, index):
    return strip.frame_rect(index).center().toPoint()


def colour(strip, point):
    return strip.grab().toImage().pixelColor(point)


def test_frames_stand_in_a_row_with_their_support_and_the_nearest_real_image_below(strip):
    assert colour(strip, middle(strip, 2)) == QColor("#ffffff")
    area = strip.frame_rect(0)
    bar = round(area.bottom()) + 6
    assert colour(strip, QPoint(round(area.right()) - 4, bar)) == QColor(DARK.good)
    second = strip.frame_rect(1)
    assert colour(strip, QPoint(round(second.left()) + 4, bar)) == QColor(DARK.warning)
    assert colour(strip, QPoint(round(second.right()) - 4, bar)) == QColor(DARK.line)
    assert colour(strip, QPoint(middle(strip, 0).x(), bar + 20)) == QColor("#ffffff")  # the real ones run backwards


def test_frames_are_larger_where_no_real_images_are_known(strip):
    small = strip.frame_rect(0).width()
    strip.show_frames(frames(nearest=None))
    assert strip.frame_rect(0).width() > small


def test_a_low_strip_shows_whole_frames_and_no_real_images(strip):
    strip.resize(300, 44)
    assert strip.frame_rect(0).bottom() + 8 <= 44
    low = strip.grab().toImage()
    assert low.pixelColor(middle(strip, 0).x(), 43) == low.pixelColor(299, 43)  # nothing but the ground


def test_the_current_frame_is_outlined(strip):
    strip.show_current(1)
    area = strip.frame_rect(1)
    assert colour(strip, QPoint(round(area.left()), middle(strip, 1).y())) == QColor(DARK.accent)


def test_a_click_and_a_drag_choose_a_frame(qtbot, strip):
    with qtbot.waitSignal(strip.frame_chosen) as chosen:
        qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=middle(strip, 2))
    assert chosen.args == [2]
    strip.show_current(2)
    qtbot.mousePress(strip, Qt.MouseButton.LeftButton, pos=middle(strip, 2))
    with qtbot.waitSignal(strip.frame_chosen) as dragged:
        qtbot.mouseMove(strip, middle(strip, 1))
    assert dragged.args == [1]


@pytest.mark.parametrize(
    ("key", "frame"), [(Qt.Key.Key_Right, 2), (Qt.Key.Key_Left, 0), (Qt.Key.Key_End, 2), (Qt.Key.Key_Home, 0)]
)
def test_keys_choose_a_frame(qtbot, strip, key, frame):
    strip.show_current(1)
    with qtbot.waitSignal(strip.frame_chosen) as chosen:
        qtbot.keyClick(strip, key)
    assert chosen.args == [frame]


def test_the_space_bar_plays(qtbot, strip):
    with qtbot.waitSignal(strip.play_requested):
        qtbot.keyClick(strip, Qt.Key.Key_Space)


def test_the_frame_under_the_mouse_is_told_in_words(qtbot, strip):
    point = middle(strip, 1)
    strip.event(QHelpEvent(QHelpEvent.Type.ToolTip, point, strip.mapToGlobal(point)))
    assert QToolTip.text() == "second"
    QToolTip.hideText()


def test_without_frames_the_reason_stands_there(qtbot, strip):
    strip.show_frames(None, "Nothing to see")
    strip.grab()
    with qtbot.assertNotEmitted(strip.frame_chosen):
        qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
        qtbot.keyClick(strip, Qt.Key.Key_Right)


def test_many_frames_ask_for_the_width_they_need(strip):
    many = np.zeros((40, 8, 8), dtype=np.uint8)
    strip.show_frames(Frames(many, None, np.zeros(40), (0,) * 40, ("",) * 40))
    assert strip.minimumWidth() >= 40 * 24
