"""What is painted of a pair; the mouse and the keys are tested in ``test_pair_viewer.py``."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from ae_studio.gui.compare_tab import run_colour
from ae_studio.gui.image_pair import ImagePair, Side
from ae_studio.gui.pair_paint import PairPainter, picture_area, side_colour
from ae_studio.gui.theme import DARK, LIGHT, white_on_black
from tests.gui.colours_of import colours_of, holds

pytestmark = pytest.mark.usefixtures("qapp")

WIDGET = QRectF(0, 0, 400, 300)
GROUND = "#123456"
DIM, BRIGHT = np.full((8, 8), 40, np.uint8), np.full((8, 8), 200, np.uint8)


def pair(left=DIM, right=BRIGHT, letters="AB"):
    return ImagePair("image 1", Side(letters[0], "one", left), Side(letters[1], "two", right))


def painted(made, mode="swipe", *, divider=0.5, flipped=False, theme=DARK, area=None, picture=None):
    image = QImage(400, 300, QImage.Format.Format_RGB32)
    image.fill(QColor(GROUND))
    painter = QPainter(image)
    area = area or picture_area(WIDGET, made)
    PairPainter().paint(painter, made, area, picture or area, mode, divider, flipped, white_on_black(theme))
    painter.end()
    return image


def at(image, x, y=0.3, area=None):
    area = area or picture_area(WIDGET, pair())
    return image.pixelColor(round(area.left() + x * area.width()), round(area.top() + y * area.height()))


def colours(image, area):
    return colours_of(image, area.left(), area.top(), area.width(), area.height())


@pytest.mark.parametrize("shape", [(8, 8), (4, 16), (16, 4), (2, 3, 3)])
def test_the_place_has_the_shape_of_the_image_and_leaves_room_above_and_below(shape):
    made = pair(np.zeros(shape, np.uint8), np.zeros(shape, np.uint8))
    area = picture_area(WIDGET, made)
    assert area.width() / area.height() == pytest.approx(shape[1] / shape[0], rel=1e-6)
    assert area.top() >= 22
    assert area.bottom() <= 300 - 34
    assert area.left() == pytest.approx(400 - area.right())


@pytest.mark.parametrize("width", [400, 210])
def test_words_below_are_whole_where_they_have_room_and_else_end_before_the_comma(width):
    drawn = []
    image = QImage(width, 300, QImage.Format.Format_RGB32)

    class Noting(QPainter):
        def drawText(self, place, flags, text):  # noqa: N802
            drawn.append(text)
            super().drawText(place, flags, text)

    made, area = pair(), picture_area(QRectF(0, 0, width, 300), pair())
    painter = Noting(image)
    PairPainter().paint(painter, made, area, area, "swipe", 0.5, False, DARK)
    painter.end()
    assert drawn[-1] == (made.told if width == 400 else made.told.partition(",")[0])


@pytest.mark.parametrize("divider", [0.25, 0.5, 0.9])
def test_the_line_parts_the_first_from_the_second(divider):
    image = painted(pair(), divider=divider)
    assert at(image, divider - 0.05).red() == 40
    assert at(image, divider + 0.05).red() == 200
    assert at(image, divider).name() == QColor(DARK.accent).name()


def test_a_line_that_is_out_of_sight_is_not_painted():
    """The image is zoomed: only its left half is seen."""
    area = picture_area(WIDGET, pair())
    picture = QRectF(area.left(), area.top(), 2 * area.width(), 2 * area.height())
    image = painted(pair(), divider=0.9, area=area, picture=picture)
    assert QColor(DARK.accent).name() not in colours(image, WIDGET)
    assert at(image, 0.95).red() == 40


def test_of_two_that_blink_one_is_seen():
    assert at(painted(pair(), "blink"), 0.2).red() == at(painted(pair(), "blink"), 0.8).red() == 40
    assert at(painted(pair(), "blink", flipped=True), 0.2).red() == 200


def test_a_difference_has_colours_either_way_and_those_stand_below_as_a_scale():
    left, right = DIM.copy(), DIM.copy()
    left[:, :4], right[:, 4:] = 200, 200
    image = painted(pair(left, right), "difference")
    less, more = at(image, 0.25), at(image, 0.75)
    assert less.blue() > less.red()
    assert more.red() > more.blue()
    area = picture_area(WIDGET, pair())
    scale = [image.pixelColor(round(area.left() + x * area.width()), round(area.bottom() + 10)) for x in (0.02, 0.98)]
    assert scale[0].blue() > scale[0].red()
    assert scale[1].red() > scale[1].blue()


def test_pixels_are_not_smoothed():
    half = DIM.copy()
    half[:, 4:] = 200
    image = painted(pair(half, half), "blink")
    inner = picture_area(WIDGET, pair()).adjusted(2, 2, -2, -2)
    assert colours(image, inner) == {"#282828", "#c8c8c8"}


@pytest.mark.parametrize("theme", [DARK, LIGHT])
def test_each_name_has_the_colour_of_its_run_and_the_original_none(theme):
    sides = [Side(letter, "", DIM) for letter in ("A", "D", "original")]
    assert [side_colour(theme, side) for side in sides] == [run_colour(theme, 0), run_colour(theme, 3), theme.text]


def test_names_stand_above_on_their_own_sides():
    area = picture_area(WIDGET, pair())
    image = painted(pair(), "swipe")
    left = colours(image, QRectF(8, area.top() - 22, 190, 20))
    right = colours(image, QRectF(202, area.top() - 22, 190, 20))
    a, b = run_colour(DARK, 0), run_colour(DARK, 1)
    assert [holds(left, each) for each in (a, b)] == [True, False]
    assert [holds(right, each) for each in (a, b)] == [False, True]


def test_a_long_name_stays_within_its_side():
    long = ImagePair("image 1", Side("A", "a run with a name that is far too long " * 3, DIM), Side("B", "two", BRIGHT))
    area = picture_area(WIDGET, long)
    assert not holds(colours(painted(long), QRectF(202, area.top() - 22, 190, 20)), run_colour(DARK, 0))


def test_words_are_painted_where_there_is_no_image():
    image = QImage(400, 300, QImage.Format.Format_RGB32)
    image.fill(QColor(GROUND))
    painter = QPainter(image)
    PairPainter().paint_words(painter, WIDGET, "C: learned from colour images", DARK)
    painter.end()
    assert len(colours(image, QRectF(100, 130, 200, 40))) > 1
    assert colours(image, QRectF(0, 0, 400, 15)) == {GROUND}
