import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from ae_studio.gui.colour_scale import NumberScale, scale_colours
from ae_studio.gui.colouring import PointColours
from ae_studio.gui.shapes import LEGIBLE
from ae_studio.gui.shown_points import LARGEST_NEARER, ShownPoints
from ae_studio.gui.theme import DARK, class_colours
from ae_studio.gui.view_window import PixelMap, ViewWindow

MAP = PixelMap(ViewWindow(0, 0, 1, 1), 200, 200)
POINTS = np.array([[-0.5, 0.5], [0.5, 0.5], [-0.5, -0.5], [0.5, -0.5]], dtype=np.float32)
CLASSES = np.array([0, 1, 0, 1])
NUMBERS = np.array([0, 1, 0.5, np.nan], dtype=np.float32)
COLOURS = PointColours("Number", "", NUMBERS, NumberScale(0, 1, False))


@pytest.fixture
def shown(qapp):
    made = ShownPoints()
    made.start(CLASSES, 2, class_colours)
    return made


def painted(shown, pixel_map=MAP, points=POINTS):
    image = QImage(200, 200, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor(DARK.canvas))
    painter = QPainter(image)
    shown.paint(painter, points, pixel_map, 1.0)
    painter.end()
    return image


def colours(image):
    return [image.pixelColor(*place).name() for place in ((50, 50), (150, 50), (50, 150), (150, 150))]


def test_points_have_the_colours_of_their_classes_or_of_their_numbers(shown):
    assert colours(painted(shown)) == [class_colours(DARK, 2)[kind] for kind in CLASSES]
    shown.colour(COLOURS)
    found = colours(painted(shown))
    steps = scale_colours(DARK, 48)
    assert found == [steps[0], steps[47], steps[24], QColor(DARK.dim).name()]
    shown.colour(None)
    assert colours(painted(shown)) == [class_colours(DARK, 2)[kind] for kind in CLASSES]


def test_numbers_of_other_points_are_not_shown_as_those_of_these(shown):
    shown.colour(PointColours("Number", "", NUMBERS[:2], NumberScale(0, 1, False)))
    assert colours(painted(shown)) == [class_colours(DARK, 2)[kind] for kind in CLASSES]
    assert shown.number_of(0) is None


def test_marks_are_those_of_classes_with_numbers_too(shown):
    shown.mark(True)
    by_class = painted(shown)
    shown.colour(COLOURS)
    by_number = painted(shown)
    ground = QColor(DARK.canvas).name()
    square, disc = (153, 53), (53, 53)  # corners of the marks at (150, 50) and (50, 50)
    for image in (by_class, by_number):
        assert image.pixelColor(*square).lightness() > image.pixelColor(*disc).lightness()
        assert image.pixelColor(50 + int(LEGIBLE) + 3, 50).name() == ground


def test_a_hidden_class_is_neither_painted_nor_seen(shown):
    shown.hide({0})
    found = colours(painted(shown))
    assert found[0] == QColor(DARK.canvas).name()
    assert found[1] == class_colours(DARK, 2)[1]
    assert shown.is_seen().tolist() == [False, True, False, True]
    shown.hide({7})
    assert shown.is_seen().all()


def test_what_is_behind_is_faint_and_not_seen_and_lies_below(shown):
    shown.take(CLASSES, np.array([False, True, False, False]))
    assert shown.is_seen().tolist() == [True, False, True, True]
    same = np.full((4, 2), 0.5, dtype=np.float32)
    front = painted(shown, points=same).pixelColor(150, 50).name()
    assert front == class_colours(DARK, 2)[1]  # the last one in front
    faint = painted(shown).pixelColor(150, 50)
    assert faint.lightness() < QColor(front).lightness()
    shown.colour(COLOURS)
    assert painted(shown).pixelColor(150, 50).lightness() < QColor(scale_colours(DARK, 48)[47]).lightness()


def test_dots_grow_as_one_comes_nearer_but_not_while_one_pans(shown):
    many = 5000
    shown.start(np.zeros(many, dtype=np.int64), 1, class_colours)
    shown.whole = ViewWindow(0, 0, 1, 1)
    at_first = shown._radius(MAP)
    nearer = shown._radius(PixelMap(ViewWindow(0.3, 0.1, 0.5, 0.5), 200, 200))
    assert at_first < nearer < LARGEST_NEARER
    assert shown._radius(PixelMap(ViewWindow(-0.4, 0.2, 0.5, 0.5), 200, 200)) == nearer
    assert shown._radius(PixelMap(ViewWindow(0, 0, 0.001, 0.001), 200, 200)) == LARGEST_NEARER
    assert shown._radius(PixelMap(ViewWindow(0, 0, 4, 4), 200, 200)) == at_first
