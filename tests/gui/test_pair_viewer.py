import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtWidgets import QApplication

from ae_studio.gui.image_pair import ImagePair, Side
from ae_studio.gui.pair_viewer import PairViewer
from ae_studio.gui.theme import DARK, LIGHT, white_on_black

THEME = white_on_black(DARK)
DARK_IMAGE, LIGHT_IMAGE = np.full((8, 8), 20, np.uint8), np.full((8, 8), 220, np.uint8)


def pair(left=DARK_IMAGE, right=LIGHT_IMAGE):
    return ImagePair("image 1", Side("A", "one", left), Side("B", "two", right))


@pytest.fixture
def viewer(qtbot):
    made = PairViewer()
    qtbot.addWidget(made)
    made.set_theme(THEME)
    made.resize(500, 400)
    made.show_pair(pair())
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.hide()


def grey(viewer, x, y=0.5):
    """What is painted at a share of the image's place."""
    area = viewer.area()
    point = QPointF(area.left() + x * area.width(), area.top() + y * area.height()).toPoint()
    return viewer.grab().toImage().pixelColor(point).red()


def place(viewer, x, y=0.3):
    area = viewer.area()
    return QPointF(area.left() + x * area.width(), area.top() + y * area.height()).toPoint()


def test_left_of_the_line_is_the_first_right_of_it_the_second(viewer):
    assert (grey(viewer, 0.2), grey(viewer, 0.8)) == (20, 220)


def test_a_drag_moves_the_line(viewer, qtbot):
    qtbot.mousePress(viewer, Qt.MouseButton.LeftButton, pos=place(viewer, 0.5))
    qtbot.mouseMove(viewer, place(viewer, 0.9))
    qtbot.mouseRelease(viewer, Qt.MouseButton.LeftButton, pos=place(viewer, 0.9))
    assert viewer.divider == pytest.approx(0.9, abs=0.01)
    assert grey(viewer, 0.8) == 20
    qtbot.mousePress(viewer, Qt.MouseButton.LeftButton, pos=QPoint(2, 200))  # far to the left
    assert viewer.divider == 0
    qtbot.mouseRelease(viewer, Qt.MouseButton.LeftButton, pos=QPoint(2, 200))


def test_arrow_keys_move_the_line(viewer, qtbot):
    for _ in range(5):
        qtbot.keyClick(viewer, Qt.Key.Key_Right)
    assert viewer.divider == pytest.approx(0.6)


def test_they_blink_while_they_are_in_sight(viewer, qtbot):
    viewer.set_rate(50)
    viewer.set_mode("blink")
    assert viewer.blinking
    qtbot.waitUntil(lambda: viewer.flipped)
    qtbot.waitUntil(lambda: not viewer.flipped)
    viewer.hide()
    assert not viewer.blinking
    viewer.set_rate(20)
    assert not viewer.blinking


def test_at_no_rate_a_click_changes_them(viewer, qtbot):
    viewer.set_rate(0)
    viewer.set_mode("blink")
    assert not viewer.blinking
    assert grey(viewer, 0.2) == 20
    qtbot.mouseClick(viewer, Qt.MouseButton.LeftButton, pos=place(viewer, 0.5))
    assert grey(viewer, 0.2) == grey(viewer, 0.8) == 220


def test_the_difference_is_orange_where_the_second_has_more(viewer):
    left, right = DARK_IMAGE.copy(), DARK_IMAGE.copy()
    left[:, :4], right[:, 4:] = 220, 220
    viewer.show_pair(pair(left, right))
    viewer.set_mode("difference")
    image, area = viewer.grab().toImage(), viewer.area()
    y = round(area.center().y())
    less, more = (image.pixelColor(round(area.left() + share * area.width()), y) for share in (0.25, 0.75))
    assert less.blue() > less.red()
    assert more.red() > more.blue()


def test_numbers_of_a_pair_are_those_of_its_pixels():
    left, right = np.zeros((2, 2), np.uint8), np.array([[255, 0], [0, 51]], np.uint8)
    made = pair(left, right)
    assert made.reach == 1.0
    assert made.told == "B − A: squared 0.2600 per pixel, from +0.00 to +1.00"
    assert made.words_at(1, 1) == "row 2, column 2: A 0.00, B 0.20, difference +0.20"
    assert made.swapped.told.startswith("A − B: squared 0.2600 per pixel, from −1.00")


def test_colours_differ_by_their_mean():
    left, right = np.zeros((1, 1, 3), np.uint8), np.array([[[255, 0, 0]]], np.uint8)
    np.testing.assert_allclose(pair(left, right).difference, [[1 / 3]], rtol=1e-6)


def test_under_the_mouse_both_values_are_told(viewer, qtbot):
    words = []
    viewer.hovered.connect(words.append)
    qtbot.mouseMove(viewer, place(viewer, 0.05, 0.05))
    qtbot.mouseMove(viewer, place(viewer, 0.99, 0.99))
    qtbot.waitUntil(lambda: bool(words) and words[-1].startswith("row 8, column 8: A 0.08, B 0.86"))


def test_the_wheel_zooms_about_the_mouse_and_two_clicks_reset(viewer, qtbot):
    at = QPointF(place(viewer, 0.25, 0.25))
    before = viewer._share(at)
    for _ in range(4):
        event = QWheelEvent(
            at,
            viewer.mapToGlobal(at),
            QPoint(),
            QPoint(0, 120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(viewer, event)
    after = viewer._share(at)
    assert viewer.zoom == pytest.approx(1.2**4)
    assert (after.x(), after.y()) == pytest.approx((before.x(), before.y()), abs=0.01)
    moved = viewer._middle.x()
    qtbot.mousePress(viewer, Qt.MouseButton.RightButton, pos=place(viewer, 0.5))
    qtbot.mouseMove(viewer, place(viewer, 0.4))
    qtbot.mouseRelease(viewer, Qt.MouseButton.RightButton, pos=place(viewer, 0.4))
    assert viewer._middle.x() > moved
    qtbot.mouseDClick(viewer, Qt.MouseButton.LeftButton, pos=place(viewer, 0.5))
    assert viewer.zoom == 1
    viewer.zoom = 3.0
    viewer.show_pair(pair(LIGHT_IMAGE, DARK_IMAGE))
    assert viewer.zoom == 3  # into the next image of the same size too
    viewer.show_pair(pair(DARK_IMAGE[:4, :4], LIGHT_IMAGE[:4, :4]))
    assert viewer.zoom == 1


def test_why_there_is_no_pair_is_said_in_its_place(viewer):
    viewer.set_theme(LIGHT)
    viewer.show_pair(ImagePair("image 1", Side("A", "one", DARK_IMAGE), Side("B", "two", None, "is of another size")))
    assert viewer.pair.reason == "B: is of another size"
    assert viewer.grab().toImage().pixelColor(250, 40) != QColor("#141414")
    viewer.show_pair(None, "No run is compared")
    viewer.grab()
